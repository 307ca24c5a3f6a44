// Functions and who has which part in them on a day.
#include <algorithm>
#include <map>

#include "org/chart.hpp"

namespace agency::org {

std::vector<FunctionLine> functions_of(Workspace& w, const Chart& chart, const AsOf& when) {
    std::vector<FunctionLine> out;
    std::map<std::int64_t, std::size_t> at;
    each_row(w.db(), function::record(), when, [&](const Row& row) {
        const auto f = to_struct<Function>(function::record(), row);
        if (row.voided(when.day) || !counts_on(f.valid_from, f.valid_to, when.day)) return;
        at.emplace(f.id.value, out.size());
        out.push_back({f, {}});
    });
    each_row(w.db(), raci::record(), when, [&](const Row& row) {
        const auto line = to_struct<Raci>(raci::record(), row);
        const auto it = at.find(line.function.value);
        if (!row.voided(when.day) && counts_on(line.valid_from, line.valid_to, when.day) && it != at.end())
            out[it->second].lines.push_back({line.position.value, line.role, line.lead, !line.note.empty()});
    });
    for (FunctionLine& f : out)
        std::sort(f.lines.begin(), f.lines.end(), [&](const RaciLine& a, const RaciLine& b) {
            return std::pair(a.role, chart.code(a.position)) < std::pair(b.role, chart.code(b.position));
        });
    return out;
}

}  // namespace agency::org
