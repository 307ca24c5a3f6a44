// 集团: which clients belong to which, on a day.
#pragma once
#include <map>
#include <vector>

#include "client/client.hpp"

namespace agency::client {

/// The links between clients that count at a moment; a client that is void belongs to nobody.
class Groups {
public:
    Groups(db::Session& db, const AsOf& when);

    /// 0: it belongs to none.
    std::int64_t parent_of(std::int64_t client) const;
    /// The client that all of the group belong to in the end; itself when it belongs to none.
    std::int64_t top_of(std::int64_t client) const;
    /// Those that belong to it directly, in order of their ids.
    std::vector<std::int64_t> branches_of(std::int64_t client) const;
    /// All under the same top, the top first, without the client itself; empty when it stands alone.
    std::vector<std::int64_t> others_of(std::int64_t client) const;

private:
    void add_below(std::int64_t client, std::vector<std::int64_t>& into) const;

    std::map<std::int64_t, std::int64_t> parents_;
};

/// Whether two clients may have one code [KYC-002]: one is the other's parent, or both have the same.
inline bool share_code(std::int64_t a, std::int64_t parent_of_a, std::int64_t b, std::int64_t parent_of_b) {
    return parent_of_a == b || parent_of_b == a || (parent_of_a != 0 && parent_of_a == parent_of_b);
}

}  // namespace agency::client
