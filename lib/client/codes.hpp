// Who has which code, for one import of clients [KYC-002].
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "record/key_table.hpp"

namespace agency::client {

/// Codes of the clients that count, stored and of earlier rows, and whom these belong to.
class Codes {
public:
    void add(std::string_view code, std::uint32_t id) {
        if (const auto first = first_.add(code, id); first && first != id) more_[std::string(code)].push_back(id);
    }
    /// 0: it belongs to none. Below zero: to a row that is still to come.
    void belongs(std::uint32_t id, std::int64_t parent) {
        if (parent)
            parents_[id] = parent;
        else
            parents_.erase(id);
    }
    std::int64_t parent_of(std::uint32_t id) const {
        const auto it = parents_.find(id);
        return it == parents_.end() ? 0 : it->second;
    }
    /// The clients besides this one that have the code.
    std::vector<std::uint32_t> others(std::string_view code, std::uint32_t id) const {
        std::vector<std::uint32_t> out;
        if (const auto first = first_.find(code); first && first != id) out.push_back(first);
        if (more_.empty()) return out;
        if (const auto it = more_.find(std::string(code)); it != more_.end())
            for (const auto other : it->second)
                if (other != id) out.push_back(other);
        return out;
    }

private:
    KeyTable first_;                                                    ///< who has a code
    std::unordered_map<std::string, std::vector<std::uint32_t>> more_;  ///< and who has it too
    std::unordered_map<std::uint32_t, std::int64_t> parents_;
};

}  // namespace agency::client
