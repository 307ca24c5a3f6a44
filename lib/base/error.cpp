#include "base/error.hpp"

namespace agency {

std::string_view to_string(Exit code) {
    switch (code) {
        case Exit::ok:
            return "ok";
        case Exit::condition:
            return "condition";
        case Exit::usage:
            return "usage";
        case Exit::not_found:
            return "not_found";
        case Exit::conflict:
            return "conflict";
        case Exit::refused:
            return "refused";
        case Exit::denied:
            return "denied";
        case Exit::data_file:
            return "data_file";
        case Exit::outside:
            return "outside";
        case Exit::rejected:
            return "rejected";
        case Exit::busy:
            return "busy";
        case Exit::bug:
            return "bug";
    }
    return "bug";
}

}  // namespace agency
