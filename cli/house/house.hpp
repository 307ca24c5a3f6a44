// Commands without a noun.
#pragma once
#include "app/command.hpp"

namespace agency::cli {
extern const Noun init_noun, check_noun, config_noun, completion_noun, manual_noun, complete_noun;
}
