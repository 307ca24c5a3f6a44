// House defaults of the organization (agency.toml): the thresholds of the handbook, chapter 1.
#pragma once
#include <span>

#include "workspace/settings.hpp"

namespace agency::org {

extern const SettingRow &layers_small, &layers_medium, &layers_large, &heads_small, &heads_medium, &span_low,
    &span_high, &span_most, &managers_most, &support_most, &support_departments, &vague_words, &vague_most,
    &overlap_text, &concurrent_most, &density_most, &read_within, &incompatible, &hr_department;
std::span<const SettingRow> settings();

}  // namespace agency::org
