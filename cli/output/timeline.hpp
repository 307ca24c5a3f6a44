// What is drawn along days: rows of any grid with the columns `starts_on` and `ends_on`.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "output/writers.hpp"

namespace agency::output {

struct TimelineBar {
    std::string label;  ///< key and name, control characters shown
    int level = 0;      ///< by the dots of `wbs`
    std::optional<Date> from, to;
    bool group = false;      ///< the next rows stand below it, by `wbs`
    bool milestone = false;  ///< `duration` is 0
    bool critical = false;
    std::string after;  ///< what it waits for, as its column `after` says
};

/// What of the first bar what of the second waits for.
struct TimelineLink {
    std::size_t from = 0, to = 0;                      ///< bars
    bool leaves_start = false, enters_finish = false;  ///< neither: finish to start
    bool critical = false;                             ///< both are, and nothing can slip between them
    std::string text;                                  ///< `1.2SS+1`
};

struct Timeline {
    std::vector<TimelineBar> bars;
    std::vector<TimelineLink> links;  ///< by the column `after`, between rows that are shown
    Date first, last;                 ///< of all bars
    bool has_critical = false;
    std::int32_t days() const { return last - first + 1; }
};

/// Whether the grid has such columns.
bool has_days(const Grid& grid);
/// Nothing when it has not, or no day in them.
std::optional<Timeline> timeline_of(const Grid& grid);

/// Days that get a mark on an axis of that many days with room for `marks` of them: weeks, months, quarters, years.
struct Tick {
    Date day;
    std::string text;
};
std::vector<Tick> ticks_of(const Timeline& t, int marks);

}  // namespace agency::output
