// agency invoice
#pragma once
#include "app/command.hpp"

namespace agency::cli {
extern const Noun invoice_noun;
}
