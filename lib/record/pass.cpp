#include "record/pass.hpp"

#include <algorithm>
#include <thread>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"

namespace agency {
namespace {

constexpr std::int64_t sample = 1000;               // rows by which the number of all is guessed
constexpr std::size_t many = 5'000;                 // rows, for which it pays to trust that they are new
constexpr std::size_t worth_a_thread = 256 * 1024;  // bytes of a file

/// Rows are taken apart by one thread and checked by another where that is worth starting one.
std::unique_ptr<RowReader> open_reader(ByteSource& source, const ReadOptions& options,
                                       std::function<void(Problem)> on_problem) {
    const auto size = source.size();
    const bool ahead = (size == 0 || size >= worth_a_thread) && std::thread::hardware_concurrency() > 1;
    return (ahead ? open_rows_ahead : open_rows)(source, options, std::move(on_problem));
}

}  // namespace

Pass::Pass(Workspace& w, const Record& r, RowRules& rules, const ImportOptions& options, const Condemned& condemned,
           bool may_trust)
    : w_(w),
      r_(r),
      rules_(rules),
      options_(options),
      key_(r.index(r.key)),
      effective_(options.effective.value_or(w.today())),
      closed_(period::closed_through(w.db())),
      known_(w.db(), r.noun, r.key, "", [](db::Statement&) { return char{}; }),
      stored_(w.db(), r.noun, r.key),
      may_trust_(may_trust && can_trust()),
      used_(r.fields.size()),
      references_(w.db(), w.today()),
      tree_(r),
      condemned_(condemned) {
    if (options.reject) rejects = std::make_unique<Rejects>(options.rejects_path, options.map.read);
    if (const Field* c = r.find("currency")) currency_ = static_cast<int>(c - r.fields.data());
    if (r.voidable) voids_ = Changes(w.db(), r, {}).voids();
    first_ = next_ = known_.last_stored() + 1;
    if (!options.again && !options.bytes && !r.field(r.key).never_null &&
        w.db().integer("SELECT 1 FROM import WHERE noun = $1 LIMIT 1", r.noun))
        repeated = std::make_unique<Spool>();
    for (std::size_t k = 0; k < r.fields.size(); ++k)
        if (r.fields[k].never_null) missing_[r.fields[k].defaulted].push_back(k);
    row_.report = [this](Problem p) { note(std::move(p)); };
}

void Pass::run(ByteSource& source) {
    rules_.begin(w_, options_);
    try {
        read(source);
    } catch (const Error& e) {
        if (e.code != Exit::rejected) throw;
        // No table at all: a problem of the file as a whole.
        result.problems.push_back({.message = e.what(), .hint = e.hint});
        fatal_ = true;
    }
    if (!fatal_ && !stopped()) return;
    result.inserted = result.updated = result.unchanged = 0;
}

void Pass::read(ByteSource& source) {
    const auto reader =
        open_reader(source, options_.map.read, [this](Problem p) { problems_.push_back(std::move(p)); });
    header_ = reader->header();
    result.encoding = reader->encoding();
    if (header_.empty()) return;  // JSONL without a line: no row, and none of its columns is missing
    origins_ = match_header(r_, header_, reader->header_row(), options_.map, options_.on_conflict == OnConflict::update,
                            result.problems);
    fatal_ = !result.problems.empty();
    if (fatal_) return;
    for (std::size_t k = 0; k < origins_.size(); ++k)
        if (origins_[k].given() && k != key_ && static_cast<int>(k) != currency_) given_.push_back(k);
    filter_ = RowFilter(options_.map, header_);
    if (rejects) rejects->header(header_);
    RawRow raw;
    bool bad = false;
    std::size_t bytes = 0;
    for (; problems_.clear(), reader->next(raw, bad);) {
        if (!bad && !filter_.holds(raw.cells)) {
            ++result.skipped;
            continue;
        }
        if (++result.read <= sample) {
            for (const auto cell : raw.cells) bytes += cell.size() + 1;
            if (result.read == sample) expect(source.size() * sample / bytes);
        }
        if (options_.progress && result.read % rows_between_progress == 0)
            options_.progress(ImportStage::checking, result.read, 0);
        one(raw, bad, reader->encoding());
    }
    for (auto& p : problems_) result.problems.push_back(std::move(p));
    result.encoding = reader->encoding();
    result.skipped += reader->skipped();
    finish();
}

/// What only all rows together show: references to later rows, circles, the noun's own.
void Pass::finish() {
    const auto report = [&](Problem p) {
        place(p);
        late_[p.row].push_back(std::move(p));
    };
    if (tree_.used() && ascending_) remember_keys();
    stored_.release();
    tree_.finish(
        w_.db(), AsOf{effective_}, [&](std::string_view key) { return known_.find(key); }, report);
    rules_.finish(report, [&](std::int64_t reference) { return tree_.resolve(Value::of(reference)); });
    known_.release();
    of_file_ = {};
    if (late_.empty()) return;
    result.rejected += static_cast<std::int64_t>(late_.size());
    for (const auto& [row, problems] : late_)
        result.problems.insert(result.problems.end(), problems.begin(), problems.end());
    std::stable_sort(result.problems.begin(), result.problems.end(),
                     [](const Problem& a, const Problem& b) { return a.row < b.row; });
}

void Pass::resolve(std::vector<Value>& values) const {
    for (std::size_t k = 0; k < values.size(); ++k)
        if (r_.fields[k].circle && values[k]) values[k] = Value::of(tree_.resolve(values[k]));
}

void Pass::expect(std::size_t rows) {
    expected_ = rows;
    if (!ascending_) expect_keys(rows);
    rules_.expect(rows);
}

void Pass::expect_keys(std::size_t rows) {
    if (!may_trust_ || rows < many) return known_.expect(rows, rows);
    if (trusts_) return;
    trusts_ = true;
    of_file_.reserve(rows);
    keep_keys_of_spool();
}

/// Only what the unique index refuses too is left to it: a number that is stored is a problem, and nothing refers to
/// it.
bool Pass::can_trust() const {
    const auto refers_to_itself = [&](const Field& f) { return f.type == FieldType::reference && &f.target() == &r_; };
    return !options_.reject && !options_.bytes && options_.on_conflict == OnConflict::fail &&
           std::none_of(r_.fields.begin(), r_.fields.end(), refers_to_itself);
}

void Pass::one(const RawRow& raw, bool bad, Encoding encoding) {
    texts_.clear();
    row_.values.assign(r_.fields.size(), Value{});
    row_.bad = bad;
    row_.number = raw.row;
    row_.id = next_;
    row_.old = nullptr;
    changes_ = false;
    faulty_.assign(r_.fields.size(), false);
    if (!bad) {
        find_old(raw);
        if (passes_void(false)) return;
        understand(raw);
        if (passes_void(true)) return;
        check_key();
        if (changes_) overlay();
        check_missing(false);
        rules_.check(row_);
        check_open();
        if (!row_.bad) check_missing(true);
        if (const auto it = condemned_.find(raw.row); it != condemned_.end()) {
            problems_.insert(problems_.end(), it->second.begin(), it->second.end());
            row_.bad = true;
        }
        if (!row_.bad) settle();
    }
    if (repeated) {
        const bool understood = !bad && !changes_ && std::find(faulty_.begin(), faulty_.end(), true) == faulty_.end();
        understood ? repeated->put(0, row_.values) : repeated.reset();
    }
    if (row_.bad) {
        std::stable_sort(problems_.begin(), problems_.end(),
                         [](const Problem& a, const Problem& b) { return a.column < b.column; });
        ++result.rejected;
        if (rejects) rejects->add(raw, problems_, encoding);
    }
    for (auto& p : problems_) {
        if (p.warning && !p.rule.empty() && options_.accept.contains(p.rule)) result.accepted.push_back(p);
        result.problems.push_back(std::move(p));
    }
}

/// In which column of the file it is.
void Pass::place(Problem& p) const {
    if (const Field* f = p.field.empty() ? nullptr : r_.find(p.field))
        if (const int c = origins_[static_cast<std::size_t>(f - r_.fields.data())].column; c >= 0) {
            p.column = c + 1;
            p.header = header_[static_cast<std::size_t>(c)];
        }
}

void Pass::note(Problem p) {
    const Field* f = p.field.empty() ? nullptr : r_.find(p.field);
    if (f && faulty_[static_cast<std::size_t>(f - r_.fields.data())])
        return;  // it could not even be read; nothing that follows from that is news
    p.row = row_.number;
    place(p);
    p.warning = p.warning || (!p.rule.empty() && options_.accept.contains(p.rule));
    if (!p.warning) row_.bad = true;
    problems_.push_back(std::move(p));
}

void Pass::fault(std::string_view field, Exit code, std::string message, std::string hint) {
    note({.field = std::string(field), .message = std::move(message), .hint = std::move(hint), .code = code});
    if (!field.empty()) faulty_[r_.index(field)] = true;
}

/// The key, and the stored record that has it.
void Pass::find_old(const RawRow& raw) {
    parse(key_, raw, 0);
    Value& key = row_.values[key_];
    if (!key && !r_.key_parts.empty() && !faulty_[key_]) compose_key(raw);
    if (!key) return;
    row_.id = holder(key.s);
    if (row_.id == 0 || row_.id >= first_) return;
    old_ = find_row(w_.db(), r_, std::int64_t{row_.id}, AsOf{effective_});
    row_.old = &*old_;
    if (!options_.expected.empty() && json_of(w_.db(), r_, old_->values) != options_.expected)
        throw Error(Exit::conflict,
                    say("{noun} {number} was changed since it was read", fmt::arg("noun", called(r_)),
                        fmt::arg("number", key.s)),
                    tr("look at it again; nothing was written"))
            .with_ref(key.s);
}

/// The key of a record that nobody numbers, of what the file says of it.
void Pass::compose_key(const RawRow& raw) {
    std::string text;
    for (const auto part : r_.key_parts) parse(r_.index(part), raw, 0);
    if (std::none_of(faulty_.begin(), faulty_.end(), [](bool f) { return f; })) {  // else it would be another's
        rules_.complete_key(row_);
        for (const auto part : r_.key_parts) {
            const auto k = r_.index(part);
            if (!row_.values[k]) continue;
            text += (text.empty() ? "" : "/") + display(w_.db(), r_.fields[k], row_.values[k], 0);
        }
    }
    row_.values.assign(r_.fields.size(), Value{});
    if (!text.empty()) row_.values[key_] = Value::of(std::string_view(texts_.emplace_back(std::move(text))));
    problems_.clear();  // what is wrong with a part is told when its turn comes
    row_.bad = false;
    std::fill(faulty_.begin(), faulty_.end(), false);
}

/// Fields in order, the currency first; amounts without one take the record's, or the default of what the row refers
/// to, and references stand before amounts in every description.
void Pass::understand(const RawRow& raw) {
    if (currency_ >= 0) parse(static_cast<std::size_t>(currency_), raw, 0);
    for (const auto k : given_) parse(k, raw, r_.fields[k].type == FieldType::money ? currency_of_row().digits() : 0);
}

Currency Pass::currency_of_row() {
    if (currency_ >= 0) {
        if (row_.old)
            return Currency::parse(row_.old->values[static_cast<std::size_t>(currency_)].s).value_or(Currency{});
        if (const Value& c = row_.values[static_cast<std::size_t>(currency_)])
            return Currency::parse(c.s).value_or(Currency{});
    }
    return rules_.default_currency(row_);
}

void Pass::parse(std::size_t k, const RawRow& raw, int digits) {
    const Field& f = r_.fields[k];
    const Origin& o = origins_[k];
    Value& v = row_.values[k];
    v = {};
    if (!o.given()) return;
    const auto text = o.text_of(raw.cells, texts_);
    const bool money = f.type == FieldType::money;
    if (auto why =
            parse_value(f, text, o.map, digits, v, texts_, money ? currency_of_row().code() : std::string_view()))
        return fault(f.key, Exit::usage, std::move(*why));
    if (!v || f.type != FieldType::reference) return;
    const auto name = v.s;
    auto id = &f.target() == &r_ ? holder(name) : rules_.resolve(f, name);  // its own keys are kept here
    if (id == RowRules::generic) id = references_.find(f.target(), name);
    if (id == 0 && row_.old && voids_.contains(row_.id) && is_called(f.target(), row_.old->values[k], name))
        id = static_cast<std::uint32_t>(row_.old->values[k].n);  // that was voided too
    if (id == 0 && f.circle && name.find_first_of(";,") != name.npos) {
        v = {};
        note({.field = std::string(f.key),
              .rule = f.several,
              .message = say("\"{text}\" names several; there is only one", fmt::arg("text", name)),
              .code = Exit::refused});
        faulty_[k] = true;
        return;
    }
    if (id == 0 && f.circle) {
        v = tree_.later(k, name, row_.number);
        return;
    }
    v = id == 0 || id == RowRules::ambiguous ? Value{} : Value::of(std::int64_t{id});
    const auto noun = [&] { return called(f.target()); };  // asked for where something is wrong only
    if (id == RowRules::ambiguous)
        return fault(f.key, Exit::usage,
                     say("several {noun} records are called \"{text}\"; give the code", fmt::arg("noun", noun()),
                         fmt::arg("text", name)));
    if (id == 0) {
        auto message = say("there is no {noun} \"{text}\"", fmt::arg("noun", noun()), fmt::arg("text", name));
        if (hints_left_-- > 0) {
            if (const auto near = nearby_keys(w_.db(), f.target(), name, 1); !near.empty() && near[0] == name)
                message = say("{noun} {number} is voided", fmt::arg("noun", noun()), fmt::arg("number", name));
            else if (!near.empty())
                message = say("there is no {noun} \"{text}\"; did you mean {near}?", fmt::arg("noun", noun()),
                              fmt::arg("text", name), fmt::arg("near", near[0]));
        }
        return fault(f.key, Exit::not_found, std::move(message));
    }
}

/// The id that has this key: a stored record's, an earlier row's of this file, or 0.
std::uint32_t Pass::holder(std::string_view key) {
    if (ascending_) {
        if (key > last_key_ && !stored_.has(key)) return 0;
        may_trust_ = may_trust_ && key <= last_key_;  // else it is stored
        remember_keys();
    }
    return trusts_ ? of_file_.find(key) : known_.find(key);
}

void Pass::remember_keys() {
    ascending_ = false;
    stored_.release();
    expect_keys(std::max(static_cast<std::size_t>(result.inserted + result.inserted / 8), expected_));
    if (!trusts_) keep_keys_of_spool();
}

void Pass::keep_keys_of_spool() {
    std::vector<Value> values(r_.fields.size());
    std::uint32_t id = 0, row = first_;
    for (spool.rewind(); spool.get(id, values); ++row)
        if (id == 0 && values[key_]) keep_key(values[key_].s, row);
    spool.resume();
}

void Pass::keep_key(std::string_view key, std::uint32_t id) {
    trusts_ ? of_file_.add(key, id) : known_.add(key, id, 0);
}

bool Pass::is_called(const Record& target, const Value& id, std::string_view name) const {
    const auto row = id ? find_row(w_.db(), target, id.n, {}) : std::nullopt;
    return row && (row->values[target.index(target.key)].s == name ||
                   (!target.name.empty() && match_form(row->values[target.index(target.name)].s) == match_form(name)));
}

/// A record that was voided stays as it is: the row is passed over when it is not to change what is there, or says what
/// stands there (`understood`).
bool Pass::passes_void(bool understood) {
    if (!row_.old || !voids_.contains(row_.id) || known_.of(row_.id) != 0) return false;
    const auto same = [&](const Value& said, const Value& stored) { return !said || said == stored; };
    const bool repeats = understood && options_.on_conflict == OnConflict::update && !options_.bytes && !row_.bad &&
                         std::equal(row_.values.begin(), row_.values.end(), row_.old->values.begin(), same);
    if (options_.on_conflict != OnConflict::skip && !repeats) return false;
    known_.of(row_.id) = 1;
    ++result.unchanged;
    return true;
}

/// A number that is taken already, and what may become of the row then.
void Pass::check_key() {
    const Value& key = row_.values[key_];
    if (!key || faulty_[key_] || row_.id == 0) {
        row_.id = next_;
        return;
    }
    if (row_.id >= first_ || known_.of(row_.id) != 0)
        return fault(r_.key, Exit::conflict, say("{number} stands twice in this file", fmt::arg("number", key.s)));
    if (voids_.contains(row_.id))
        return fault(r_.key, Exit::conflict,
                     say("{number} exists and is voided; its number is not used again", fmt::arg("number", key.s)));
    if (options_.on_conflict == OnConflict::fail)
        return fault(r_.key, Exit::conflict, say("{number} exists already", fmt::arg("number", key.s)),
                     options_.seed ? std::string()
                     : options_.bytes
                         ? say("agency {noun} edit changes what is there", fmt::arg("noun", typed(r_)))
                         : std::string(tr("--on-conflict skip leaves what is there, --on-conflict update changes it")));
    changes_ = true;
}

/// What the record would be with the row's values; a fixed field that differs is a problem.
void Pass::overlay() {
    typed_ = row_.values;
    bool dated = false;
    for (std::size_t k = 0; k < r_.fields.size(); ++k) {
        const Field& f = r_.fields[k];
        const Value& before = row_.old->values[k];
        const bool clears = before && !options_.clear.empty() && options_.clear.contains(std::string(f.key));
        if (!clears && (!typed_[k] || typed_[k] == before)) {
            typed_[k] = {};
            row_.values[k] = before;
        } else if (options_.on_conflict == OnConflict::skip) {
            typed_[k] = {};
            row_.values[k] = before;
        } else if (f.change == Change::never) {
            fault(f.key, Exit::usage,
                  say("{field} of {number} is {old} and never changes", fmt::arg("field", f.key),
                      fmt::arg("number", row_.values[key_].s),
                      fmt::arg("old", display(w_.db(), f, before, digits_of(w_.db(), r_, row_.old->values)))));
        } else {
            dated = dated || f.change == Change::dated;
        }
    }
    if (dated && r_.closes()) note_closed("", effective_);
}

/// Of a day in a closed period.
void Pass::note_closed(std::string_view field, Date day) {
    if (auto why = period::closed_message(closed_, day); !why.empty())
        row_.problem(field, r_.closed_rule, std::move(why), period::reopen_hint(day));
}

/// A new row does not count in a closed period.
void Pass::check_open() {
    if (!closed_ || r_.counts_from.empty() || row_.old) return;
    const Value& day = row_.values[r_.index(r_.counts_from)];
    if (day) note_closed(r_.counts_from, Date{static_cast<std::int32_t>(day.n)});
}

void Pass::check_missing(bool defaulted) {
    for (const auto k : missing_[defaulted])
        if (const Field& f = r_.fields[k]; !row_.values[k])
            row_.problem(f.key, "", say("{field} is missing", fmt::arg("field", heading(f))));
}

/// The row is good.
void Pass::settle() {
    const Value& key = row_.values[key_];
    if (changes_) {
        known_.of(row_.id) = 1;
        if (options_.clear.empty() &&
            std::none_of(typed_.begin(), typed_.end(), [](const Value& v) { return static_cast<bool>(v); })) {
            ++result.unchanged;
            return;
        }
        // What the rules made of a value (a code in its normal form) is what is written.
        for (std::size_t k = 0; k < typed_.size(); ++k)
            if (typed_[k] || (!options_.clear.empty() && row_.old->values[k] != row_.values[k]))
                typed_[k] = row_.values[k];
        rules_.take(row_);
        tree_.add(row_.id, row_.number, row_.values, true);
        spool.put(row_.id, typed_);
        ++result.updated;
        return;
    }
    if (key && ascending_)
        last_key_.assign(key.s);
    else if (key)
        keep_key(key.s, next_);
    rules_.take(row_);
    tree_.add(next_, row_.number, row_.values, false);
    for (std::size_t k = 0; k < used_.size(); ++k)
        if (row_.values[k]) used_[k] = true;
    spool.put(0, row_.values);
    ++next_;
    ++result.inserted;
}

}  // namespace agency
