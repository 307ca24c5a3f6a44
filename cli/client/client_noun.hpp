// agency client
#pragma once
#include "app/command.hpp"

namespace agency::cli {
extern const Noun client_noun;
}
