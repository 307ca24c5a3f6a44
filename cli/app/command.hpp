// A command is a table: nouns declare verbs, options and arguments as constant rows that include no parser. The adapter
// (adapter.cpp, the only file that includes CLI11) turns the noun that was named, and only that, into a parser; the
// same rows give help, did-you-mean, completion and the manual.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "record/field.hpp"
#include "record/grid.hpp"

namespace agency {
class RowRules;
class Workspace;
struct Workflow;
}  // namespace agency

namespace agency::cli {

class Invocation;  // invocation.hpp: the parsed options and the workspace that a verb is given

/// An option of a verb. All values are text and are parsed by us (a parser library reads `010` as 8).
struct Option {
    std::string_view key;      ///< `as_of`; written `--as-of` (`--as_of` is understood too)
    const char* value = "";    ///< placeholder in help, `DAY`; empty: a flag without value
    const char* meaning = "";  ///< one line, translated when printed
    char letter = 0;           ///< `f` for -f; 0: none
    bool required = false;
    bool repeats = false;
    std::span<const std::string_view> choices{};  ///< the legal values, when it is a closed list
    std::string_view completes{};                 ///< noun whose numbers complete it, or "file"; empty: nothing
};

struct Argument {
    std::string_view name;  ///< `NUMBER`, shown in usage
    const char* meaning = "";
    bool required = true;
    bool repeats = false;          ///< only the last may
    std::string_view completes{};  ///< as in Option
    std::span<const std::string_view> choices{};
};

/// What a verb needs of the data file.
enum class Needs : std::uint8_t { nothing, read, write };

/// What a verb answers: a report to be written in the format that was asked for, or nothing; and the exit code.
struct Outcome {
    static Outcome of(Report r) {
        Outcome o;
        o.report = std::move(r);
        o.empty = false;
        return o;
    }
    static Outcome raw(std::string t) {
        Outcome o;
        o.text = std::move(t);
        return o;
    }
    Report report;
    bool empty = true;  ///< no report
    std::string text;   ///< printed as it is, when there is no report
    Exit exit = Exit::ok;
};

struct Verb {
    std::string_view name;
    const char* summary;  ///< one line, translated when printed
    Outcome (*run)(Invocation&);
    std::span<const Argument> arguments{};
    std::span<const Option> options{};
    std::span<const std::string_view> examples{};  ///< command lines as typed, without `$ `
    Needs needs = Needs::read;
    bool lists = false;                              ///< takes --where --sort --columns --limit
    std::vector<GridColumn> (*columns)() = nullptr;  ///< of its rows, where they are not the record's (for completion)
};

/// A noun of the command line. `record` gives it the generic verbs (cli/record) as far as `verbs` does not replace
/// them by a row of the same name.
struct Noun {
    std::string_view name;
    const char* summary;
    std::span<const Verb> verbs{};
    const Record& (*record)() = nullptr;  ///< a function, so that a start builds no description but the one it needs
    std::unique_ptr<RowRules> (*rules)() = nullptr;  ///< of import and add
    void (*void_record)(Workspace&, std::string_view number, std::optional<Date> day, std::string_view reason,
                        std::string_view command) = nullptr;  ///< nullptr: as for any record that can be void
    const Workflow* workflow = nullptr;                       ///< its transitions are verbs
    std::string_view seed{};  ///< files of schema/seed whose names begin so: rows of a new data file
    std::span<const Record& (*const)()> parts{};  ///< records without verbs, written by the noun's own
    std::span<const Verb> (*more)() = nullptr;    ///< verbs that stand in other files, before `verbs`
};

/// The verbs of a noun: its own and the generic ones of its record, the generic ones first (cli/commands.cpp).
std::vector<Verb> verbs_of(const Noun& noun);

/// All nouns in help order (cli/commands.cpp). A command without a noun (`init`, `check`) is a noun with one verb of
/// the same name.
std::span<const Noun* const> nouns();
const Noun* noun_named(std::string_view name);   ///< nullptr when there is none
std::string_view noun_of(const Record& record);  ///< its name; empty when none has that record

/// The records of all nouns, for what reads or turns every one of them.
std::vector<const Record*> all_records();

}  // namespace agency::cli
