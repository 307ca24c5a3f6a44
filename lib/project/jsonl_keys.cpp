#include "project/jsonl_keys.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

namespace agency::project {

std::string with_all_keys(std::string jsonl) {
    std::string missing;
    std::vector<std::string> known;
    std::size_t brace = jsonl.npos;  // of the first object's end
    for (std::size_t start = 0; start < jsonl.size();) {
        const auto end = std::min(jsonl.find('\n', start), jsonl.size());
        const std::string_view line = std::string_view(jsonl).substr(start, end - start);
        const auto object = nlohmann::json::parse(line, nullptr, false);
        if (object.is_object()) {
            for (const auto& [key, value] : object.items()) {
                if (std::find(known.begin(), known.end(), key) != known.end()) continue;
                known.push_back(key);
                if (brace != jsonl.npos) missing += "," + nlohmann::json(key).dump() + ":null";
            }
            if (brace == jsonl.npos && !object.empty()) brace = start + line.rfind('}');
        }
        start = end + 1;
    }
    if (!missing.empty()) jsonl.insert(brace, missing);
    return jsonl;
}

}  // namespace agency::project
