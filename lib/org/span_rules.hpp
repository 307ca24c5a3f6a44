// What holds for records with a first and a last day.
#pragma once
#include "base/translate.hpp"
#include "record/import.hpp"

namespace agency::org {

/// ORG-050: the first day is not after the last.
inline void check_span(ImportRow& row, const Record& r, std::string_view from, std::string_view to) {
    const Value &first = row.values[r.index(from)], &last = row.values[r.index(to)];
    if (first && last && first.n > last.n)
        row.problem(to, "ORG-050", say("it lies before {from}", fmt::arg("from", from)));
}

/// For records that have no other rule.
class SpanRules final : public RowRules {
public:
    explicit SpanRules(const Record& r) : r_(r) {}
    void check(ImportRow& row) override {
        for (std::size_t k = 0; k < r_.fields.size(); ++k)
            if (r_.fields[k].defaulted && r_.fields[k].type == FieldType::flag && !row.values[k])
                row.values[k] = Value::of(std::int64_t{r_.fields[k].key == "mandatory"});
        check_span(row, r_, "valid_from", "valid_to");
    }

private:
    const Record& r_;
};

}  // namespace agency::org
