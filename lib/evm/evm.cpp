#include "evm/evm.hpp"

#include <algorithm>
#include <numeric>

#include "base/money.hpp"
#include "base/translate.hpp"

namespace agency::evm {
namespace {

constexpr std::int64_t whole = 1'000'000;

std::optional<Ratio> ratio(std::int64_t n, std::int64_t of) {
    if (of == 0) return {};
    return of < 0 ? Ratio{add_checked(0, -n), add_checked(0, -of)} : Ratio{n, of};
}

Rag colour(const Ratio& index, std::int64_t green_from, std::int64_t amber_from) {
    return index.at_least(green_from) ? Rag::green : index.at_least(amber_from) ? Rag::amber : Rag::red;
}

/// n × a × b / (c × c), c > 0, rounded half up in magnitude.
std::int64_t mul_twice(std::int64_t n, std::int64_t a, std::int64_t b, std::int64_t c) {
    std::int64_t top[] = {n, a, b}, bottom[] = {c, c};
    for (auto& t : top)
        for (auto& d : bottom) {
            const auto g = std::gcd(t, d);
            if (g > 1) t /= g, d /= g;
        }
    __int128 product = 0;
    if (__builtin_mul_overflow(static_cast<__int128>(top[0]) * top[1], static_cast<__int128>(top[2]), &product))
        amount_overflow();
    const __int128 d = static_cast<__int128>(bottom[0]) * bottom[1];
    const __int128 magnitude = product < 0 ? -product : product;
    const __int128 rounded = magnitude / d + (magnitude % d * 2 >= d);
    if (rounded > INT64_MAX) amount_overflow();
    return static_cast<std::int64_t>(product < 0 ? -rounded : rounded);
}

}  // namespace

std::int64_t Ratio::in(std::int64_t scale) const {
    return mul_div_half_up(n, scale, of);
}

bool Ratio::at_least(std::int64_t ppm) const {
    return static_cast<__int128>(n) * whole >= static_cast<__int128>(of) * ppm;
}

Figures figures(const Inputs& in) {
    Figures f;
    const auto left = add_checked(in.bac, -in.ev);
    f.sv = add_checked(in.ev, -in.pv);
    f.cv = add_checked(in.ev, -in.ac);
    f.spi = ratio(in.ev, in.pv);
    f.cpi = ratio(in.ev, in.ac);
    f.eac_atypical = add_checked(in.ac, left);
    if (in.ev > 0 && in.ac != 0) f.eac_typical = mul_div_half_up(in.bac, in.ac, in.ev);
    if (in.ev > 0 && in.ac != 0 && in.pv != 0)
        f.eac_cost_schedule = add_checked(in.ac, mul_twice(left, in.ac, in.pv, in.ev));
    if (in.new_etc) f.eac_bottom_up = add_checked(in.ac, *in.new_etc);
    if (const auto eac = f.eac_bottom_up ? f.eac_bottom_up : f.eac_typical) {
        f.etc = add_checked(*eac, -in.ac);
        f.vac = add_checked(in.bac, -*eac);
    }
    f.tcpi_bac = ratio(left, add_checked(in.bac, -in.ac));
    if (in.new_etc)
        f.tcpi_eac = ratio(left, *in.new_etc);
    else if (left != 0 && f.eac_typical)
        f.tcpi_eac = f.cpi;  // (BAC − EV) / (BAC × AC / EV − AC) = EV / AC
    return f;
}

std::string_view to_string(Rag rag) {
    constexpr std::string_view words[] = {N_("green"), N_("amber"), N_("red")};
    return words[static_cast<std::size_t>(rag)];
}

std::optional<Rag> rag(const std::optional<Ratio>& spi, const std::optional<Ratio>& cpi, std::int64_t green_from,
                       std::int64_t amber_from) {
    std::optional<Rag> worst;
    for (const auto* index : {&spi, &cpi})
        if (*index) worst = std::max(worst.value_or(Rag::green), colour(**index, green_from, amber_from));
    return worst;
}

Ratio earned_part(Method method, const Progress& p, std::int64_t cap) {
    if (p.accepted) return {1, 1};
    switch (method) {
        case Method::zero_hundred:
            return {};
        case Method::fifty_fifty:
            return {p.started ? 1 : 0, 2};
        case Method::milestones: {
            std::int64_t reached = 0, all = 0;
            for (const Weight& w : p.milestones) {
                all = add_checked(all, w.weight);
                if (w.reached) reached = add_checked(reached, w.weight);
            }
            return all > 0 ? Ratio{reached, all} : Ratio{};
        }
        case Method::units:
            return p.units > 0 ? Ratio{std::clamp<std::int64_t>(p.units_done, 0, p.units), p.units} : Ratio{};
        case Method::percent:
            return {std::clamp<std::int64_t>(p.percent, 0, cap), whole};
    }
    return {};
}

std::int64_t planned_value(std::int64_t budget, Date start, Date finish, Date day,
                           const std::function<bool(Date)>& worked) {
    if (day < start) return 0;
    if (day >= finish) return budget;
    std::int64_t all = 0, past = 0;
    for (Date d = start; d <= finish; d = d + 1) {
        const bool counts = worked(d);
        all += counts;
        past += counts && d <= day;
    }
    if (all == 0) return mul_div_half_up(budget, day - start + 1, finish - start + 1);
    return mul_div_half_up(budget, past, all);
}

}  // namespace agency::evm
