#include "client/client.hpp"

#include "app/command.hpp"
#include "base/translate.hpp"

namespace agency::cli {

extern const Noun client_noun{"client", N_("Clients"), {}, client::record, client::row_rules, client::void_client};

}  // namespace agency::cli
