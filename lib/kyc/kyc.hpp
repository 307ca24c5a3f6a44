// 客户尽职调查: what was found out of a client on a day, and what it may owe beyond its limit. The last one counts.
#pragma once
#include <memory>

#include "base/translate.hpp"
#include "client/client.hpp"
#include "kyc/rating.hpp"

namespace agency {

struct Kyc {
    enum class Standing { existing, revoked, deregistered, moved_out };
    enum class Taxpayer { general, small_scale };
    using Amount = std::optional<std::int64_t>;  ///< minor units of the client's currency

    Id<Kyc> id;
    std::string number;
    Id<Client> client;
    Date refreshed_on;
    std::string legal_name;
    std::optional<Standing> standing;
    std::optional<Taxpayer> taxpayer;
    std::string address;
    std::optional<Date> established_on;
    Amount registered_capital, paid_capital;
    std::string business_scope, industry, licences, bank_account;
    std::string legal_representative, shareholders, beneficial_owner, related_parties;  ///< several with `;` between
    std::optional<Client::Size> size;
    std::optional<Date> size_evidenced_on;
    std::int64_t payment_points = 0, financial_points = 0, background_points = 0, cooperation_points = 0;
    std::optional<bool> blacklisted;
    Amount deposits, advances, unbilled;
    std::string source, evidence_hash, note;

    kyc::Points points() const { return {payment_points, financial_points, background_points, cooperation_points}; }
};

/// The limit of a client is this amount from one day to another (both in it).
struct CreditOverride {
    Id<CreditOverride> id;
    std::string number;
    Id<Client> client;
    std::int64_t amount = 0;
    std::string approver, reason;
    Date starts_on, expires_on;
};

namespace kyc {

const Record& record();
std::unique_ptr<RowRules> row_rules();
const Record& override_record();

/// The last check of a client on or before the day; nothing when it was never looked at.
std::optional<Kyc> last_check(db::Session& db, std::int64_t client, const AsOf& when);

/// Rows of agency.toml; the defaults are the handbook's, but for the caps, which it leaves to the house.
inline constexpr SettingRow rated_from{"kyc.rating", "85,70,55",
                                       N_("Points of 100 from which a client is rated A, B, C")};
inline constexpr SettingRow refresh_months{"kyc.refresh_months", "12,12,6,6",
                                           N_("Months after which a client rated A, B, C, D is looked at again")};
inline constexpr SettingRow billing_months{"kyc.billing_months", "3,2,1,0",
                                           N_("Months of average billing that a client rated A, B, C, D may owe")};
inline constexpr SettingRow caps{"kyc.caps", "5000000,2000000,500000,0",
                                 N_("Most that a client rated A, B, C, D may owe")};
inline constexpr std::string_view cap_or_formula[] = {"cap", "formula"};
inline constexpr SettingRow first_limit{
    "kyc.first_limit", "cap",
    N_("What a client that was not billed for 12 months may owe: the most of its rating, or by the formula nothing"),
    SettingType::word, cap_or_formula};
inline constexpr SettingRow term_days{"kyc.term_days", "60,30,0,0",
                                      N_("Days within which a client rated A, B, C, D pays")};
inline constexpr SettingRow prepaid{"kyc.prepaid", "0%,0%,50%,100%",
                                    N_("Share of the price that a client rated A, B, C, D pays before the work")};
inline constexpr SettingRow authority{
    "kyc.authority", "approve",
    N_("Authority of job descriptions by which a client may owe beyond its limit, as agency org approver has it")};
inline constexpr SettingRow settings[] = {rated_from,  refresh_months, billing_months, caps,
                                          first_limit, term_days,      prepaid,        authority};
/// The settings `kyc.*`; caps in minor units of the currency, nothing where no rate of it is set.
Policy policy(const Rules& rules, const Currency& currency);

/// Lets a client owe `amount` (text in its currency) until a day. Answers the number. KYC-020 when the approver enters
/// it; ORG-040 when a job description gives the authority to somebody else.
struct Allowance {
    std::string client, amount;
    std::string approver;  ///< empty: the actor
    std::string reason;
    Date until;
    std::string requested_by{};  ///< who asks for it; empty: the actor
};
std::string allow(Workspace& w, const Allowance& a, std::string_view command);

}  // namespace kyc
}  // namespace agency
