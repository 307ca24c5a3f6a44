// A record is described once: its fields, with everything that storing, importing, listing, completing and documenting
// them needs. See lib/README.md, "how to add a noun".
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "base/id.hpp"
#include "base/money.hpp"

namespace agency {

class Operation;

/// How a field is written, stored and compared. In SQL: text, number, choice, currency, day are TEXT; the rest INTEGER.
enum class FieldType : std::uint8_t {
    text,      ///< NFC, trimmed
    number,    ///< the number people say; unique in its table (`contract.number`, `client.code`)
    choice,    ///< one of `words`
    currency,  ///< ISO 4217
    money,     ///< minor units of the record's currency
    rate,      ///< parts per million
    day,       ///< a civil day
    integer,
    reference,  ///< the id of a row of `target`; written as that record's number
    decimal,    ///< a quantity with `scale` decimals, stored in its last decimal: hours, days, full-time equivalents
    flag,       ///< yes or no
};

/// One value of a choice, with what it is called in files and on screen.
struct Word {
    std::string_view word;                        ///< stable key, `credit_note`
    const char* zh;                               ///< Chinese label, also accepted in files
    std::span<const std::string_view> aliases{};  ///< further spellings accepted in files
};

/// A value of any field. Money, rate, integer, decimal, flag (0, 1), reference: `n`. Day: `n` days since 1970. Choice:
/// `n` is the index into `words`. Text, number, currency: `s`, a view whose owner the giver names. Null is "not given".
struct Value {
    enum class Kind : std::uint8_t { null, integer, text } kind = Kind::null;
    std::int64_t n = 0;
    std::string_view s{};

    static Value of(std::int64_t v) { return {Kind::integer, v, {}}; }
    static Value of(std::string_view v) { return {Kind::text, 0, v}; }
    explicit operator bool() const { return kind != Kind::null; }
    bool operator==(const Value& o) const { return kind == o.kind && n == o.n && s == o.s; }
};

/// Reads and writes one member of the record's plain struct.
struct Access {
    Value (*get)(const void* record) = nullptr;
    void (*set)(void* record, const Value& value) = nullptr;
};

/// What may become of a value once it is entered.
enum class Change : std::uint8_t {
    never,  ///< a mistake is voided and entered again
    plain,  ///< corrected: the new value holds from the beginning, as known from then on
    dated,  ///< a row of `<noun>_change` with the day on which it takes effect
};

struct Record;

/// A field: what it is, then in words what holds for it, e.g.
/// `Field{"client", FieldType::reference, member<&Contract::client>, "Client", "客户",
/// N_("…")}.required().fixed().refers_to(client::record)`.
struct Field {
    std::string_view key;  ///< SQL column = JSON key = CSV header = option name
    FieldType type;
    Access access;
    const char* en;       ///< heading in English; also accepted as a header
    const char* zh;       ///< heading in Chinese; also accepted as a header
    const char* meaning;  ///< one sentence with the unit; translated when printed
    bool never_null = false;
    bool defaulted = false;  ///< a file may leave it out: the noun's rules fill it
    Change change = Change::plain;
    std::span<const std::string_view> aliases{};  ///< further headers, either language
    std::span<const Word> words{};                ///< of a choice
    const Record& (*target)() = nullptr;          ///< what a reference refers to
    bool imported = true;
    bool of_entry = false;          ///< a reference that only says what was so when it was entered
    std::uint8_t scale = 0;         ///< decimals of a decimal
    const char* circle = nullptr;   ///< of a tree(): the rule by which a circle is refused
    const char* several = nullptr;  ///< the same of two parents in one cell, `A;B`
    /// Of a decimal: further spellings, e.g. `7h30`; nothing when the text is none of them.
    std::optional<std::int64_t> (*spelling)(std::string_view text) = nullptr;

    /// A copy with one member changed; the words below say it.
    template <class T>
    constexpr Field with(T Field::*member, T value) const {
        Field copy = *this;
        copy.*member = value;
        return copy;
    }
    /// NOT NULL, and asked of every imported row.
    constexpr Field required() const { return with(&Field::never_null, true); }
    /// NOT NULL; where a file leaves it out, the noun's rules fill it.
    constexpr Field filled() const { return with(&Field::never_null, true).with(&Field::defaulted, true); }
    constexpr Field fixed() const { return with(&Field::change, Change::never); }
    constexpr Field dated() const { return with(&Field::change, Change::dated); }
    constexpr Field also(std::span<const std::string_view> headers) const { return with(&Field::aliases, headers); }
    constexpr Field one_of(std::span<const Word> choices) const { return with(&Field::words, choices); }
    constexpr Field refers_to(const Record& (*record)()) const { return with(&Field::target, record); }
    /// Fixed, and in nobody's way: what it refers to may be void.
    constexpr Field as_entered() const { return fixed().with(&Field::of_entry, true); }
    constexpr Field scaled(std::uint8_t decimals) const { return with(&Field::scale, decimals); }
    constexpr Field spelled(std::optional<std::int64_t> (*reader)(std::string_view)) const {
        return with(&Field::spelling, reader);
    }
    /// A reference to the record itself that makes a tree: in a file the rows may come in any order, and a circle is
    /// refused by this rule, and named; two parents in one cell are refused by the second.
    constexpr Field tree(const char* rule, const char* two = "") const {
        return with(&Field::circle, rule).with(&Field::several, two);
    }
    /// Set by its own verb only, never by a file (`invoice.disputed`).
    constexpr Field by_verb_only() const { return with(&Field::imported, false); }
};

/// The description of a noun's record. One constant per noun, in lib/<noun>/<noun>.cpp.
struct Record {
    std::string_view noun;    ///< `contract`; also the table, and `<noun>_change` the table of its dated facts
    std::string_view plural;  ///< `contracts`, the key of a JSON list
    const char* en;
    const char* zh;
    std::span<const Field> fields;
    std::string_view key = "number";  ///< the field people say (`code` for clients)
    std::string_view name{};          ///< a second field that references in files may use, e.g. client `name`; or empty
    bool voidable = true;             ///< has the dated fact `voided`
    std::string_view currency_from{};  ///< a record without `currency`: the reference whose record has it
    std::string_view counts_from{};    ///< the field with the day that must not lie in a closed period; or empty
    std::string_view closed_rule = "PER-001";  ///< by which a day in a closed period is refused
    bool booked = false;  ///< without `counts_from`: its dated facts do not change in a closed period either
    /// Of a record that nobody numbers: the fields of which the key is made where a file gives none,
    /// `E1/PM/2026-01-01`.
    std::span<const std::string_view> key_parts{};
    std::string_view ends{};       ///< the field with the last day on which it counts; or empty
    std::string_view part_of{};    ///< of a part: the reference to the whole, which does not keep that from being void
    std::string_view void_rule{};  ///< by which it is not void while others refer to it; or empty
    /// After an undo or a void: keeps balances, refuses when a rule does not hold any more. `first`…`last` are ids
    /// taken back or brought back whole (0, 0: none), `touched` those of which a value changed.
    void (*settle)(Operation&, std::int64_t first, std::int64_t last, std::span<const std::int64_t> touched) = nullptr;

    const Field* find(std::string_view key) const;   ///< nullptr when there is none
    const Field& field(std::string_view key) const;  ///< throws Error(bug)
    std::size_t index(std::string_view key) const;   ///< position in fields; throws Error(bug)
    const Field& key_field() const { return field(key); }
    bool has_changes() const;  ///< any dated field, or voidable
    bool closes() const { return booked || !counts_from.empty(); }
};

/// Heading of a field in the language of the session.
const char* heading(const Field& f);
const char* heading(const Record& r);

/// Index of a word in a choice by key, Chinese label or alias (compared by match form), or -1.
int find_word(const Field& f, std::string_view text);

namespace access_detail {
template <class T>
struct Codec;
template <>
struct Codec<std::string> {
    static Value get(const std::string& v) { return v.empty() ? Value{} : Value::of(std::string_view(v)); }
    static void set(std::string& m, const Value& v) { m.assign(v.s); }
};
template <>
struct Codec<std::int64_t> {
    static Value get(std::int64_t v) { return Value::of(v); }
    static void set(std::int64_t& m, const Value& v) { m = v.n; }
};
template <>
struct Codec<Date> {
    static Value get(Date v) { return Value::of(std::int64_t{v.days}); }
    static void set(Date& m, const Value& v) { m.days = static_cast<std::int32_t>(v.n); }
};
template <>
struct Codec<Rate> {
    static Value get(Rate v) { return Value::of(v.ppm); }
    static void set(Rate& m, const Value& v) { m.ppm = v.n; }
};
template <>
struct Codec<Currency> {
    static Value get(const Currency& v) { return Value::of(v.code()); }
    static void set(Currency& m, const Value& v) { m = Currency::parse(v.s).value_or(Currency{}); }
};
template <>
struct Codec<bool> {
    static Value get(bool v) { return Value::of(std::int64_t{v}); }
    static void set(bool& m, const Value& v) { m = v.n != 0; }
};
template <class R>
struct Codec<Id<R>> {
    static Value get(Id<R> v) { return v ? Value::of(v.value) : Value{}; }
    static void set(Id<R>& m, const Value& v) { m.value = v.n; }
};
template <class E>
requires std::is_enum_v<E>
struct Codec<E> {  // the enumerators stand in the order of `words`
    static Value get(E v) { return Value::of(static_cast<std::int64_t>(v)); }
    static void set(E& m, const Value& v) { m = static_cast<E>(v.n); }
};
template <class T>
struct Codec<std::optional<T>> {
    static Value get(const std::optional<T>& v) { return v ? Codec<T>::get(*v) : Value{}; }
    static void set(std::optional<T>& m, const Value& v) {
        if (!v) {
            m.reset();
            return;
        }
        Codec<T>::set(m.emplace(), v);
    }
};
template <class T>
struct Member;
template <class R, class T>
struct Member<T R::*> {
    using Record = R;
    using Type = T;
};
}  // namespace access_detail

/// The access to a member of a plain struct: `member<&Contract::title>`.
template <auto M>
constexpr Access member = {
    [](const void* r) {
        using X = access_detail::Member<decltype(M)>;
        return access_detail::Codec<typename X::Type>::get(static_cast<const typename X::Record*>(r)->*M);
    },
    [](void* r, const Value& v) {
        using X = access_detail::Member<decltype(M)>;
        access_detail::Codec<typename X::Type>::set(static_cast<typename X::Record*>(r)->*M, v);
    }};

}  // namespace agency
