#include <algorithm>

#include "app/command.hpp"
#include "record/record_verbs.hpp"

namespace agency::cli {

// The table of nouns, in help order: a new noun is one line here.
#define AGENCY_NOUNS(NOUN) \
    NOUN(client)           \
    NOUN(contact)          \
    NOUN(kyc)              \
    NOUN(lead)             \
    NOUN(intake)           \
    NOUN(committee)        \
    NOUN(relative)         \
    NOUN(contract)         \
    NOUN(invoice)          \
    NOUN(receipt)          \
    NOUN(allocation)       \
    NOUN(refund)           \
    NOUN(project)          \
    NOUN(task)             \
    NOUN(baseline)         \
    NOUN(closeout)         \
    NOUN(progress)         \
    NOUN(time)             \
    NOUN(milestone)        \
    NOUN(checkpoint)       \
    NOUN(raid)             \
    NOUN(change)           \
    NOUN(status)           \
    NOUN(rate)             \
    NOUN(cost)             \
    NOUN(receivable)       \
    NOUN(period)           \
    NOUN(org)              \
    NOUN(department)       \
    NOUN(position)         \
    NOUN(employee)         \
    NOUN(assignment)       \
    NOUN(function)         \
    NOUN(raci)             \
    NOUN(job)              \
    NOUN(licence)          \
    NOUN(leave)            \
    NOUN(calendar)         \
    NOUN(deadline)         \
    NOUN(docket)           \
    NOUN(op)               \
    NOUN(undo)             \
    NOUN(batch)            \
    NOUN(import)           \
    NOUN(init)             \
    NOUN(check)            \
    NOUN(doctor)           \
    NOUN(search)           \
    NOUN(config)           \
    NOUN(completion)       \
    NOUN(manual)           \
    NOUN(complete)

#define AGENCY_DECLARED(name) extern const Noun name##_noun;
#define AGENCY_LISTED(name) &name##_noun,
AGENCY_NOUNS(AGENCY_DECLARED)

std::span<const Noun* const> nouns() {
    static constexpr const Noun* all[] = {AGENCY_NOUNS(AGENCY_LISTED)};
    return all;
}

const Noun* noun_named(std::string_view name) {
    const auto it = std::find_if(nouns().begin(), nouns().end(), [&](const Noun* n) { return n->name == name; });
    return it == nouns().end() ? nullptr : *it;
}

std::string_view noun_of(const Record& r) {
    for (const Noun* n : nouns()) {
        if (n->record && &n->record() == &r) return n->name;
        for (const auto part : n->parts)
            if (&part() == &r) return n->name;
    }
    return {};
}

std::vector<const Record*> all_records() {
    std::vector<const Record*> records;
    for (const Noun* n : nouns()) {
        if (n->record) records.push_back(&n->record());
        for (const auto part : n->parts) records.push_back(&part());
    }
    return records;
}

std::vector<Verb> verbs_of(const Noun& noun) {
    std::vector<Verb> verbs = noun.record ? record_verbs(noun) : std::vector<Verb>();
    for (const auto part : {noun.more ? noun.more() : std::span<const Verb>(), noun.verbs})
        for (const Verb& own : part) {
            const auto it = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& v) { return v.name == own.name; });
            if (it == verbs.end())
                verbs.push_back(own);
            else
                *it = own;
        }
    return verbs;
}

}  // namespace agency::cli
