// The client that a row of a file names: by code, else by exact name, else made of the name where --create-clients asks
// for it.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "client/client.hpp"

namespace agency::client {

/// What a noun's RowRules needs for its field `client`; one object for one import, called in the order of RowRules.
class Reference {
public:
    void begin(Workspace& w, const ImportOptions& options);
    /// The id, 0, RowRules::ambiguous, or a mark that `take` turns into the id of a client to be made.
    std::uint32_t resolve(std::string_view text);
    Currency currency(const Value& client) const;
    /// The row is good: a client to be made has its id from here on.
    void take(Value& client);
    void before_insert(Operation& op) const { maker_->insert(op); }

private:
    static constexpr std::uint32_t to_be_made = RowRules::ambiguous - 1;
    std::unique_ptr<Directory> clients_;
    std::unique_ptr<Maker> maker_;
    bool create_ = false;
    std::string last_text_;
    std::uint32_t last_id_ = 0;
};

}  // namespace agency::client
