// agency receipt
#pragma once
#include "app/command.hpp"

namespace agency::cli {
extern const Noun receipt_noun, allocation_noun;
}
