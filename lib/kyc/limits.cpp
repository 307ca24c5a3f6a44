#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "kyc/credit.hpp"

namespace agency::kyc {

struct Limits::Books {
    Workspace& w;
    std::unordered_set<std::int64_t> limited;
    std::optional<OpenBooks> open;  ///< nothing before the first row that asks
    struct Owing {
        Client client;
        std::optional<std::int64_t> limit;
        std::int64_t exposure = 0, unbilled = 0;

        /// The exposure with so much more.
        std::int64_t with(std::int64_t more, For what) const {
            const auto billed = what == For::bill ? std::clamp<std::int64_t>(more, 0, unbilled) : 0;
            return add_checked(exposure - billed, more);
        }
    };
    std::unordered_map<std::int64_t, Owing> owing;

    /// Nothing when the client has no limit, or owes in another currency.
    Owing* find(std::int64_t client, const Currency& currency) {
        if (!limited.contains(client)) return nullptr;
        auto it = owing.find(client);
        if (it == owing.end()) {
            const AsOf today{w.today()};
            if (!open) open.emplace(w, today);
            const auto c = to_struct<Client>(client::record(), *find_row(w.db(), client::record(), client, today));
            const auto credit = open->credit_of(c);
            it = owing.emplace(client, Owing{c, credit.limit, credit.exposure.sum(), credit.exposure.unbilled}).first;
        }
        return it->second.limit && it->second.client.currency == currency ? &it->second : nullptr;
    }
};

Limits::Limits(Workspace& w) {
    std::unordered_set<std::int64_t> limited;
    w.db().each(
        "SELECT client FROM kyc UNION SELECT client FROM credit_override UNION SELECT id FROM client WHERE "
        "credit_limit IS NOT NULL UNION SELECT id FROM client_change WHERE field = 'credit_limit'",
        [&](db::Statement& s) { limited.insert(s.integer(0)); });
    if (!limited.empty()) books_ = std::make_unique<Books>(Books{w, std::move(limited), {}, {}});
}

Limits::~Limits() = default;

std::string Limits::refuse(std::int64_t client, const Money& more, For what) {
    const auto* o = books_ && more.minor > 0 ? books_->find(client, more.currency) : nullptr;
    if (!o || o->with(more.minor, what) <= *o->limit) return {};
    return beyond(books_->w.rules(), o->client, o->with(more.minor, what), *o->limit);
}

void Limits::owe(std::int64_t client, const Money& more, For what) {
    auto* o = books_ ? books_->find(client, more.currency) : nullptr;
    if (!o) return;
    const auto after = o->with(more.minor, what);
    o->unbilled -= add_checked(o->exposure, more.minor) - after;
    o->exposure = after;
}

}  // namespace agency::kyc
