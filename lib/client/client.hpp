// 客户: whom the agency works for.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "record/import.hpp"
#include "record/key_table.hpp"

namespace agency {

struct Client {
    enum class Kind { enterprise, government, institution, individual };
    enum class Size { large, medium, small, micro };

    Id<Client> id;
    std::string code, name, uscc;
    std::optional<Kind> kind;
    std::optional<Size> size;
    std::string contact, phone, email;
    std::optional<std::int64_t> credit_limit;
    Currency currency;
    std::string note;
    Id<Client> parent;  ///< that it belongs to; 0: none
};

namespace client {

const Record& record();
std::unique_ptr<RowRules> row_rules();

/// What a unified social credit code is worth (GB 32100-2015): legal, with a letter or length that no code has, or with
/// a check character that does not fit. Blanks are left out, letters raised, full-width narrowed into `normal`.
enum class Uscc { valid, alphabet, check };
Uscc judge_uscc(std::string_view text, std::string& normal);

/// What stands in place of such a code: a 15-character tax number of before 2015 (six digits of a region, nine of an
/// organization), or of a person the identity number of 18 (GB 11643, ISO 7064 MOD 11-2).
bool is_legacy_tax_number(std::string_view normal);
enum class PersonId { valid, form, check };
PersonId judge_person_id(std::string_view normal);
/// Whether the client's code is one that identifies it; an empty one is no fault.
bool code_fits(const Client& c);
/// By its first two characters who a unified code is of: company, sole_proprietor, cooperative, government,
/// institution, mass_organization, association, private_institution, foundation; empty: none of them (a hint).
std::string_view holder_of(std::string_view uscc);

/// Clients by code, else by exact name (NFKC, blanks removed; the name in force). For one import.
class Directory {
public:
    explicit Directory(Workspace& w);
    static constexpr std::uint32_t ambiguous = RowRules::ambiguous;
    /// The id; 0 when there is none; `ambiguous` when two clients have the name. Voided clients are not found.
    std::uint32_t find(std::string_view text);
    Currency currency(std::uint32_t id) const { return currencies_.contains(id) ? currencies_.at(id) : Currency{}; }
    void add(std::string_view code, std::string_view name, std::uint32_t id);

private:
    void add_name(std::string_view name, std::uint32_t id);
    void load_names();

    db::Session& db_;
    Date today_;
    KeyTable codes_;
    std::unordered_map<std::string, std::uint32_t> names_;      ///< loaded when the first text is no code
    std::vector<std::pair<std::string, std::uint32_t>> added_;  ///< names of this import before that
    bool names_loaded_ = false;
    std::unordered_map<std::uint32_t, Currency> currencies_;
};

/// Makes clients from names (contract import --create-clients), with the next free codes `C-NNNNNN`.
class Maker {
public:
    explicit Maker(std::uint32_t first_id) : first_id_(first_id) {}
    /// The id that the new client will have.
    std::uint32_t make(std::string_view name) {
        names_.emplace_back(name);
        return first_id_ + static_cast<std::uint32_t>(names_.size()) - 1;
    }
    void insert(Operation& op) const;

private:
    std::vector<std::string> names_;
    std::uint32_t first_id_;
};

/// Voids a client; Error(refused) while contracts, invoices or receipts that count refer to it.
void void_client(Workspace& w, std::string_view code, std::optional<Date> day, std::string_view reason,
                 std::string_view command);

}  // namespace client
}  // namespace agency
