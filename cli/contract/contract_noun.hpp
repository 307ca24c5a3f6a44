// agency contract
#pragma once
#include "app/command.hpp"

namespace agency::cli {
extern const Noun contract_noun;
}
