// What people call a record: the noun that they type. Only the table of the command line knows it (`time` of a
// time_entry, `intake` of a condition of one), so it is asked.
#pragma once
#include "record/field.hpp"

namespace agency {

/// Set once, at the start: answers the noun of the command line that has the record, or empty. Without it a record is
/// called as its table is.
void call_records_by(std::string_view (*noun_of)(const Record& r));

/// As in `agency NOUN fields`.
std::string_view typed(const Record& r);
/// As a sentence has it: the noun that people type, in Chinese the record's name.
const char* called(const Record& r);

}  // namespace agency
