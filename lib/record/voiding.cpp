#include "record/voiding.hpp"

#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"

namespace agency {
namespace {

/// Whether the row still counts on that day or later.
bool counts_from(const Record& r, const Row& row, Date day) {
    if (row.voided(day)) return false;
    if (r.ends.empty()) return true;
    const Value& ends = row.values[r.index(r.ends)];
    return !ends || ends.n >= day.days;
}

void refuse_while_referred(db::Session& db, const Record& r, const Record& other, std::int64_t id, Date day,
                           std::string_view number) {
    for (std::size_t k = 0; k < other.fields.size(); ++k) {
        const Field& f = other.fields[k];
        if (f.type != FieldType::reference || &f.target() != &r || f.of_entry || other.part_of == f.key) continue;
        each_row(db, other, {}, [&](const Row& row) {
            if (!row.values[k] || row.values[k].n != id || !counts_from(other, row, day)) return;
            throw Error(Exit::refused,
                        say("{noun} {number} stands in {other} {other_number}", fmt::arg("noun", called(r)),
                            fmt::arg("number", number), fmt::arg("other", called(other)),
                            fmt::arg("other_number", row.values[other.index(other.key)].s)),
                        tr("void or end that first"))
                .with_rule(r.void_rule)
                .with_ref(number);
        });
    }
}

}  // namespace

void void_unreferenced(Workspace& w, const Record& r, const Workflow* flow, std::span<const Record* const> all,
                       std::string_view number, std::optional<Date> day, std::string_view reason,
                       std::string_view command) {
    Operation op(w, std::string(r.noun) + ".void", number, command);
    const auto row = get_row(w.db(), r, number, {});
    if (row.voided_on)
        throw Error(Exit::refused,
                    say("{noun} {number} is voided already", fmt::arg("noun", called(r)), fmt::arg("number", number)))
            .with_ref(number);
    if (flow) require_voidable(*flow, row, number);
    const auto own = r.counts_from.empty() ? Value{} : row.values[r.index(r.counts_from)];
    const auto from = day ? *day : own ? Date{static_cast<std::int32_t>(own.n)} : w.today();
    for (const Record* other : all) refuse_while_referred(w.db(), r, *other, row.id, from, number);
    add_void(op, r, row.id, from, reason);
    if (r.settle) r.settle(op, 0, 0, {&row.id, 1});
    op.commit();
}

}  // namespace agency
