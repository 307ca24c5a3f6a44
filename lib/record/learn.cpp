#include "record/learn.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/date.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"
#include "record/header.hpp"
#include "record/source_private.hpp"

namespace agency {
namespace {

constexpr std::size_t preamble = 60, sample = 200;  // records

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            out += c;
    }
    return out + '"';
}

/// `合同金额（万元）` is 合同金额 in 万元.
struct Named {
    std::string name, unit;
};
Named without_unit(const std::string& header) {
    const auto form = match_form(header);
    const auto open = form.rfind('(');
    if (open == form.npos || !form.ends_with(')') || open == 0) return {form, ""};
    const auto unit = form.substr(open + 1, form.size() - open - 2);
    for (const std::string_view known : {"元", "分", "千元", "万元"})
        if (unit == known || unit == "人民币" + std::string(known)) return {form.substr(0, open), std::string(known)};
    return unit == "%" ? Named{form.substr(0, open), "percent"} : Named{form, ""};
}

struct Match {
    const Field* field = nullptr;
    std::string unit;
    bool near = false;  ///< by the nearest spelling
};

bool is_spelling(const Field& f, const std::string& form) {
    const auto names = spellings(f);
    return f.imported && std::find(names.begin(), names.end(), form) != names.end();
}

Match match(const Record& r, const std::string& header) {
    const auto whole = match_form(header);
    for (const Field& f : r.fields)
        if (is_spelling(f, whole)) return {&f, without_unit(header).unit, false};
    const auto named = without_unit(header);
    for (const Field& f : r.fields)
        if (named.name != whole && is_spelling(f, named.name)) return {&f, named.unit, false};
    return {};
}

/// The spelling of a field that is nearest to a header, and the field.
std::pair<const Field*, std::string> near_field(const Record& r, const std::string& header) {
    std::vector<std::string_view> words;
    std::vector<const Field*> fields;
    for (const Field& f : r.fields) {
        if (!f.imported) continue;
        for (const std::string_view w : {f.key, std::string_view(f.en), std::string_view(f.zh)})
            words.push_back(w), fields.push_back(&f);
        for (const auto w : f.aliases) words.push_back(w), fields.push_back(&f);
    }
    const auto near = nearest(header, words);
    for (std::size_t i = 0; i < words.size() && !near.empty(); ++i)
        if (words[i].data() == near.data()) return {fields[i], std::string(near)};
    return {};
}

/// How many cells of a record mean fields, each field once.
std::size_t meaning(const Record& r, const std::vector<std::string>& cells) {
    std::vector<const Field*> met;
    for (const auto& c : cells)
        if (const auto m = match(r, c); m.field && std::find(met.begin(), met.end(), m.field) == met.end())
            met.push_back(m.field);
    return met.size();
}

std::vector<std::vector<std::string>> first_records(ByteSource& source, const ReadOptions& options) {
    std::vector<std::vector<std::string>> out;
    const auto records = open_records(source, options);
    Records::Record record;
    while (out.size() < preamble && records->next(record)) {
        if (record.blank) continue;
        auto& cells = out.emplace_back();
        for (const auto c : record.cells) cells.emplace_back(trim(c));
    }
    return out;
}

/// Sets the delimiter and what the preamble is skipped until, by the record that means most.
void find_header(const Record& r, ByteSource& source, ReadOptions& options) {
    if (options.kind == FileKind::jsonl || !options.skip_until.empty()) return;
    std::vector<char> delimiters{options.delimiter};
    if (options.kind == FileKind::csv && options.delimiter == 0) delimiters.insert(delimiters.end(), {';', '\t', '|'});
    std::size_t most = 0, widest = 0;
    for (const char d : delimiters) {
        ReadOptions as = options;
        as.delimiter = d;
        source.rewind();
        const auto records = first_records(source, as);
        const bool wider = !records.empty() && most == 0 && widest == 1 && records[0].size() > 1;
        for (std::size_t i = 0; i < records.size(); ++i) {
            const auto n = meaning(r, records[i]);
            if (n <= most && !(wider && i == 0)) continue;
            most = n;
            options.delimiter = d;
            options.skip_until.clear();
            if (i == 0) continue;
            for (const auto& cell : records[i])  // a text that stands nowhere before
                if (!cell.empty() && options.skip_until.empty() &&
                    std::none_of(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(i),
                                 [&](const auto& before) {
                                     return std::any_of(before.begin(), before.end(),
                                                        [&](const auto& c) { return c.find(cell) != c.npos; });
                                 }))
                    options.skip_until = cell;
        }
        if (!records.empty()) widest = std::max(widest, records[0].size());
    }
}

/// One column as the first rows have it: without blanks.
using Column = std::vector<std::string>;

template <class Good>
bool all(const Column& column, Good good) {
    return std::all_of(column.begin(), column.end(), good);
}

bool means_nothing(const std::string& text) {
    static constexpr std::array<std::string_view, 9> words{"NA", "N/A", "n/a", "-", "--", "/", "null", "NULL", "无"};
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::string date_lines(const Column& days) {
    if (days.empty() || all(days, [](const auto& d) { return parse_date(d).has_value(); })) return {};
    std::vector<std::string> fit;
    for (const std::string time : {"", " hh:mm", " hh:mm:ss"})
        for (const std::string day : {"YYYY-MM-DD", "YYYY/M/D", "YYYY.M.D", "YYYY年M月D日", "M/D/YYYY", "D/M/YYYY",
                                      "M-D-YYYY", "D-M-YYYY", "D.M.YYYY"})
            if (all(days, [&](const auto& d) { return parse_date(d) || parse_date(d, day + time); }))
                fit.push_back(day + time);
    if (fit.empty())
        return "# date = " + quoted("YYYY-MM-DD") + "  # " +
               say("not understood: {text}", fmt::arg("text", quoted(days[0]))) + "\n";
    if (fit.size() == 1) return "date = " + quoted(fit[0]) + "\n";
    std::string out;
    for (const auto& f : fit) out += "# date = " + quoted(f) + "  # " + tr("the first rows fit several: choose") + "\n";
    return out;
}

std::string value_lines(const Field& f, std::string unit, Column column) {
    std::string out;
    const bool plain = f.type == FieldType::text || f.type == FieldType::number || f.type == FieldType::reference;
    std::vector<std::string> nulls;
    if (!plain)
        for (const auto& t : column)
            if (means_nothing(t) && find_word(f, t) < 0 && std::find(nulls.begin(), nulls.end(), t) == nulls.end())
                nulls.push_back(t);
    std::erase_if(column, [&](const auto& t) { return std::find(nulls.begin(), nulls.end(), t) != nulls.end(); });
    if (!nulls.empty()) {
        out += "null = [";
        for (std::size_t i = 0; i < nulls.size(); ++i) out += (i ? ", " : "") + quoted(nulls[i]);
        out += "]\n";
    }
    if (f.type == FieldType::day) out += date_lines(column);
    if (f.type == FieldType::rate && unit.empty() && !column.empty() &&
        !all(column, [](const auto& t) { return parse_rate(t).has_value(); }) &&
        all(column, [](const auto& t) { return parse_rate(t, true).has_value(); }))
        unit = "percent";
    if ((f.type == FieldType::money && !unit.empty() && unit != "percent") ||
        (f.type == FieldType::rate && unit == "percent"))
        out += "unit = " + quoted(unit) + "\n";
    if (f.type == FieldType::money && unit.empty())
        for (const auto& t : column)
            if (parse_amount(t, 2).fault == AmountFault::decimals) {
                out += "# round = true  # " + say("more than two decimals: {text}", fmt::arg("text", t)) + "\n";
                break;
            }
    if (f.type == FieldType::choice) {
        std::vector<std::string> strange;
        for (const auto& t : column)
            if (find_word(f, t) < 0 && strange.size() < 12 &&
                std::find(strange.begin(), strange.end(), t) == strange.end())
                strange.push_back(t);
        if (!strange.empty()) {
            out += "# words = {";
            for (std::size_t i = 0; i < strange.size(); ++i) out += (i ? ", " : " ") + quoted(strange[i]) + " = \"\"";
            std::vector<std::string_view> ours;
            for (const Word& w : f.words) ours.push_back(w.word);
            out += " }  # " + say("one of: {words}", fmt::arg("words", fmt::join(ours, ", "))) + "\n";
        }
    }
    return out;
}

std::string file_lines(const ReadOptions& o, Encoding read_as, std::string_view stop_at) {
    std::string out;
    if (o.kind == FileKind::xlsx) {
        if (!o.sheet.empty()) out += "sheet = " + quoted(o.sheet) + "\n";
    } else if (read_as != Encoding::utf8) {
        out += "encoding = " + quoted(name_of(read_as)) + "\n";
    }
    if (o.delimiter != 0) out += "delimiter = " + quoted(std::string_view(&o.delimiter, 1)) + "\n";
    if (!o.skip_until.empty()) out += "skip_until = " + quoted(o.skip_until) + "\n";
    if (!stop_at.empty()) out += "stop_at = " + quoted(stop_at) + "\n";
    return out.empty() ? out : "[file]\n" + out + "\n";
}

std::string read_whole(ByteSource& source) {
    std::string out;
    for (std::size_t have = 0;;) {
        out.resize(have + 64 * 1024);
        const auto n = source.read(out.data() + have, 64 * 1024);
        out.resize(have += n);
        if (n == 0) return out;
    }
}

}  // namespace

DraftMap draft_map(const Record& r, ByteSource& given, ReadOptions options) {
    std::unique_ptr<ByteSource> kept;
    if (!given.rewind()) kept = memory_source(read_whole(given), given.name());
    ByteSource& source = kept ? *kept : given;
    find_header(r, source, options);
    source.rewind();
    const auto rows = open_rows(source, options, [](Problem) {});
    const auto header = rows->header();
    if (header.empty())
        throw Error(Exit::rejected, say("{name} is empty", fmt::arg("name", source.name())),
                    tr("JSONL has one flat object on each line"));
    std::vector<Column> columns(header.size());
    std::string stop_at;
    RawRow row;
    bool bad = false;
    for (std::size_t n = 0; n < sample && rows->next(row, bad); ++n) {
        const auto first = row.cells.empty() ? std::string_view() : trim(row.cells[0]);
        for (const std::string_view word : {"合计", "总计", "Total", "TOTAL"})
            if (stop_at.empty() && first.starts_with(word)) stop_at = word;
        if (!stop_at.empty()) break;
        for (std::size_t i = 0; !bad && i < header.size(); ++i)
            if (const auto t = trim(row.cells[i]); !t.empty()) columns[i].emplace_back(t);
    }

    DraftMap draft;
    std::vector<Match> matches;
    std::vector<const Field*> fed;
    const auto is_fed = [&](const Field* f) { return std::find(fed.begin(), fed.end(), f) != fed.end(); };
    for (const auto& h : header) {
        auto m = match(r, h);
        if (m.field && is_fed(m.field)) m = {};
        if (m.field) fed.push_back(m.field);
        matches.push_back(std::move(m));
    }
    for (std::size_t i = 0; i < header.size(); ++i) {  // by spelling, where nothing means the field exactly
        if (matches[i].field || !all(Column{header[i]}, [](const auto& h) {
                return std::all_of(h.begin(), h.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
            }))
            continue;
        if (const auto near = near_field(r, header[i]); near.first && !is_fed(near.first)) {
            matches[i] = {near.first, "", true};
            fed.push_back(near.first);
        }
    }

    std::string body, strangers;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto& m = matches[i];
        if (!m.field) {
            if (header[i].empty() && options.kind == FileKind::xlsx) continue;
            draft.unmatched.push_back(header[i]);
            strangers += "  # " + quoted(header[i]) + ",";
            if (const auto near = near_field(r, header[i]); near.first)
                strangers += "  # " + say("did you mean {near}?", fmt::arg("near", std::string(near.first->key)));
            strangers += "\n";
            continue;
        }
        ++draft.matched;
        body += fmt::format("\n[columns.{}]", m.field->key);
        if (m.near) body += std::string("  # ") + tr("by the nearest spelling: check");
        body += "\nfrom = " + quoted(header[i]) + "\n" + value_lines(*m.field, m.unit, columns[i]);
    }
    for (const Field& f : r.fields) {
        if (!f.never_null || f.defaulted || is_fed(&f)) continue;
        draft.missing.emplace_back(f.key);
        body += fmt::format("\n# [columns.{}]  # ", f.key) +
                say("every {noun} needs it, and no header means it: name the column, or a value for all rows",
                    fmt::arg("noun", called(r))) +
                "\n# from = \"\"\n";
    }
    draft.toml = "# " +
                 say("Map of {name} to {noun}, drafted from its header and first rows.",
                     fmt::arg("name", source.name()), fmt::arg("noun", called(r))) +
                 "\n\n";
    if (!strangers.empty())
        draft.toml += std::string("# ") +
                      tr("These columns mean no field: take the # away to leave them out, or feed a field from them.") +
                      "\nignore = [\n" + strangers + "]\n\n";
    draft.toml += file_lines(options, rows->encoding(), stop_at) + body.substr(body.empty() ? 0 : 1);
    return draft;
}

}  // namespace agency
