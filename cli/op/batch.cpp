// Many commands, one transaction, one operation.
#include <sstream>

#include "app/invocation.hpp"
#include "app/words.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "record/source.hpp"

namespace agency::cli {
namespace {

constexpr Argument file_argument[] = {
    {"FILE", N_("Command lines without agency, # begins a comment; - is standard input"), true, false, "file"}};
constexpr std::string_view examples[] = {"agency batch month-end.txt", "generate | agency batch - --dry-run"};

std::string read_all(const std::string& path) {
    const auto source = open_source(path);
    std::string text;
    char block[1 << 16];
    while (const auto n = source->read(block, sizeof block)) text.append(block, n);
    return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

Outcome batch(Invocation& in) {
    const std::string path(in.argument(0));
    std::istringstream lines(read_all(path));
    Report report;
    report.name = N_("commands");
    report.rows.columns = {{"line", CellType::integer, "Line", "行"},
                           {"command", CellType::text, "Command", "命令"},
                           {"operation", CellType::integer, "Operation", "操作号"},
                           {"written", CellType::flag, "Written", "已写入"}};
    auto& w = in.workspace();
    Operation whole(w, "batch.run", path, in.command_line);
    whole.join();
    std::int64_t number = 0;
    std::vector<std::pair<std::int64_t, std::string>> done;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        try {
            auto words = words_of(line);
            if (!words.empty() && words[0] == "agency") words.erase(words.begin());
            if (words.empty()) continue;
            const auto outcome = in.run_part(words);
            if (outcome.exit != Exit::ok) throw Error(outcome.exit, tr("the command did not end well"));
        } catch (Error& e) {
            throw Error(e.code, path + ":" + std::to_string(number) + ": " + e.what(),
                        e.hint.empty() ? std::string(tr("nothing of the batch was written"))
                                       : e.hint + tr("; ") + tr("nothing of the batch was written"))
                .with_rule(e.rule)
                .with_ref(e.ref)
                .with_field(e.field);
        }
        done.emplace_back(number, line);
    }
    whole.commit();
    for (const auto& [at, command] : done) {
        report.rows.add_integer(at);
        report.rows.add_text(command);
        w.committed() || in.globals.dry_run ? report.rows.add_integer(whole.id()) : report.rows.add_null();
        report.rows.add_flag(w.committed());
    }
    return Outcome::of(std::move(report));
}

constexpr Verb verbs[] = {{"batch",
                           N_("Run many commands in one transaction, as one operation"),
                           batch,
                           file_argument,
                           {},
                           examples,
                           Needs::write}};

}  // namespace

extern const Noun batch_noun{"batch", N_("Many commands, one operation"), verbs};

}  // namespace agency::cli
