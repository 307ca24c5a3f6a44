#include "progress/progress.hpp"

#include "app/command.hpp"
#include "base/translate.hpp"

namespace agency::cli {

extern const Noun progress_noun{
    "progress", N_("How far the tasks of projects are, as measured"), {}, progress::record, progress::row_rules};

}  // namespace agency::cli
