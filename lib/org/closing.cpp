#include "org/closing.hpp"

#include "base/translate.hpp"

namespace agency::org {

const Chart& Closing::after(Date last) {
    const auto it = charts_.find(last);
    return it != charts_.end() ? it->second : charts_.emplace(last, Chart(w_, AsOf{last + 1})).first->second;
}

bool Closing::gone(std::int64_t id, Date last) const {
    const auto it = closed_.find(id);
    return it != closed_.end() && it->second <= last;
}

std::string Closing::position(std::int64_t id, Date last) {
    const Chart& chart = after(last);
    const Place* p = chart.find(id);
    if (!p) return {};
    const auto until = to_string(last);
    const auto day = fmt::arg("day", until);
    if (!p->holders.empty())
        return say("{name} holds it after {day}; end the assignment first", day,
                   fmt::arg("name", name_of(chart, p->holders.front())));
    for (const auto below : p->reports)
        if (!gone(below, last))
            return say("{code} reports to it after {day}; give it another superior first", day,
                       fmt::arg("code", chart.code(below)));
    return {};
}

std::string Closing::department(std::int64_t id, Date last) {
    const Chart& chart = after(last);
    const auto until = to_string(last);
    const auto day = fmt::arg("day", until);
    for (const Place* p : chart.by_code())
        if (p->position.department.value == id)
            return say("position {code} is in it after {day}; close or move it first", day,
                       fmt::arg("code", p->position.code));
    for (const auto& [other, d] : chart.departments())
        if (d.parent.value == id && !gone(other, last))
            return say("department {code} is in it after {day}; close or move it first", day, fmt::arg("code", d.code));
    return {};
}

}  // namespace agency::org
