#include "base/error.hpp"
#include "base/translate.hpp"
#include "receipt/receipt.hpp"

namespace agency {

const Record& record_of(std::string_view noun) {
    for (const Record* r : {&client::record(), &contract::record(), &invoice::record(), &receipt::record(), &receipt::allocation_record()})
        if (r->noun == noun) return *r;
    throw Error(Exit::bug, say("no record is called {noun}", fmt::arg("noun", noun)));
}

}  // namespace agency
