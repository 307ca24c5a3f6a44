#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "client/group.hpp"
#include "contract/facts.hpp"
#include "intake/conflict.hpp"
#include "intake/settings.hpp"
#include "kyc/facts.hpp"
#include "org/people.hpp"

namespace agency::intake {
namespace {

using Result = IntakeCheck::Result;
constexpr std::string_view client_role = "client";

/// Somebody, or a matter, that an assessment touches.
struct Subject {
    std::string name, identifier;
    std::string_view role;
    std::string key() const { return match_form(name); }
    bool same(const Subject& o) const {
        if (!identifier.empty() && !o.identifier.empty()) return match_form(identifier) == match_form(o.identifier);
        return key() == o.key();
    }
};

struct Other {
    std::int64_t id;
    std::string number;
    std::int64_t client;
    Intake::Trade trade;
    bool ours;  ///< not lost, withdrawn or refused
    std::vector<Subject> parties;
};

/// Why the law forbids a second client on the same matter; empty: it does not by itself.
std::string same_matter_rule(Intake::Trade trade) {
    switch (trade) {
        case Intake::Trade::bidding:
            return tr("who runs a tender neither bids in it nor represents or advises a bidder");
        case Intake::Trade::patent:
            return tr("an agency does not act for opposing parties on the same application or patent");
        case Intake::Trade::trademark:
            return tr("an agency does not act for opposing parties on the same trademark");
        default:
            return {};
    }
}

class Search {
public:
    Search(Workspace& w, std::int64_t id, const AsOf& when)
        : w_(w),
          db_(w.db()),
          when_(when),
          groups_(db_, when),
          own_(to_struct<Intake>(record(), *find_row(db_, record(), id, when))),
          since_(add_years(w.today(), -static_cast<int>(policy(w.rules(), own_.currency).conflict_years))) {
        subjects_ = subjects_of(own_.id.value, own_.client.value);
    }

    std::vector<Finding> run() {
        load_others();
        against_clients();
        for (const Other& o : others_) against(o);
        against_people();
        return std::move(found_);
    }

private:
    std::vector<Subject> subjects_of(std::int64_t intake, std::int64_t client) {
        std::vector<Subject> out;
        if (const auto row = find_row(db_, client::record(), client, when_)) {
            const auto c = to_struct<Client>(client::record(), *row);
            out.push_back({c.name, c.uscc, client_role});
        }
        for (const auto id : groups_.others_of(client))
            if (const auto row = find_row(db_, client::record(), id, when_)) {
                const auto c = to_struct<Client>(client::record(), *row);
                out.push_back({c.name, c.uscc, "group"});
            }
        for (const auto& [role, name] : kyc::background_of(w_, client, when_).people) out.push_back({name, "", role});
        const Field& role = party_record().field("role");
        for (const auto& p : parts_of<IntakeParty>(db_, party_record(), "intake", intake, when_))
            out.push_back({p.name, p.identifier, role.words[static_cast<std::size_t>(p.role)].word});
        return out;
    }
    /// Every other business since the day, or whose contract goes on; not earlier versions of this one.
    void load_others() {
        std::vector<std::int64_t> own_versions{own_.id.value};
        for (auto at = own_.reopens.value; at;) {
            own_versions.push_back(at);
            const auto row = find_row(db_, record(), at, when_);
            at = row ? row->values[record().index("reopens")].n : 0;
        }
        const auto going_on = contract::intakes_going_on(db_, since_, when_);
        each_row(db_, record(), when_, [&](const Row& row) {
            if (std::find(own_versions.begin(), own_versions.end(), row.id) != own_versions.end()) return;
            const auto i = to_struct<Intake>(record(), row);
            if (row.voided(when_.day) || (i.opened_on < since_ && !going_on.contains(row.id))) return;
            const bool gone = i.status == Intake::Status::lost || i.status == Intake::Status::withdrawn ||
                              i.decision == Decision::no_go;
            others_.push_back({row.id, i.number, i.client.value, i.trade, !gone, {}});
        });
        for (Other& o : others_) o.parties = subjects_of(o.id, o.client);
    }
    void add(const Subject& s, std::string_view met, std::string where, Result result, std::string rule = {}) {
        found_.push_back({s.name, std::string(s.role), met, std::move(where), result, std::move(rule)});
    }
    static bool person(const Subject& s) { return s.role != "matter"; }

    /// Whoever is against our client, or beside it, and is a client too, but for those of its own group.
    void against_clients() {
        const auto gone = contract::clients_ended_before(db_, since_, when_);
        const auto top = groups_.top_of(own_.client.value);
        each_row(db_, client::record(), when_, [&](const Row& row) {
            if (groups_.top_of(row.id) == top || row.voided(when_.day) || gone.contains(row.id)) return;
            const auto c = to_struct<Client>(client::record(), row);
            const Subject theirs{c.name, c.uscc, client_role};
            for (const Subject& s : subjects_)
                if (person(s) && s.role != client_role && s.same(theirs))
                    add(s, N_("client"), c.code, Result::potential);
        });
    }
    void against(const Other& o) {
        for (const Subject& theirs : o.parties)
            for (const Subject& s : subjects_) {
                const bool matter = s.role == "matter" && theirs.role == "matter";
                if (!s.same(theirs) || person(s) != person(theirs)) continue;
                if (matter && o.client != own_.client.value) {
                    auto rule = same_matter_rule(own_.trade);
                    if (rule.empty()) rule = same_matter_rule(o.trade);
                    if (!o.ours) rule.clear();  // the law forbids acting for both, and there we did not act
                    add(s, N_("matter"), o.number, rule.empty() ? Result::potential : Result::statutory, rule);
                } else if (!matter && opposed(s.role, theirs.role)) {
                    const bool same_tender =
                        o.ours && (own_.trade == Intake::Trade::bidding || o.trade == Intake::Trade::bidding) &&
                        share_matter(o) && (s.role == "bidder" || theirs.role == "bidder");
                    add(s, theirs.role, o.number, same_tender ? Result::statutory : Result::potential,
                        same_tender ? same_matter_rule(Intake::Trade::bidding) : std::string());
                }
            }
    }
    /// One is for us what the other is against.
    static bool opposed(std::string_view here, std::string_view there) {
        const auto against = [](std::string_view role) { return role == "opponent" || role == "bidder"; };
        return against(here) != against(there);
    }
    bool share_matter(const Other& o) const {
        for (const Subject& s : subjects_)
            for (const Subject& theirs : o.parties)
                if (s.role == "matter" && theirs.role == "matter" && s.same(theirs)) return true;
        return false;
    }
    void against_people() {
        org::People people(w_);
        const std::set assigned{people.id_of(own_.owner), people.id_of(own_.assessor)};
        const auto compare = [&](std::string_view name, const char* met, const std::string& where,
                                 std::int64_t employee) {
            if (name.empty()) return;
            const bool attorney = own_.trade == Intake::Trade::patent && assigned.contains(employee);
            for (const Subject& s : subjects_)
                if (person(s) && s.key() == match_form(name))
                    add(s, met, where, attorney ? Result::statutory : Result::potential,
                        attorney ? tr("who is assigned to a patent, and close relatives, have no part in it")
                                 : std::string());
        };
        std::map<std::int64_t, std::string> numbers;
        each_row(db_, employee::record(), when_, [&](const Row& row) {
            const auto e = to_struct<Employee>(employee::record(), row);
            numbers[row.id] = e.number;
            if (!row.voided(when_.day) && !(e.left_on && *e.left_on < when_.day))
                compare(e.name, N_("employee"), e.number, row.id);
        });
        each_row(db_, relative_record(), when_, [&](const Row& row) {
            if (row.voided(when_.day)) return;
            const auto r = to_struct<Relative>(relative_record(), row);
            compare(r.name, N_("relative"), numbers[r.employee.value], r.employee.value);
            compare(r.works_at, N_("relative"), numbers[r.employee.value], r.employee.value);
        });
    }

    Workspace& w_;
    db::Session& db_;
    AsOf when_;
    client::Groups groups_;
    Intake own_;
    Date since_;
    std::vector<Subject> subjects_;
    std::vector<Other> others_;
    std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> find_conflicts(Workspace& w, std::int64_t intake, const AsOf& when) {
    return Search(w, intake, when).run();
}

}  // namespace agency::intake
