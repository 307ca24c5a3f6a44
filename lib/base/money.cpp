#include "base/money.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

// ISO 4217 active codes; those whose minor unit is not 2 decimals stand apart.
constexpr std::string_view codes =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE "
    "CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
    "GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD "
    "KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN "
    "NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS "
    "SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW "
    "UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG ";
constexpr std::string_view none = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ",
                           three = "BHD IQD JOD KWD LYD OMR TND ", four = "CLF UYW ";

bool lists(std::string_view list, std::string_view code) {
    for (std::size_t i = 0; i + 3 < list.size(); i += 4)
        if (list.substr(i, 3) == code) return true;
    return false;
}

/// Full-width characters narrowed: digits, signs, letters, the yen sign.
std::string narrowed(std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const auto c = static_cast<unsigned char>(s[i]);
        if (c == 0xEF && i + 2 < s.size()) {
            const unsigned u = 0xF000u | (static_cast<unsigned char>(s[i + 1]) & 0x3Fu) << 6 |
                               (static_cast<unsigned char>(s[i + 2]) & 0x3Fu);
            if (u >= 0xFF01 && u <= 0xFF5E) {
                out += static_cast<char>(u - 0xFF01 + '!');
                i += 2;
                continue;
            }
            if (u == 0xFFE5) {
                out += "¥";
                i += 2;
                continue;
            }
        }
        out += s[i];
    }
    return out;
}

struct Mark {
    std::string_view text, currencies;  ///< those that it may stand for
};
constexpr Mark marks[] = {{"¥", "CNY JPY "},
                          {"RMB", "CNY "},
                          {"rmb", "CNY "},
                          {"元", "CNY "},
                          {"€", "EUR "},
                          {"£", "GBP "},
                          {"$", "USD AUD CAD HKD NZD SGD TWD MOP MXN ARS CLP COP "}};

/// Full-width characters narrowed, a currency's mark or code taken off and noted; a view into `kept` or `s`.
std::string_view bare(std::string_view s, std::string& kept, std::string_view& currencies) {
    s = trim(s);
    const auto plain = [](char c) { return (c >= '0' && c <= '9') || c == '%'; };
    if (!s.empty() && plain(s.front()) && plain(s.back())) return s;
    if (std::any_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
        kept = narrowed(s);
        s = trim(kept);
    }
    for (const Mark& m : marks) {
        if (!s.starts_with(m.text) && !s.ends_with(m.text)) continue;
        currencies = m.currencies;
        return trim(s.starts_with(m.text) ? s.substr(m.text.size()) : s.substr(0, s.size() - m.text.size()));
    }
    for (const bool front : {true, false}) {
        if (s.size() <= 3) break;
        const auto code = front ? s.substr(0, 3) : s.substr(s.size() - 3);
        if (code[0] < 'A' || code[0] > 'Z' || !Currency::parse(code)) continue;
        currencies = code;
        return trim(front ? s.substr(3) : s.substr(0, s.size() - 3));
    }
    return s;
}

/// Nothing but digits and a point: what nearly every file has.
bool parse_simple(std::string_view s, int shift, AmountResult& out) {
    if (s.empty() || s.size() > 16 || shift < 0 || shift > 6) return false;
    std::int64_t value = 0;
    int decimals = -1, any = 0;
    for (const char c : s) {
        if (c == '.' && decimals < 0 && any) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9') return false;
        if (decimals >= 0 && ++decimals > shift) return false;
        value = value * 10 + (c - '0');
        ++any;
    }
    if (decimals == 0 || any + shift > 18) return false;
    for (int i = std::max(decimals, 0); i < shift; ++i) value *= 10;
    out.value = value;
    return true;
}

}  // namespace

std::optional<Currency> Currency::parse(std::string_view code) {
    if (code.size() != 3 || (code != "CNY" && !lists(codes, code))) return std::nullopt;
    Currency c;
    std::copy(code.begin(), code.end(), c.code_);
    return c;
}

int Currency::digits() const {
    if (code() == "CNY") return 2;
    return lists(none, code()) ? 0 : lists(three, code()) ? 3 : lists(four, code()) ? 4 : 2;
}

std::uint32_t packed_code(std::string_view c) {
    const auto letter = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(c[i])); };
    return c.size() == 3 ? letter(0) << 16 | letter(1) << 8 | letter(2) : 0;
}

std::string unpacked_code(std::uint32_t c) {
    return {static_cast<char>(c >> 16), static_cast<char>(c >> 8 & 255), static_cast<char>(c & 255)};
}

void amount_overflow() {
    throw Error(Exit::usage, tr("the amount is too large to be kept"),
                tr("where it is a sum, one of its amounts was typed wrongly; a list with --sort -amount shows which"));
}

Money operator+(const Money& a, const Money& b) {
    if (!(a.currency == b.currency))
        throw Error(Exit::bug, say("{a} and {b} are not added: the currencies differ", fmt::arg("a", to_string(a)),
                                   fmt::arg("b", to_string(b))));
    return {add_checked(a.minor, b.minor), a.currency};
}

Money operator-(const Money& a, const Money& b) {
    if (b.minor == INT64_MIN) amount_overflow();
    return a + Money{-b.minor, b.currency};
}

std::int64_t mul_div_half_up(std::int64_t n, std::int64_t num, std::int64_t den) {
    if (den == 0) throw Error(Exit::bug, tr("a division by zero"));
    __int128 p = static_cast<__int128>(n) * num;
    __int128 d = den;
    if (d < 0) {
        p = -p;
        d = -d;
    }
    const __int128 magnitude = ((p < 0 ? -p : p) * 2 + d) / (2 * d);
    const __int128 q = p < 0 ? -magnitude : magnitude;
    if (q > INT64_MAX || q < INT64_MIN) amount_overflow();
    return static_cast<std::int64_t>(q);
}

AmountResult parse_amount(std::string_view text, int digits, bool round, int scale10, std::string_view currency) {
    AmountResult simple;
    if (parse_simple(text, digits + scale10, simple)) return simple;
    std::string kept, kept_again;
    std::string_view currencies;
    std::string_view s = bare(text, kept, currencies);
    const auto fault = [](AmountFault f) { return AmountResult{0, f}; };
    if (s.empty()) return fault(AmountFault::empty);
    bool negative = false, parenthesis = false;
    if (s.front() == '(' && s.back() == ')') {
        parenthesis = true;
        s = trim(s.substr(1, s.size() - 2));
    }
    if (!s.empty() && (s.front() == '-' || s.front() == '+')) {
        negative = s.front() == '-';
        s = bare(s.substr(1), kept_again, currencies);
    } else if (!s.empty() && s.back() == '-') {
        negative = true;
        s = trim(s.substr(0, s.size() - 1));
    }
    if (!currency.empty() && !currencies.empty() && currencies.find(currency) == currencies.npos)
        return fault(AmountFault::currency);
    if (parenthesis && negative) return fault(AmountFault::not_a_number);
    negative = negative || parenthesis;

    const int shift = digits + scale10;
    __int128 value = 0;
    int run = 0, decimals = -1, groups = 0, kept_decimals = 0;
    bool any = false, up = false, lost = false;
    char separator = 0;
    for (const char c : s) {
        if (c >= '0' && c <= '9') {
            any = true;
            ++run;
            if (decimals < 0) {
                value = value * 10 + (c - '0');
            } else {
                ++decimals;
                if (decimals <= shift) {
                    value = value * 10 + (c - '0');
                    ++kept_decimals;
                } else {
                    if (decimals == shift + 1) up = c >= '5';
                    lost = lost || c != '0';
                }
            }
            if (value > static_cast<__int128>(INT64_MAX) * 1'000'000) return fault(AmountFault::range);
        } else if ((c == ',' || c == ' ') && decimals < 0) {
            if ((separator && c != separator) || (groups == 0 ? run < 1 || run > 3 : run != 3))
                return fault(AmountFault::grouping);
            separator = c;
            ++groups;
            run = 0;
        } else if (c == '.' && decimals < 0) {
            if (groups > 0 && run != 3) return fault(AmountFault::grouping);
            decimals = 0;
            run = 0;
        } else if ((c == 'e' || c == 'E') && any) {
            return fault(AmountFault::exponent);
        } else {
            return fault(AmountFault::not_a_number);
        }
    }
    if (!any) return fault(AmountFault::not_a_number);
    if (decimals < 0 && groups > 0 && run != 3) return fault(AmountFault::grouping);
    if (lost && !round) return fault(AmountFault::decimals);
    for (int i = kept_decimals; i < shift; ++i) {
        value *= 10;
        if (value > static_cast<__int128>(INT64_MAX) * 1'000'000) return fault(AmountFault::range);
    }
    if (up) ++value;
    if (value > INT64_MAX) return fault(AmountFault::range);
    return {negative ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value), AmountFault::none};
}

std::optional<Rate> parse_rate(std::string_view text, bool percent) {
    std::string kept;
    std::string_view currencies, s = bare(text, kept, currencies);
    if (!currencies.empty()) return std::nullopt;
    if (s.ends_with("%")) {
        percent = true;
        s = trim(s.substr(0, s.size() - 1));
    }
    const auto a = parse_amount(s, percent ? 4 : 6);
    if (a.fault != AmountFault::none || a.value < 0 || (!percent && a.value >= 1'000'000)) return std::nullopt;
    return Rate{a.value};
}

void append_amount(std::string& out, std::int64_t minor, int digits) {
    const auto places = static_cast<std::size_t>(digits);
    const fmt::format_int text(minor < 0 ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor));
    const auto whole = text.size() > places ? text.size() - places : 0;
    if (minor < 0) out += '-';
    whole == 0 ? out += '0' : out.append(text.data(), whole);
    if (places == 0) return;
    out += '.';
    out.append(places - (text.size() - whole), '0').append(text.data() + whole, text.size() - whole);
}

std::string to_plain(std::int64_t minor, int digits) {
    std::string out;
    append_amount(out, minor, digits);
    return out;
}

std::string to_grouped(std::int64_t minor, int digits) {
    const std::string plain = to_plain(minor, digits);
    const std::size_t point = std::min(plain.find('.'), plain.size());
    std::string out;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > 0 && i < point && plain[i - 1] != '-' && (point - i) % 3 == 0) out += ',';
        out += plain[i];
    }
    return out;
}

std::string to_string(const Money& m) {
    return to_plain(m.minor, m.currency.digits()) + " " + std::string(m.currency.code());
}

std::string to_string(Rate r) {
    const bool large = r.ppm >= 1'000'000 || r.ppm <= -1'000'000;  // a bare 12.5 would be refused when it comes back
    std::string s = large ? to_plain(r.ppm, 4) : to_plain(r.ppm, 6);
    while (s.back() == '0') s.pop_back();
    if (s.back() == '.') s.pop_back();
    return large ? s + '%' : s;
}

}  // namespace agency
