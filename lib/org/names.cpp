#include "org/names.hpp"

#include "base/text.hpp"
#include "base/translate.hpp"
#include "org/settings.hpp"
#include "record/called.hpp"
#include "record/import.hpp"

namespace agency::org {

std::string no_such(const Record& r, std::string_view text, const std::vector<std::string>& names) {
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    const auto near = nearest(text, candidates);
    return near.empty() ? say("there is no {noun} \"{text}\"; org.people = \"any\" lets any name pass",
                              fmt::arg("noun", called(r)), fmt::arg("text", text))
                        : say("there is no {noun} \"{text}\"; did you mean {near}?", fmt::arg("noun", called(r)),
                              fmt::arg("text", text), fmt::arg("near", near));
}

Names::Names(Workspace& w) : db_(w.db()), today_(w.today()), references_(w.db(), w.today()) {
    asked_ = w.rules().text(people) != "any";
    staffed_ = asked_ && db_.integer("SELECT 1 FROM employee WHERE undone = 0 LIMIT 1");
}

Named Names::find(const Record& r, std::string_view text) {
    Named out{std::string(text), {}};
    if (!staffed_ || text.empty()) return out;
    const auto name_at = r.index(r.name), key_at = r.index(r.key);
    const auto id = references_.find(r, text);
    if (id == RowRules::ambiguous) {
        out.fault = say("several {noun} records are called \"{text}\"; give the code", fmt::arg("noun", called(r)),
                        fmt::arg("text", text));
    } else if (id == 0) {
        std::vector<std::string> names;
        each_row(db_, r, AsOf{today_}, [&](const Row& row) {
            if (row.voided_on) return;
            names.emplace_back(row.values[name_at].s);
            names.emplace_back(row.values[key_at].s);
        });
        out.fault = no_such(r, text, names);
    } else {
        const auto row = find_row(db_, r, std::int64_t{id}, AsOf{today_});
        const auto name = row->values[name_at].s;
        out.text = references_.find(r, name) == id ? name : row->values[key_at].s;
    }
    return out;
}

}  // namespace agency::org
