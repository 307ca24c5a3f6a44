// Who and which department a contract or invoice names in words, where somebody types it.
#pragma once
#include "org/org.hpp"
#include "record/references.hpp"
#include "workspace/workspace.hpp"

namespace agency::org {

/// What is kept of a text, and why it may not be typed [ORG-060]; an empty fault: it may.
struct Named {
    std::string text, fault;
};

/// For one import, or one command. Kept is the name, as old ledgers have it, so that reports by owner or department are
/// read by people and have one row a person; where several have the name, the number or code. A file that keeps no
/// employees, or whose setting org.people is `any`, lets any text pass as it is written.
class Names {
public:
    explicit Names(Workspace& w);

    Named person(std::string_view text) { return find(employee::record(), text); }
    Named department(std::string_view text) { return find(department::record(), text); }
    /// The setting asks for what the file keeps.
    bool asked() const { return asked_; }

private:
    Named find(const Record& r, std::string_view text);

    db::Session& db_;
    Date today_;
    References references_;
    bool asked_ = false, staffed_ = false;
};

/// A sentence: nothing of the record has this name, with the nearest of `names` or else how it can be.
std::string no_such(const Record& r, std::string_view text, const std::vector<std::string>& names);

}  // namespace agency::org
