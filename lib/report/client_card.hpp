// 客户档案: a client with whom it belongs to and who speaks for it.
#pragma once
#include "record/grid.hpp"
#include "workspace/workspace.hpp"

namespace agency {

/// One client with its branches (clients that belong to it directly) and its contacts; `may_be_used`: whether what is
/// known of the person may be used on that day.
Report client_card(Workspace& workspace, std::string_view code, const AsOf& when);

}  // namespace agency
