// House defaults of the organization (agency.toml): the thresholds of the handbook, chapter 1.
#pragma once
#include "base/translate.hpp"
#include "workspace/settings.hpp"

namespace agency::org {

inline constexpr SettingRow layers_small{
    "org.layers_small", "3", N_("Most layers of positions while there are few people"), SettingType::integer};
inline constexpr SettingRow layers_medium{
    "org.layers_medium", "4", N_("Most layers of positions in a middle-sized agency"), SettingType::integer};
inline constexpr SettingRow layers_large{"org.layers_large", "5", N_("Most layers of positions in a large agency"),
                                         SettingType::integer};
inline constexpr SettingRow heads_small{"org.heads_small", "50", N_("Up to so many people are few"),
                                        SettingType::integer};
inline constexpr SettingRow heads_medium{"org.heads_medium", "150",
                                         N_("Up to so many people are a middle-sized agency"), SettingType::integer};
inline constexpr SettingRow span_low{"org.span_low", "3", N_("Fewer people who report to one manager are a warning"),
                                     SettingType::integer};
inline constexpr SettingRow span_high{"org.span_high", "12", N_("More people who report to one manager are a warning"),
                                      SettingType::integer};
inline constexpr SettingRow span_most{"org.span_most", "20", N_("More people who report to one manager are an error"),
                                      SettingType::integer};
inline constexpr SettingRow managers_most{"org.managers_most", "25%", N_("A larger part of managers is a warning"),
                                          SettingType::rate};
inline constexpr SettingRow support_most{
    "org.support_most", "25%", N_("A larger part of people in supporting departments is a warning"), SettingType::rate};
inline constexpr SettingRow support_departments{"org.support_departments", "HA,FN",
                                                N_("Codes of the supporting departments")};
inline constexpr SettingRow vague_words{
    "org.vague_words", "等相关工作,其他,协助…等,配合做好,完成领导交办的其他任务,及时,适当",
    N_("Words that make a duty vague unless it has a standard; the sign of omission in one stands for anything")};
inline constexpr SettingRow vague_most{"org.vague_most", "20%", N_("From this part of vague duties on they are errors"),
                                       SettingType::rate};
inline constexpr SettingRow overlap_text{
    "org.overlap_text", "60%", N_("Duties whose pairs of characters agree so far overlap"), SettingType::rate};
inline constexpr SettingRow concurrent_most{
    "org.concurrent_most", "2", N_("More concurrent positions of one person are an overload"), SettingType::integer};
inline constexpr SettingRow density_most{"org.density_most", "6",
                                         N_("More who are consulted or informed of one function are a warning"),
                                         SettingType::integer};
inline constexpr SettingRow away_most{
    "org.away_most", "10",
    N_("A longer leave, in days, leaves blank what nobody else does or answers for, and nobody acts for"),
    SettingType::integer};
inline constexpr SettingRow read_within{
    "org.read_within", "5", N_("Within so many work days a new job description is acknowledged"), SettingType::integer};
inline constexpr SettingRow incompatible{
    "org.incompatible",
    "ACC-01/ACC-02,ACC-01/ACC-03,ACC-01/ACC-04,PUR-01/PUR-02,PUR-02/PUR-03,PUR-01/PUR-03,PAY-01/PAY-02,PAY-02/PAY-03,"
    "PAY-01/PAY-03,CON-01/CON-02,CLI-01/CLI-02",
    N_("Pairs of functions that one person may not both do or answer for, as FN-01/FN-02")};
inline constexpr SettingRow hr_department{
    "org.hr_department", "HA", N_("Code of the department that approves job descriptions beside the superior")};
inline constexpr std::string_view employees_any[] = {"employees", "any"};
inline constexpr SettingRow people{
    "org.people", "employees",
    N_("Who may be named as owner, assessor or decider of business, and by hand as owner, department and project of "
       "contracts and invoices: what the file keeps, or any name"),
    SettingType::word, employees_any};
inline constexpr SettingRow settings[] = {
    layers_small,    layers_medium, layers_large, heads_small,         heads_medium, span_low,      span_high,
    span_most,       managers_most, support_most, support_departments, vague_words,  vague_most,    overlap_text,
    concurrent_most, density_most,  away_most,    read_within,         incompatible, hr_department, people};

}  // namespace agency::org
