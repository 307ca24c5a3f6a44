#include "org/settings.hpp"

#include "base/translate.hpp"

namespace agency::org {

constexpr SettingRow rows[] = {
    {"org.layers_small", "3", N_("Most layers of positions while there are few people"), SettingType::integer},
    {"org.layers_medium", "4", N_("Most layers of positions in a middle-sized agency"), SettingType::integer},
    {"org.layers_large", "5", N_("Most layers of positions in a large agency"), SettingType::integer},
    {"org.heads_small", "50", N_("Up to so many people are few"), SettingType::integer},
    {"org.heads_medium", "150", N_("Up to so many people are a middle-sized agency"), SettingType::integer},
    {"org.span_low", "3", N_("Fewer people who report to one manager are a warning"), SettingType::integer},
    {"org.span_high", "12", N_("More people who report to one manager are a warning"), SettingType::integer},
    {"org.span_most", "20", N_("More people who report to one manager are an error"), SettingType::integer},
    {"org.managers_most", "25%", N_("A larger part of managers is a warning"), SettingType::rate},
    {"org.support_most", "25%", N_("A larger part of people in supporting departments is a warning"),
     SettingType::rate},
    {"org.support_departments", "HA,FN", N_("Codes of the supporting departments")},
    {"org.vague_words", "等相关工作,其他,协助…等,配合做好,完成领导交办的其他任务,及时,适当",
     N_("Words that make a duty vague unless it has a standard; the sign of omission in one stands for anything")},
    {"org.vague_most", "20%", N_("From this part of vague duties on they are errors"), SettingType::rate},
    {"org.overlap_text", "60%", N_("Duties whose pairs of characters agree so far overlap"), SettingType::rate},
    {"org.concurrent_most", "2", N_("More concurrent positions of one person are an overload"), SettingType::integer},
    {"org.density_most", "6", N_("More who are consulted or informed of one function are a warning"),
     SettingType::integer},
    {"org.read_within", "5", N_("Within so many work days a new job description is acknowledged"),
     SettingType::integer},
    {"org.incompatible",
     "ACC-01/ACC-02,ACC-01/ACC-03,ACC-01/ACC-04,PUR-01/PUR-02,PUR-02/PUR-03,PUR-01/PUR-03,PAY-01/PAY-02,PAY-02/PAY-03,"
     "PAY-01/PAY-03,CON-01/CON-02,CLI-01/CLI-02",
     N_("Pairs of functions that one person may not both do or answer for, as FN-01/FN-02")},
    {"org.hr_department", "HA", N_("Code of the department that approves job descriptions beside the superior")},
};
const SettingRow &layers_small = rows[0], &layers_medium = rows[1], &layers_large = rows[2], &heads_small = rows[3],
                 &heads_medium = rows[4], &span_low = rows[5], &span_high = rows[6], &span_most = rows[7],
                 &managers_most = rows[8], &support_most = rows[9], &support_departments = rows[10],
                 &vague_words = rows[11], &vague_most = rows[12], &overlap_text = rows[13], &concurrent_most = rows[14],
                 &density_most = rows[15], &read_within = rows[16], &incompatible = rows[17], &hr_department = rows[18];

std::span<const SettingRow> settings() {
    return rows;
}

}  // namespace agency::org
