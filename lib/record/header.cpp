#include "record/header.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"

namespace agency {
namespace {

std::string unknown_header(const Record& r, const std::vector<std::string>& header, std::size_t at,
                           std::span<const std::string_view> words) {
    const std::string& name = header[at];
    if (header.size() == 1 && name.find('\t') != name.npos)
        return tr("the cells seem to be separated by tabs; import it with --from tsv");
    for (const char c : {';', '|'})
        if (header.size() == 1 && name.find(c) != name.npos)
            return say(
                "the cells seem to be separated by {character}; say so in a map: [file] delimiter = \"{character}\"",
                fmt::arg("character", std::string(1, c)));
    if (const auto near = nearest(name, words); !near.empty())
        return say("\"{name}\" means no field of {noun}; did you mean {near}?", fmt::arg("name", name),
                   fmt::arg("noun", called(r)), fmt::arg("near", near));
    return say("\"{name}\" means no field of {noun}; a map may ignore it", fmt::arg("name", name),
               fmt::arg("noun", called(r)));
}

}  // namespace

std::vector<std::string> spellings(const Field& f) {
    std::vector<std::string> out{match_form(f.key), match_form(f.en), match_form(f.zh)};
    for (const auto a : f.aliases) out.push_back(match_form(a));
    return out;
}

std::string_view Origin::text_of(const std::vector<std::string_view>& cells, std::deque<std::string>& texts) const {
    if (column >= 0) return cells[static_cast<std::size_t>(column)];
    if (!parts.empty()) {
        std::string& text = texts.emplace_back();
        for (const auto& [literal, from] : parts) {
            text += literal;
            if (from >= 0) text += trim(cells[static_cast<std::size_t>(from)]);
        }
        return text;
    }
    return map && map->value ? std::string_view(*map->value) : std::string_view();
}

std::vector<Origin> match_header(const Record& r, const std::vector<std::string>& header, std::int64_t row,
                                 const FileMap& map, bool updates, std::vector<Problem>& problems) {
    const auto column_of = [&](const std::string& name) -> int {
        for (std::size_t i = 0; i < header.size(); ++i)
            if (match_form(header[i]) == match_form(name)) return static_cast<int>(i);
        throw Error(Exit::usage,
                    say("the map asks for column \"{name}\", which the file does not have", fmt::arg("name", name)),
                    tr("compare the map with the header of the file"));
    };
    std::vector<Origin> origins(r.fields.size());
    std::vector<bool> used(header.size(), false);
    for (const auto& [key, column] : map.columns) {
        const Field* f = r.find(key);
        if (!f || !f->imported)
            throw Error(Exit::usage,
                        say("the map feeds {key}, which {noun} does not have", fmt::arg("key", key),
                            fmt::arg("noun", called(r))),
                        say("see: agency {noun} fields", fmt::arg("noun", typed(r))));
        Origin& o = origins[r.index(key)];
        o.map = &column;
        if (!column.from.empty()) {
            const auto there = std::find_if(column.from.begin(), column.from.end(), [&](const auto& name) {
                return std::any_of(header.begin(), header.end(),
                                   [&](const auto& h) { return match_form(h) == match_form(name); });
            });
            o.column = column_of(there == column.from.end() ? column.from[0] : *there);
            used[static_cast<std::size_t>(o.column)] = true;
        }
        std::string_view t = column.text_template;
        while (!t.empty()) {
            const auto open = t.find('{');
            const auto close = t.find('}', open == t.npos ? 0 : open);
            if (open == t.npos || close == t.npos) {
                o.parts.emplace_back(std::string(t), -1);
                break;
            }
            const int c = column_of(std::string(t.substr(open + 1, close - open - 1)));
            used[static_cast<std::size_t>(c)] = true;
            o.parts.emplace_back(std::string(t.substr(0, open)), c);
            t.remove_prefix(close + 1);
        }
    }
    std::vector<bool> asked(header.size(), false);  // by the conditions; may feed a field all the same
    for (const auto& [name, wanted] : map.where) asked[static_cast<std::size_t>(column_of(name))] = true;
    std::vector<std::string_view> words;  // for the nearest of what was mistyped
    for (const Field& f : r.fields) {
        if (!f.imported) continue;
        words.insert(words.end(), {f.key, f.en, f.zh});
        words.insert(words.end(), f.aliases.begin(), f.aliases.end());
    }
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto wanted = match_form(header[i]);
        if (header[i].empty() && map.read.kind == FileKind::xlsx) continue;  // nothing stands in that column
        if (is_note_of_rejects(header[i]) ||
            std::any_of(map.ignore.begin(), map.ignore.end(), [&](const auto& g) { return match_form(g) == wanted; }))
            continue;
        bool matched = used[i];
        for (std::size_t k = 0; k < r.fields.size() && !matched; ++k) {
            const Field& f = r.fields[k];
            const auto names = spellings(f);
            if (!f.imported || map.columns.contains(std::string(f.key)) ||
                std::find(names.begin(), names.end(), wanted) == names.end())
                continue;
            if (origins[k].column >= 0) {
                problems.push_back({row, static_cast<int>(i) + 1, header[i], std::string(f.key), "",
                                    say("\"{a}\" and \"{b}\" both mean {field}",
                                        fmt::arg("a", header[static_cast<std::size_t>(origins[k].column)]),
                                        fmt::arg("b", header[i]), fmt::arg("field", f.key))});
            }
            origins[k].column = static_cast<int>(i);
            matched = true;
        }
        if (matched || asked[i]) continue;
        problems.push_back({row, static_cast<int>(i) + 1, header[i], "", "", unknown_header(r, header, i, words)});
    }
    for (std::size_t k = 0; k < r.fields.size(); ++k) {
        const Field& f = r.fields[k];
        if (f.never_null && !f.defaulted && !origins[k].given() && (!updates || f.key == r.key))
            problems.push_back(
                {row, 0, "", std::string(f.key), "",
                 say("the file has no column for {field} ({heading}), which every {noun} needs",
                     fmt::arg("field", f.key), fmt::arg("heading", heading(f)), fmt::arg("noun", called(r)))});
    }
    return origins;
}

RowFilter::RowFilter(const FileMap& map, const std::vector<std::string>& header) {
    for (const auto& [name, condition] : map.where)
        for (std::size_t i = 0; i < header.size(); ++i)
            if (match_form(header[i]) == match_form(name)) {
                conditions_.emplace_back(i, condition);
                break;
            }
}

bool RowFilter::holds(const std::vector<std::string_view>& cells) const {
    return std::all_of(conditions_.begin(), conditions_.end(),
                       [&](const auto& c) { return c.first < cells.size() && c.second.holds(trim(cells[c.first])); });
}

bool RowCondition::holds(std::string_view cell) const {
    if (operation == Operation::equal) return cell == text;
    if (operation == Operation::unequal) return cell != text;
    if (operation == Operation::contains) return fold(cell).find(text) != std::string::npos;
    if (operation == Operation::lacks) return fold(cell).find(text) == std::string::npos;
    const auto a = parse_amount(cell, 6, true);
    // What cannot be read is not left out unseen: the row counts, and its field tells what is wrong.
    if (a.fault != AmountFault::none) return a.fault != AmountFault::empty && cell != "-";
    switch (operation) {
        case Operation::less:
            return a.value < number;
        case Operation::at_most:
            return a.value <= number;
        case Operation::at_least:
            return a.value >= number;
        default:
            return a.value > number;
    }
}

}  // namespace agency
