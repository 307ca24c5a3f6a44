#include "record/import.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <array>

#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "db/checksum.hpp"
#include "record/key_table.hpp"
#include "record/spool.hpp"

namespace agency {
namespace {

/// Where a field's text comes from in this file.
struct Origin {
    int column = -1;  ///< of the file, from 0; -1: none
    const ColumnMap* map = nullptr;
    std::vector<std::pair<std::string, int>> parts;  ///< of a template: literal text, then a column (-1: none)
};

/// `header` spellings that mean a field.
std::vector<std::string> spellings(const Field& f) {
    std::vector<std::string> out{match_form(f.key), match_form(f.en), match_form(f.zh)};
    for (const auto a : f.aliases) out.push_back(match_form(a));
    return out;
}

bool is_note_of_rejects(std::string_view header) {
    return header == "_row" || header == "_column" || header == "_rule" || header == "_message";
}

/// Which column of the file feeds which field; every header that means nothing is a problem.
std::vector<Origin> match_header(const Record& r, const std::vector<std::string>& header, const FileMap& map,
                                 std::vector<Problem>& problems) {
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
            throw Error(
                Exit::usage,
                say("the map feeds {key}, which {noun} does not have", fmt::arg("key", key), fmt::arg("noun", r.noun)),
                say("see: agency {noun} fields", fmt::arg("noun", r.noun)));
        Origin& o = origins[r.index(key)];
        o.map = &column;
        if (!column.from.empty()) used[static_cast<std::size_t>(o.column = column_of(column.from))] = true;
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
    for (const auto& [name, wanted] : map.where) used[static_cast<std::size_t>(column_of(name))] = true;
    std::vector<std::string_view> keys;
    for (const Field& f : r.fields)
        if (f.imported) keys.push_back(f.key);
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto wanted = match_form(header[i]);
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
                problems.push_back({1, static_cast<int>(i) + 1, header[i], std::string(f.key), "",
                                    say("\"{a}\" and \"{b}\" both mean {field}",
                                        fmt::arg("a", header[static_cast<std::size_t>(origins[k].column)]),
                                        fmt::arg("b", header[i]), fmt::arg("field", f.key))});
            }
            origins[k].column = static_cast<int>(i);
            matched = true;
        }
        if (matched) continue;
        const auto near = nearest(header[i], keys);
        problems.push_back({1, static_cast<int>(i) + 1, header[i], "", "",
                            near.empty()
                                ? say("\"{name}\" means no field of {noun}; a map may ignore it",
                                      fmt::arg("name", header[i]), fmt::arg("noun", r.noun))
                                : say("\"{name}\" means no field of {noun}; did you mean {near}?",
                                      fmt::arg("name", header[i]), fmt::arg("noun", r.noun), fmt::arg("near", near))});
    }
    return origins;
}

/// A `where` of the map: `>0`, `!=x` or a value.
bool where_holds(std::string_view cell, std::string_view wanted) {
    cell = trim(cell);
    if (wanted.starts_with("!=")) return cell != wanted.substr(2);
    if (wanted.starts_with(">") || wanted.starts_with("<")) {
        const auto a = parse_amount(cell, 6, true), b = parse_amount(wanted.substr(1), 6, true);
        if (a.fault != AmountFault::none || b.fault != AmountFault::none) return false;
        return wanted[0] == '>' ? a.value > b.value : a.value < b.value;
    }
    return cell == wanted;
}

std::string csv_quoted(std::string_view s) {
    std::string out = "\"";
    for (const char c : s) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string csv_cell(std::string_view s) {
    return s.find_first_of(",\"\r\n") == s.npos ? std::string(s) : csv_quoted(s);
}

/// Bad rows as they were, with what is wrong, beside the target until the end.
class Rejects {
public:
    explicit Rejects(std::string path) : path_(std::move(path)), part_(path_ + ".part") {}
    ~Rejects() {
        if (file_) {
            std::fclose(file_);
            ::unlink(part_.c_str());
        }
    }
    void header(const std::vector<std::string>& cells) {
        header_.clear();
        for (const auto& c : cells)
            if (!is_note_of_rejects(c)) header_ += csv_cell(c) + ",";
        keep_.clear();
        for (const auto& c : cells) keep_.push_back(!is_note_of_rejects(c));
    }
    void add(const std::vector<std::string_view>& cells, const std::vector<Problem>& problems) {
        std::string line, columns, rules, messages;
        for (std::size_t i = 0; i < cells.size() || i < keep_.size(); ++i)
            if (i >= keep_.size() || keep_[i]) line += (i < cells.size() ? csv_cell(cells[i]) : "") + ",";
        for (const Problem& p : problems) {
            if (p.warning) continue;
            const auto join = [](std::string& to, std::string_view s) {
                to += (to.empty() ? "" : "; ") + std::string(s);
            };
            join(columns, p.header.empty() ? p.field : p.header);
            if (!p.rule.empty()) join(rules, p.rule);
            join(messages, p.message);
        }
        write(line + std::to_string(problems.empty() ? 0 : problems.front().row) + "," + csv_cell(columns) + "," +
              csv_cell(rules) + "," + csv_cell(messages) + "\n");
    }
    void finish() {
        if (!file_) {
            ::unlink(path_.c_str());
            return;
        }
        const bool ok = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0 && std::fclose(file_) == 0;
        file_ = nullptr;
        if (!ok || std::rename(part_.c_str(), path_.c_str()) != 0) fail();
    }

private:
    [[noreturn]] void fail() const {
        throw Error(
            Exit::outside,
            say("{path} cannot be written: {why}", fmt::arg("path", path_), fmt::arg("why", std::strerror(errno))),
            tr("nothing was written; name another file with --rejects FILE"));
    }
    void write(const std::string& line) {
        if (!file_) {
            if (!(file_ = std::fopen(part_.c_str(), "we"))) fail();
            write(header_ + "_row,_column,_rule,_message\n");
        }
        if (std::fwrite(line.data(), 1, line.size(), file_) != line.size()) fail();
    }
    std::string path_, part_, header_;
    std::vector<bool> keep_;
    std::FILE* file_ = nullptr;
};

constexpr char insert_kind = 'i', update_kind = 'u';

/// One pass over a file: checks every row and spools the good ones.
class Pass {
public:
    Pass(Workspace& w, const Record& r, RowRules& rules, const ImportOptions& o)
        : w_(w), r_(r), rules_(rules), options_(o), key_(r.index(r.key)) {
        if (o.reject) rejects_ = std::make_unique<Rejects>(o.rejects_path);
        known_ = std::make_unique<KeyedRows<char>>(w.db(), r.noun, r.key, "", [](db::Statement&) { return char{}; });
        next_ = known_->last_stored() + 1;
        first_ = next_;
        if (const auto c = r.find("currency")) currency_ = static_cast<int>(c - r.fields.data());
        if (r.voidable) voids_ = Changes(w.db(), r, {}).voids();
        row_.values.resize(r.fields.size());
        row_.report = [this](std::string_view field, std::string_view rule, std::string message, bool warning) {
            note(field, rule, std::move(message), warning);
        };
    }

    void run(ByteSource& source) {
        rules_.begin(w_, options_);
        auto reader = open_rows(source, options_.map.read, [this](Problem p) { take_problem(std::move(p)); });
        header_ = reader->header();
        origins_ = match_header(r_, header_, options_.map, result.problems);
        fatal_ = !result.problems.empty();
        for (std::size_t k = 0; k < r_.fields.size(); ++k) {
            const Field& f = r_.fields[k];
            if (f.never_null && origins_[k].column < 0 && origins_[k].parts.empty() &&
                !(origins_[k].map && origins_[k].map->value) && !f.defaulted) {
                result.problems.push_back(
                    {1, 0, "", std::string(f.key), "",
                     say("the file has no column for {field} ({heading}), which every {noun} needs",
                         fmt::arg("field", f.key), fmt::arg("heading", heading(f)), fmt::arg("noun", r_.noun))});
                fatal_ = true;
            }
        }
        for (const auto& [name, wanted] : options_.map.where)
            where_.emplace_back(static_cast<std::size_t>(
                                    std::find_if(header_.begin(), header_.end(),
                                                 [&](const auto& h) { return match_form(h) == match_form(name); }) -
                                    header_.begin()),
                                wanted);
        if (rejects_) rejects_->header(header_);
        if (fatal_) return;
        RawRow raw;
        bool bad = false;
        while (row_problems_.clear(), reader->next(raw, bad)) {
            ++result.read;
            if (options_.progress && result.read % 20'000 == 0) options_.progress(result.read);
            if (!std::all_of(where_.begin(), where_.end(), [&](const auto& w) {
                    return w.first < raw.cells.size() && where_holds(raw.cells[w.first], w.second);
                })) {
                if (!bad) {
                    ++result.skipped;
                    --result.read;
                    continue;
                }
            }
            one(raw, bad);
        }
        for (auto& p : row_problems_) result.problems.push_back(std::move(p));
        result.encoding = reader->encoding();
        result.skipped += reader->skipped();
    }

    ImportResult result;
    Spool spool;
    Digest digest;
    std::unique_ptr<Rejects> rejects_;
    std::uint32_t first() const { return first_; }
    bool sorted() const { return sorted_; }
    bool stopped() const { return fatal_ || (!options_.reject && result.rejected > 0); }

private:
    void take_problem(Problem p) {
        if (p.row <= 1 && header_.empty()) {
            result.problems.push_back(std::move(p));
            fatal_ = true;
        } else
            row_problems_.push_back(std::move(p));
    }

    void note(std::string_view field, std::string_view rule, std::string message, bool warning) {
        Problem p{row_.number,
                  0,
                  "",
                  std::string(field),
                  std::string(rule),
                  std::move(message),
                  warning || options_.accept.contains(std::string(rule))};
        if (const Field* f = field.empty() ? nullptr : r_.find(field))
            if (const int c = origins_[static_cast<std::size_t>(f - r_.fields.data())].column; c >= 0) {
                p.column = c + 1;
                p.header = header_[static_cast<std::size_t>(c)];
            }
        if (!p.warning) row_.bad = true;
        p.code = code_ != Exit::ok ? code_ : rule.empty() || rule.starts_with("KYC") ? Exit::usage : Exit::refused;
        code_ = Exit::ok;
        row_problems_.push_back(std::move(p));
    }

    std::string_view cell_text(const Origin& o, const std::vector<std::string_view>& cells) {
        if (o.column >= 0) return cells[static_cast<std::size_t>(o.column)];
        if (!o.parts.empty()) {
            std::string& text = texts_.emplace_back();
            for (const auto& [literal, column] : o.parts) {
                text += literal;
                if (column >= 0) text += trim(cells[static_cast<std::size_t>(column)]);
            }
            return text;
        }
        return o.map && o.map->value ? std::string_view(*o.map->value) : std::string_view();
    }

    void one(const RawRow& raw, bool bad) {
        texts_.clear();
        row_.bad = bad;
        row_.number = raw.row;
        if (!bad) understand(raw);
        if (!row_.bad) settle();
        if (row_.bad) {
            ++result.rejected;
            if (rejects_) rejects_->add(raw.cells, row_problems_);
        }
        for (auto& p : row_problems_) result.problems.push_back(std::move(p));
    }

    /// Fields in order, the currency first; amounts without one take the default of what the row refers to, and
    /// references stand before amounts in every description.
    void understand(const RawRow& raw) {
        if (currency_ >= 0) parse(static_cast<std::size_t>(currency_), raw, 0);
        for (std::size_t k = 0; k < r_.fields.size(); ++k) {
            if (static_cast<int>(k) == currency_) continue;
            int digits = 2;
            if (r_.fields[k].type == FieldType::money) {
                const Value c = currency_ >= 0 ? row_.values[static_cast<std::size_t>(currency_)] : Value{};
                digits = (c ? Currency::parse(c.s).value_or(Currency{}) : rules_.default_currency(row_)).digits();
            }
            parse(k, raw, digits);
        }
    }

    void parse(std::size_t k, const RawRow& raw, int digits) {
        const Field& f = r_.fields[k];
        const Origin& o = origins_[k];
        Value& v = row_.values[k];
        if (o.column < 0 && o.parts.empty() && !o.map) {
            v = {};
            return;
        }
        const auto text = cell_text(o, raw.cells);
        if (auto fault = parse_value(f, text, o.map, digits, v, texts_))
            return note(f.key, "", std::move(*fault), false);
        if (!v || f.type != FieldType::reference) return;
        const auto id = rules_.resolve(f, v.s);
        if (!id && (code_ = Exit::not_found, true))
            return note(f.key, "",
                        say("there is no {noun} \"{text}\"", fmt::arg("noun", tr(f.target().noun.data())),
                            fmt::arg("text", v.s)),
                        false);
        v = Value::of(std::int64_t{id});
    }

    /// Key, conflict and the noun's own rules.
    void settle() {
        const Value& key = row_.values[key_];
        row_.id = next_;
        if (key) {
            if (const auto id = known_->find(key.s)) return id >= first_ ? duplicate(key) : conflict(key, id);
        }
        rules_.check(row_);
        for (std::size_t k = 0; k < r_.fields.size() && !row_.bad; ++k)
            if (r_.fields[k].never_null && !row_.values[k])
                note(r_.fields[k].key, "", say("{field} is missing", fmt::arg("field", heading(r_.fields[k]))), false);
        if (row_.bad) return;
        if (key) known_->add(key.s, next_, 0);
        if (key && sorted_) {
            sorted_ = last_key_ < key.s;
            last_key_.assign(key.s);
        }
        rules_.take(row_);
        spool.put(insert_kind, next_, row_.values);
        digest.add(spool.bytes());
        ++next_;
        ++result.inserted;
    }

    void duplicate(const Value& key) {
        code_ = Exit::conflict;
        note(r_.key, "", say("{number} stands twice in this file", fmt::arg("number", key.s)), false);
    }

    void conflict(const Value& key, std::uint32_t id) {
        code_ = Exit::conflict;
        if (voids_.contains(id))
            return note(r_.key, "",
                        say("{number} exists and is voided; its number is not used again", fmt::arg("number", key.s)),
                        false);
        if (options_.on_conflict == OnConflict::fail)
            return note(r_.key, "", say("{number} exists already", fmt::arg("number", key.s)), false);
        code_ = Exit::ok;
        if (options_.on_conflict == OnConflict::skip) {
            ++result.unchanged;
            return;
        }
        const auto day = options_.effective.value_or(w_.today());
        const auto old = find_row(w_.db(), r_, std::int64_t{id}, AsOf{day});
        bool changed = false;
        std::vector<Value> updates(r_.fields.size());
        for (std::size_t k = 0; k < r_.fields.size(); ++k) {
            const Field& f = r_.fields[k];
            const Value& v = row_.values[k];
            if (!v || v == old->values[k]) continue;
            if (f.change == Change::never)
                note(f.key, "",
                     say("{field} of {number} is {old} and never changes", fmt::arg("field", f.key),
                         fmt::arg("number", key.s),
                         fmt::arg("old", display(w_.db(), f, old->values[k], digits_of(w_.db(), r_, old->values)))),
                     false);
            updates[k] = v;
            changed = true;
        }
        if (row_.bad) return;
        if (!changed) {
            ++result.unchanged;
            return;
        }
        spool.put(update_kind, id, updates);
        digest.add(spool.bytes());
        ++result.updated;
    }

    Workspace& w_;
    const Record& r_;
    RowRules& rules_;
    const ImportOptions& options_;
    std::size_t key_;
    int currency_ = -1;
    std::unique_ptr<KeyedRows<char>> known_;
    std::unordered_map<std::int64_t, Date> voids_;
    std::uint32_t first_ = 1, next_ = 1;
    std::vector<std::string> header_;
    std::vector<Origin> origins_;
    std::vector<std::pair<std::size_t, std::string>> where_;
    ImportRow row_;
    std::vector<Problem> row_problems_;
    std::deque<std::string> texts_;
    Exit code_ = Exit::ok;  ///< of the next note; ok: by its rule
    bool fatal_ = false, sorted_ = true;
    std::string last_key_;
};

std::int64_t last_operation(db::Session& db) {
    return db.integer("SELECT COALESCE(MAX(id), 0) FROM operation").value_or(0);
}

void write_rows(Operation& op, const Record& r, Pass& pass, const ImportOptions& options) {
    auto& db = op.db();
    auto& into = db.prepare(insert_sql(r).substr(0, insert_sql(r).rfind(" RETURNING")));
    const int columns = static_cast<int>(r.fields.size());
    std::vector<Value> values(r.fields.size());
    char kind = 0;
    std::uint32_t id = 0;
    const auto day = options.effective.value_or(op.workspace().today());
    pass.spool.rewind();
    while (pass.spool.get(kind, id, values)) {
        if (kind == insert_kind) {
            for (int i = 0; i < columns; ++i)
                bind_value(into, i + 1, r.fields[static_cast<std::size_t>(i)], values[static_cast<std::size_t>(i)],
                           false);
            into.bind(columns + 1, op.id());
            into.step();
            into.reset();
            continue;
        }
        for (int i = 0; i < columns; ++i) {
            const Field& f = r.fields[static_cast<std::size_t>(i)];
            const Value& v = values[static_cast<std::size_t>(i)];
            if (v) f.change == Change::dated ? add_change(op, r, id, f, v, day) : set_plain(op, r, id, f, v);
        }
    }
}

void note_import(Operation& op, const Record& r, const ImportOptions& options, const ImportResult& done,
                 const std::string& hash) {
    op.db().execute(
        "INSERT INTO import (operation, noun, source, batch, row_count, inserted, updated, unchanged, rejected, "
        "rows_hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        op.id(), r.noun, options.path, options.batch.empty() ? std::nullopt : std::optional(options.batch), done.read,
        done.inserted, done.updated, done.unchanged, done.rejected, hash);
    op.audit("import", r.noun, 0, "",
             nlohmann::ordered_json{{"source", options.path},
                                    {"rows", done.read},
                                    {"inserted", done.inserted},
                                    {"updated", done.updated},
                                    {"rows_hash", hash}}
                 .dump());
}

}  // namespace

ImportResult import_file(Workspace& w, const Record& r, RowRules& rules, const ImportOptions& options) {
    auto& db = w.db();
    const auto source = options.bytes ? memory_source(*options.bytes, options.path) : open_source(options.path);
    auto pass = std::make_unique<Pass>(w, r, rules, options);
    auto seen = last_operation(db);
    pass->run(*source);
    if (pass->stopped()) return std::move(pass->result);
    if (pass->result.inserted + pass->result.updated == 0) {
        if (pass->rejects_) pass->rejects_->finish();
        pass->result.written = true;
        return std::move(pass->result);
    }
    db.prepare_bulk();
    Operation op(w, std::string(r.noun) + ".import", options.path, options.command);
    if (last_operation(db) - 1 !=
        seen) {  // somebody wrote meanwhile: keys and references are resolved again, under the lock
        if (!source->rewind())
            throw Error(Exit::conflict, tr("the data file was changed while standard input was read"),
                        tr("run the command again"));
        pass = std::make_unique<Pass>(w, r, rules, options);
        pass->run(*source);
        if (pass->stopped()) return std::move(pass->result);
    }
    const auto hash = pass->digest.hex();
    const auto& done = pass->result;
    if (!options.again && !r.field(r.key).never_null &&
        db.integer("SELECT 1 FROM import WHERE noun = $1 AND rows_hash = $2", r.noun, hash))
        throw Error(Exit::conflict, say("the same rows of {path} were imported before", fmt::arg("path", options.path)),
                    tr("if they are to count a second time, add --again"));
    rules.before_insert(op);
    db.begin_bulk({r.noun, done.inserted, pass->sorted()});
    write_rows(op, r, *pass, options);
    db.end_bulk();
    rules.after_insert(op, pass->first());
    // What was written is counted again before it counts (a lost row would be found here, not at the year's end).
    const auto counted = db.integer("SELECT COUNT(*) FROM " + std::string(r.noun) + " WHERE id >= $1",
                                    static_cast<std::int64_t>(pass->first()))
                             .value_or(0);
    if (counted != done.inserted)
        throw Error(Exit::bug, say("{want} rows were to be written, {have} are there; nothing was written",
                                   fmt::arg("want", done.inserted), fmt::arg("have", counted)));
    if (options.bytes) {
        const auto row = find_row(db, r, static_cast<std::int64_t>(pass->first()), AsOf{Date{INT32_MAX / 2}});
        op.audit("add", r.noun, row->id, "", json_of(db, r, row->values));
    } else {
        note_import(op, r, options, done, hash);
    }
    if (pass->rejects_ && !w.dry_run) pass->rejects_->finish();
    op.commit();
    pass->result.written = !w.dry_run;
    pass->result.first_id = pass->first();
    return std::move(pass->result);
}

std::int64_t add_record(Workspace& workspace, const Record& record, RowRules& rules,
                        const std::vector<std::pair<std::string, std::string>>& texts, ImportOptions options,
                        const std::function<void(const Problem&)>& warn) {
    std::string header, row;
    for (const auto& [key, text] : texts) {
        header += (header.empty() ? "" : ",") + csv_cell(key);
        row += std::string(row.empty() ? "" : ",") + csv_quoted(text);
    }
    options.bytes = header + "\n" + row + "\n";
    options.again = true;
    const auto result = import_file(workspace, record, rules, options);
    for (const Problem& p : result.problems) {
        if (p.warning) {
            warn(p);
            continue;
        }
        throw Error(
            p.code, p.field.empty() ? p.message : p.field + ": " + p.message,
            p.code == Exit::usage ? say("see: agency {noun} fields", fmt::arg("noun", record.noun)) : std::string())
            .with_rule(p.rule)
            .with_field(p.field);
    }
    return result.first_id;
}

}  // namespace agency
