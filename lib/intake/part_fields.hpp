// The two fields with which the record of every part begins.
#pragma once
#include "base/translate.hpp"
#include "record/field.hpp"

namespace agency::intake {

constexpr Field part_number(Access access) {
    return Field{
        "number", FieldType::number, access, "Number", "编号", N_("Number of the part: that of the whole and a count")}
        .required()
        .fixed();
}
constexpr Field part_of(std::string_view key, Access access, const char* en, const char* zh, const char* meaning,
                        const Record& (*whole)()) {
    return Field{key, FieldType::reference, access, en, zh, meaning}.required().fixed().refers_to(whole);
}

/// The day from which a part counts.
constexpr Field part_day(std::string_view key, Access access, const char* en, const char* zh, const char* meaning) {
    return Field{key, FieldType::day, access, en, zh, meaning}.required().fixed();
}
constexpr Field part_entered(Access access) {
    return part_day("entered_on", access, "Entered", "登记日期", N_("Day on which it was entered"));
}

}  // namespace agency::intake
