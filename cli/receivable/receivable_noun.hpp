// agency receivable
#pragma once
#include "app/command.hpp"

namespace agency::cli {
extern const Noun receivable_noun;
}
