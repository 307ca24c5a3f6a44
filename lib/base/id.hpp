// An id is its own type per record, so that a client's id is never taken for an invoice's.
#pragma once
#include <compare>
#include <cstdint>

namespace agency {

template <class Record>
struct Id {
    std::int64_t value = 0;  ///< 0 = none; rows count from 1
    constexpr auto operator<=>(const Id&) const = default;
    explicit constexpr operator bool() const { return value != 0; }
};

}  // namespace agency
