#include "client/client.hpp"

#include "base/translate.hpp"
#include "client/client_noun.hpp"

namespace agency::cli {

const Noun client_noun{"client", N_("Clients"), {}, client::record, client::row_rules, client::void_client};

}  // namespace agency::cli
