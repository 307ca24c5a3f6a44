// A record as a TOML form for a person's editor.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "record/field.hpp"

namespace agency {

/// Lines that start with this are the program's remarks on what was typed; they are taken out and put in, never kept.
constexpr std::string_view remark_mark = "#!";

/// `texts` in field order, as displayed; empty: no value. The fields that may change stand as `key = "text"`, each
/// under its heading and meaning, the others as comments.
std::string write_form(const Record& r, const std::vector<std::string>& texts, std::string_view effective_on);

/// The texts by key of a form. Error(usage) with line and column when it is no TOML, names a field that there is not,
/// that never changes or that stands in no form, or has a value that is no text, whole number or day.
std::vector<std::pair<std::string, std::string>> read_form(const Record& r, std::string_view form);

/// The form with these remarks, one line each, at its head in place of those that it had.
std::string with_remarks(std::string_view form, const std::vector<std::string>& remarks);

/// A text as TOML writes it.
std::string toml_quoted(const std::string& text);

/// Whether the field stands in a form: a file may give it and it may change.
bool stands_in_form(const Field& f);

}  // namespace agency
