#include "record/called.hpp"

#include "base/translate.hpp"

namespace agency {
namespace {

std::string_view (*noun_of_record)(const Record&) = nullptr;

}  // namespace

void call_records_by(std::string_view (*noun_of)(const Record& r)) {
    noun_of_record = noun_of;
}

std::string_view typed(const Record& r) {
    const auto noun = noun_of_record ? noun_of_record(r) : std::string_view();
    return noun.empty() ? r.noun : noun;
}

const char* called(const Record& r) {
    return language() == "zh_CN" ? tr(r.noun.data()) : typed(r).data();
}

}  // namespace agency
