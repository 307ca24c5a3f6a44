#include "calendar/working_hours.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

constexpr std::int64_t day_seconds = 86'400, micros = 1'000'000;

/// `09:00`, also `24:00`, in seconds; -1 when it is no time.
std::int32_t time_of(std::string_view t) {
    const auto digit = [&](std::size_t i) { return t[i] >= '0' && t[i] <= '9' ? t[i] - '0' : -1; };
    if (t.size() != 5 || t[2] != ':' || digit(0) < 0 || digit(1) < 0 || digit(3) < 0 || digit(4) < 0) return -1;
    const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
    return minute < 60 && hour * 60 + minute <= 24 * 60 ? (hour * 60 + minute) * 60 : -1;
}

/// Micros since the civil midnight of day 0 at that offset, split.
struct Civil {
    Date day;
    std::int64_t micro;  ///< of the day
};
Civil civil(Instant t, std::int32_t zone) {
    const Date day = day_of(t, zone);
    return {day, t.micros + zone * 60 * micros - day.days * day_seconds * micros};
}

}  // namespace

Instant instant_of(Date day, std::int64_t seconds, std::int32_t zone) {
    return {(day.days * day_seconds + seconds - zone * std::int64_t{60}) * micros};
}

WorkingHours WorkingHours::parse(std::string_view text) {
    std::vector<Span> spans;
    for (std::string_view rest = text; !rest.empty();) {
        const auto comma = rest.find(',');
        const auto part = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        const Span s{part.size() == 11 && part[5] == '-' ? time_of(part.substr(0, 5)) : -1,
                     part.size() == 11 ? time_of(part.substr(6)) : -1};
        if (s.from < 0 || s.to <= s.from || (!spans.empty() && s.from < spans.back().to)) {
            spans.clear();
            break;
        }
        spans.push_back(s);
    }
    if (spans.empty())
        throw Error(Exit::usage, say("\"{text}\" says no working hours", fmt::arg("text", text)),
                    tr("write them in order, as 09:00-12:00,13:30-18:00"));
    return WorkingHours(std::move(spans));
}

std::int64_t WorkingHours::seconds_a_day() const {
    std::int64_t sum = 0;
    for (const Span& s : spans_) sum += s.to - s.from;
    return sum;
}

Instant WorkingClock::add(Instant from, std::int64_t seconds) const {
    auto [day, at] = civil(from, zone_);
    std::int64_t left = seconds * micros;
    for (;; day = day + 1, at = 0) {
        if (!calendar_.is_work_day(day)) continue;
        for (const auto& span : hours_.spans()) {
            const auto start = std::max(at, span.from * micros), free = span.to * micros - start;
            if (free <= 0) continue;
            if (left <= free) return {instant_of(day, 0, zone_).micros + start + left};
            left -= free;
        }
    }
}

std::int64_t WorkingClock::seconds_between(Instant from, Instant to) const {
    if (to <= from) return 0;
    auto [day, at] = civil(from, zone_);
    const auto [last, end] = civil(to, zone_);
    std::int64_t sum = 0;
    for (; day <= last; day = day + 1, at = 0) {
        if (!calendar_.is_work_day(day)) continue;
        for (const auto& span : hours_.spans()) {
            const auto start = std::max(at, span.from * micros);
            const auto stop = day == last ? std::min(end, span.to * micros) : span.to * micros;
            if (stop > start) sum += stop - start;
        }
    }
    return sum / micros;
}

}  // namespace agency
