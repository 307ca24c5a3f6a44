#include "base/money.hpp"

#include "fuzz/target.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace agency;
    if (size < 1) return 0;
    const int digits = data[0] % 4;
    const auto text = fuzz::text(data + 1, size - 1);
    const auto none = AmountFault::none;
    if (const auto read = parse_amount(text, digits); read.fault == none)
        for (const auto& written : {to_plain(read.value, digits), to_grouped(read.value, digits)}) {
            const auto again = parse_amount(written, digits);
            fuzz::must(again.fault == none && again.value == read.value);
        }
    parse_amount(text, digits, true, data[0] / 4 % 6);
    if (const auto rate = parse_rate(text)) fuzz::must(parse_rate(to_string(*rate)) == rate);
    return 0;
}
