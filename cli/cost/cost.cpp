#include "cost/cost.hpp"

#include "app/command.hpp"
#include "base/translate.hpp"
#include "record/import.hpp"

namespace agency::cli {

extern const Noun cost_noun{"cost",
                            N_("What projects cost beside hours: subcontracts, travel, official fees"),
                            {},
                            cost::record,
                            cost::row_rules};

}  // namespace agency::cli
