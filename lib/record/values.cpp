// Between values and SQL, and as text.
#include "record/store.hpp"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

bool kept_as_text(FieldType t) {
    return t == FieldType::text || t == FieldType::number || t == FieldType::choice || t == FieldType::currency ||
           t == FieldType::day;
}

}  // namespace

void bind_value(db::Statement& s, int n, const Field& f, const Value& v) {
    char iso[10];
    if (v && f.type == FieldType::day) {
        write_iso(Date{static_cast<std::int32_t>(v.n)}, iso);
        s.bind(n, std::string_view(iso, 10));
    } else if (v.kind == Value::Kind::text) {
        s.bind(n, v.s);
    } else {
        bind_view(s, n, f, v, iso);
    }
}

void bind_view(db::Parameters& s, int n, const Field& f, const Value& v, char* day) {
    if (!v) return s.bind_null(n);
    if (v.kind == Value::Kind::text) return s.bind_view(n, v.s);
    switch (f.type) {
        case FieldType::choice:
            return s.bind_view(n, f.words[static_cast<std::size_t>(v.n)].word);
        case FieldType::day:
            write_iso(Date{static_cast<std::int32_t>(v.n)}, day);
            return s.bind_view(n, std::string_view(day, 10));
        default:
            return s.bind(n, v.n);
    }
}

Value read_value(db::Statement& s, int c, const Field& f, std::deque<std::string>& texts) {
    if (s.is_null(c)) return {};
    return kept_as_text(f.type) ? from_stored_text(f, s.text(c), texts) : Value::of(s.integer(c));
}

std::optional<std::string> stored_text(const Field& f, const Value& v) {
    if (!v) return std::nullopt;
    switch (f.type) {
        case FieldType::text:
        case FieldType::number:
        case FieldType::currency:
            return std::string(v.s);
        case FieldType::choice:
            return std::string(f.words[static_cast<std::size_t>(v.n)].word);
        case FieldType::day:
            return to_string(Date{static_cast<std::int32_t>(v.n)});
        default:
            return std::to_string(v.n);
    }
}

Value from_stored_text(const Field& f, std::string_view text, std::deque<std::string>& texts) {
    switch (f.type) {
        case FieldType::text:
        case FieldType::number:
        case FieldType::currency:
            return Value::of(std::string_view(texts.emplace_back(text)));
        case FieldType::choice:
            for (std::size_t i = 0; i < f.words.size(); ++i)
                if (f.words[i].word == text) return Value::of(static_cast<std::int64_t>(i));
            throw Error(Exit::data_file, say("the data file has the unknown {field} {word}", fmt::arg("field", f.key),
                                             fmt::arg("word", text)));
        case FieldType::day:
            if (const auto d = parse_iso_date(text)) return Value::of(std::int64_t{d->days});
            throw Error(Exit::data_file, say("the data file has the impossible {field} {word}",
                                             fmt::arg("field", f.key), fmt::arg("word", text)));
        default: {
            std::int64_t n = 0;
            std::from_chars(text.data(), text.data() + text.size(), n);
            return Value::of(n);
        }
    }
}

std::string display(db::Session& db, const Field& f, const Value& v, int digits) {
    if (!v) return {};
    switch (f.type) {
        case FieldType::money:
            return to_plain(v.n, digits);
        case FieldType::rate:
            return to_string(Rate{v.n});
        case FieldType::decimal:
            return to_plain(v.n, f.scale);
        case FieldType::flag:
            return v.n ? "yes" : "no";
        case FieldType::reference:
            return number_of(db, f.target(), v.n);
        default:
            return stored_text(f, v).value_or("");
    }
}
std::string currency_of(db::Session& db, const Record& r, const std::vector<Value>& values) {
    if (r.find("currency")) return std::string(values[r.index("currency")].s);
    if (r.currency_from.empty() || !values[r.index(r.currency_from)]) return {};
    const auto at = r.index(r.currency_from);
    return db.text("SELECT currency FROM " + std::string(r.fields[at].target().noun) + " WHERE id = $1", values[at].n)
        .value_or("");
}

int digits_of(db::Session& db, const Record& r, const std::vector<Value>& values) {
    return Currency::parse(currency_of(db, r, values)).value_or(Currency{}).digits();
}
std::string json_of(db::Session& db, const Record& r, const std::vector<Value>& values) {
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    const int digits = digits_of(db, r, values);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i]) out[std::string(r.fields[i].key)] = display(db, r.fields[i], values[i], digits);
    return out.dump();
}

std::string json_of(std::initializer_list<std::pair<std::string_view, std::string>> texts) {
    nlohmann::ordered_json out = nlohmann::ordered_json::object();
    for (const auto& [key, text] : texts) out[std::string(key)] = text;
    return out.dump();
}

std::string json_of(std::string_view key, std::string_view text) {
    return nlohmann::ordered_json{{key, text}}.dump();
}

}  // namespace agency
