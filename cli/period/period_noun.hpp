// agency period
#pragma once
#include "app/command.hpp"

namespace agency::cli {
extern const Noun period_noun;
}
