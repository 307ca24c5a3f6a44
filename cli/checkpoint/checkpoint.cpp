#include "checkpoint/checkpoint.hpp"

#include "app/command.hpp"
#include "base/translate.hpp"

namespace agency::cli {

extern const Noun checkpoint_noun{"checkpoint",
                                  N_("Quality control points of projects; a hold point holds the stage"),
                                  {},
                                  checkpoint::record,
                                  checkpoint::row_rules,
                                  nullptr,
                                  &checkpoint::workflow};

}  // namespace agency::cli
