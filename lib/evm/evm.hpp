// 挣值: what was planned, earned and spent by a day, and what follows. Amounts in minor units of one currency, ratios
// as fractions; each figure is computed from the unrounded ones and rounded half up once, where it is shown. What would
// divide by zero is nothing.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "base/date.hpp"

namespace agency::evm {

/// A share or an index, not rounded: n of `of`, of > 0.
struct Ratio {
    std::int64_t n = 0, of = 1;

    /// In parts of `scale`, rounded half up in magnitude: 10,000 for four decimals.
    std::int64_t in(std::int64_t scale) const;
    /// Compared as it is, not as it is shown.
    bool at_least(std::int64_t ppm) const;
};

struct Inputs {
    std::int64_t bac = 0;                 ///< budget at completion
    std::int64_t pv = 0, ev = 0, ac = 0;  ///< planned, earned, actual by the day
    std::optional<std::int64_t> new_etc;  ///< a fresh estimate of what is still to be spent
};

struct Figures {
    std::int64_t sv = 0, cv = 0;
    std::optional<Ratio> spi, cpi;
    std::optional<std::int64_t> eac_typical, eac_cost_schedule, eac_bottom_up;
    std::int64_t eac_atypical = 0;
    std::optional<std::int64_t> etc, vac;     ///< of the bottom-up estimate, else of the typical one
    std::optional<Ratio> tcpi_bac, tcpi_eac;  ///< tcpi_eac against the same estimate
};
/// Throws Error(usage) when a figure is too large.
Figures figures(const Inputs& in);

enum class Rag : std::uint8_t { green, amber, red };
std::string_view to_string(Rag rag);
/// The worse of the two; nothing when neither is known. Bounds in ppm: at least `green_from`, at least `amber_from`.
std::optional<Rag> rag(const std::optional<Ratio>& spi, const std::optional<Ratio>& cpi,
                       std::int64_t green_from = 950'000, std::int64_t amber_from = 850'000);

/// How the progress of a piece of work is measured.
enum class Method : std::uint8_t { zero_hundred, fifty_fifty, milestones, units, percent };

/// A weighted milestone of a piece of work.
struct Weight {
    std::int64_t weight = 0;  ///< any scale, > 0
    bool reached = false;
};
/// What is known of a piece of work by the day.
struct Progress {
    bool started = false, accepted = false;
    std::int64_t percent = 0;                ///< ppm
    std::int64_t units_done = 0, units = 0;  ///< any scale
    std::span<const Weight> milestones{};
};
/// The part that is earned, 0 to 1. `percent` counts no more than `cap` (ppm) until the work is accepted.
Ratio earned_part(Method method, const Progress& progress, std::int64_t cap = 900'000);

/// Planned by the end of `day` of a budget that is spread evenly over the days from `start` to `finish`, both counted,
/// that are worked; over all of them where none is. Throws what `worked` throws.
std::int64_t planned_value(std::int64_t budget, Date start, Date finish, Date day,
                           const std::function<bool(Date)>& worked);

}  // namespace agency::evm
