// 滞纳金、滞报金: what a late annuity or a late import declaration costs.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "calendar/term.hpp"
#include "record/grid.hpp"

namespace agency::docket {

enum class Late : std::uint8_t {
    annuity,  ///< of a patent: 5 % of the whole fee for each month, six months at most
    customs,  ///< of imported goods: 0.05 % of the duty-paid value a day
};
std::optional<Late> late_kind(std::string_view word);

struct Surcharge {
    std::int64_t late = 0;  ///< months that were passed, or days
    std::int64_t rate = 0;  ///< ppm of the base
    std::int64_t amount = 0;
};
/// `base` in fen, > 0: the annual fee, or the duty-paid value. A month counts once it is over: what is paid within the
/// first costs nothing (专利审查指南, part 5 ch. 9). Error(refused, DKT-004) when the grace of an annuity is over; its
/// last day rolls as the calendar says.
Surcharge surcharge(Late kind, std::int64_t base, Date due, Date paid, const Calendar& calendar);

/// The same as a report: kind, base, due_on, paid_on, late, rate, surcharge, total.
Report surcharge_report(Late kind, std::int64_t base, Date due, Date paid, const Calendar& calendar);
std::vector<GridColumn> surcharge_columns();

/// 投标保证金与履约保证金: the most that may be asked for, 2 % of the estimate and 10 % of the contract
/// (招标投标法实施条例 art. 26 and 58). Amounts in fen; without a contract only the first.
Report security_report(std::int64_t estimate, std::optional<std::int64_t> contract);
std::vector<GridColumn> security_columns();

}  // namespace agency::docket
