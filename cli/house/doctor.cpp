#include "house/doctor.hpp"

#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <filesystem>

#include "app/config.hpp"
#include "app/invocation.hpp"
#include "base/translate.hpp"
#include "calendar/calendar.hpp"
#include "workspace/workspace.hpp"

namespace agency::cli {
std::vector<GridColumn> doctor_columns() {
    return {{"matter", CellType::text, "Matter", "事项"},
            {"ok", CellType::flag, "OK", "正常"},
            {"finding", CellType::text, "Finding", "情况"},
            {"advice", CellType::text, "Advice", "建议"}};
}

namespace {

constexpr std::uintmax_t large_log = 64u << 20;

/// One row a matter looked at: good, or what to do about it.
class Findings {
public:
    explicit Findings(Report& report) : report_(report) {
        report.name = N_("matters");
        report.rows.columns = doctor_columns();
        report.narrow = {"ok", "finding", "advice"};
    }
    void add(const char* matter, bool ok, const std::string& finding, const char* advice) {
        report_.rows.add_constant(matter);
        report_.rows.add_flag(ok);
        report_.rows.add_text(finding);
        report_.rows.add_text(ok ? "" : advice);
        sound_ = sound_ && ok;
    }
    bool sound() const { return sound_; }

private:
    Report& report_;
    bool sound_ = true;
};

std::string octal(mode_t mode) {
    return fmt::format("{:04o}", mode & 07777);
}

void look_at_rights(const std::string& path, Findings& found) {
    struct stat st {};
    for (const char* tail : {"", "-wal", "-shm", ".lock"})
        if (::stat((path + tail).c_str(), &st) == 0 && (st.st_mode & 077) != 0)
            return found.add(
                "file_rights", false,
                say("{path} has mode {mode}", fmt::arg("path", path + tail), fmt::arg("mode", octal(st.st_mode))),
                tr("others may read or write it: chmod 600"));
    found.add("file_rights", true, say("only its owner may read {path}", fmt::arg("path", path)), "");
    if (::stat(path.c_str(), &st) == 0)
        found.add("hard_links", st.st_nlink == 1,
                  say("the file has {count} names", fmt::arg("count", static_cast<std::int64_t>(st.st_nlink))),
                  tr("two names of one file break its locks: keep one"));
}

void look_at_space(const std::string& path, Findings& found) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    struct statvfs fs {};
    if (error || ::statvfs(path.c_str(), &fs) != 0) return;
    const auto free = static_cast<std::uintmax_t>(fs.f_bavail) * fs.f_frsize;
    found.add(
        "free_space", free >= 2 * size,
        say("{free} MiB free, the file has {size} MiB", fmt::arg("free", free >> 20), fmt::arg("size", size >> 20)),
        tr("an import or an upgrade may need twice the size of the file: make space"));
    const auto log = std::filesystem::file_size(path + "-wal", error);
    if (!error)
        found.add("log_size", log <= large_log, say("the write-ahead log has {size} MiB", fmt::arg("size", log >> 20)),
                  tr("a reader has stood open for long: end it; the next writer shortens the log"));
}

void look_for_leftovers(const std::string& path, Findings& found) {
    std::error_code error;
    const std::filesystem::path file(path);
    const auto folder = file.parent_path().empty() ? std::filesystem::path(".") : file.parent_path();
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(file.filename().string() + ".new-") || name.find(".part-") != name.npos)
            return found.add("leftovers", false,
                             say("{path} was left by an interrupted command", fmt::arg("path", entry.path().string())),
                             tr("remove it when no command runs"));
    }
    found.add("leftovers", true, tr("no interrupted command left a file"), "");
}

void look_at_clock(Workspace& w, Findings& found) {
    const auto last = w.last_recorded();
    found.add("clock", last <= to_string(w.now()), say("the last operation was recorded at {at}", fmt::arg("at", last)),
              tr("the clock is behind it: set the machine's clock"));
}

/// Plans, deadlines and clocks in work days need the calendar of the year.
void look_at_calendar(Workspace& w, Findings& found) {
    const auto last = Date::from_ymd(w.today().year(), 12, 31);
    found.add("calendar", Calendar::load(w.db()).has(last),
              say("the working calendar of {year}", fmt::arg("year", last.year())),
              tr("it is not loaded: agency init --seed calendar, or agency calendar notice FILE"));
}

}  // namespace

Outcome doctor(Invocation& in) {
    Report report;
    Findings found(report);
    auto& w = in.workspace();
    const auto& path = in.globals.db;
    const auto problems = w.db().self_check();
    found.add("file", problems.empty(), problems.empty() ? std::string(tr("the file is sound")) : problems[0],
              tr("see: agency check"));
    found.add("engine", true, w.db().engine_version(), "");
    look_at_rights(path, found);
    look_at_space(path, found);
    look_for_leftovers(path, found);
    look_at_clock(w, found);
    look_at_calendar(w, found);
    rules_from(load_settings(in));
    found.add("settings", true, tr("every setting can be read"), "");
    auto outcome = Outcome::of(std::move(report));
    if (!found.sound()) outcome.exit = Exit::condition;
    return outcome;
}

}  // namespace agency::cli
