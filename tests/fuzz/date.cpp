#include "base/date.hpp"

#include "fuzz/target.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace agency;
    const auto text = fuzz::text(data, size);
    if (const auto day = parse_iso_date(text)) fuzz::must(to_string(*day) == text);
    if (const auto day = parse_date(text)) fuzz::must(parse_iso_date(to_string(*day)) == day);
    if (const auto month = parse_month(text)) fuzz::must(parse_month(to_string(*month)) == month);
    if (const auto at = parse_instant(text)) fuzz::must(parse_instant(to_string(*at))->micros == at->micros);
    parse_zone(text);
    const auto cut = text.find('\n');
    if (cut != text.npos) parse_date(text.substr(0, cut), text.substr(cut + 1));
    return 0;
}
