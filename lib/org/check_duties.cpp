// Job descriptions: vague duties, duties that say the same, completeness, acknowledgement.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "base/translate.hpp"
#include "calendar/calendar.hpp"
#include "org/check.hpp"
#include "org/settings.hpp"
#include "record/report_as_of.hpp"

namespace agency::org {
namespace {

/// Pairs of characters in match form, each once.
std::set<std::string> bigrams(std::string_view text) {
    const auto form = match_form(text);
    std::vector<std::string_view> letters;
    for (std::size_t i = 0; i < form.size();) {
        std::size_t end = i + 1;
        while (end < form.size() && (static_cast<unsigned char>(form[end]) & 0xC0) == 0x80) ++end;
        letters.push_back(std::string_view(form).substr(i, end - i));
        i = end;
    }
    std::set<std::string> out;
    for (std::size_t i = 1; i < letters.size(); ++i) out.insert(std::string(letters[i - 1]) + std::string(letters[i]));
    return out;
}

struct Duty {
    const Job* job;
    std::set<std::string> pairs;
    std::optional<Date> since;  ///< when the description came into force; nothing: a draft
};

/// Of two sets, what they share by what they have, in parts per million (Jaccard).
std::int64_t agreement(std::int64_t shared, const Duty& a, const Duty& b) {
    const auto all = static_cast<std::int64_t>(a.pairs.size() + b.pairs.size()) - shared;
    return all ? shared * 1'000'000 / all : 0;
}

/// ORG-107. Only duties that share a pair are compared; of those with the same words, all with the first, so that a
/// description copied to a hundred positions is a hundred findings and not five thousand.
void overlaps(const Rules& rules, const Chart& chart, const std::vector<Duty>& duties, std::vector<Finding>& found) {
    const auto least = rules.rate(overlap_text).ppm;
    std::map<std::string, std::vector<std::size_t>> with;
    std::set<std::string_view> texts;
    for (std::size_t i = 0; i < duties.size(); ++i) {
        std::map<std::size_t, std::int64_t> shared;
        const bool fresh = texts.insert(duties[i].job->text).second;
        for (const auto& pair : duties[i].pairs) {
            for (const auto other : with[pair]) ++shared[other];
            if (fresh) with[pair].push_back(i);
        }
        for (const auto& [other, n] : shared) {
            const Job &a = *duties[other].job, &b = *duties[i].job;
            const auto agree = agreement(n, duties[other], duties[i]);
            if (a.position == b.position || agree < least || (a.function && a.function == b.function)) continue;
            found.push_back({"ORG-107", Severity::warning,
                             chart.code(a.position.value) + "/" + chart.code(b.position.value),
                             say("\"{a}\" and \"{b}\" agree to {part}% and share no function", fmt::arg("a", a.text),
                                 fmt::arg("b", b.text), fmt::arg("part", agree / 10'000)),
                             std::max(duties[other].since, duties[i].since), owner_of(chart, a.position.value)});
        }
    }
}

/// ORG-112. What one position says of working with another, the other says too.
void one_sided(Workspace& w, const Chart& chart, const AsOf& when, const std::map<std::int64_t, JobSheet>& sheets,
               std::vector<Finding>& found) {
    std::set<std::pair<std::int64_t, std::int64_t>> told;
    for (const auto& [position, sheet] : sheets)
        for (const Job& line : sheet.lines)
            if (line.kind == Job::Kind::collaboration) told.emplace(position, line.other_position.value);
    for (const auto& [position, sheet] : sheets)
        for (const Job& line : sheet.lines) {
            const Place* other = chart.find(line.other_position.value);
            if (line.kind != Job::Kind::collaboration || !other || told.contains({line.other_position.value, position}))
                continue;
            found.push_back(
                {"ORG-112", Severity::warning, chart.code(position),
                 say("{other} says nothing of \"{text}\" with {code}", fmt::arg("other", other->position.code),
                     fmt::arg("text", line.text), fmt::arg("code", chart.code(position))),
                 changed_on(w.db(), position::record(), position, "job_version", when), owner_of(chart, position)});
        }
}

std::size_t lines_of(const JobSheet& sheet, Job::Kind kind) {
    return static_cast<std::size_t>(
        std::count_if(sheet.lines.begin(), sheet.lines.end(), [&](const Job& j) { return j.kind == kind; }));
}

}  // namespace

std::map<std::int64_t, JobSheet> job_sheets(Workspace& w, const Chart& chart, const AsOf& when) {
    auto sheets = written_sheets(w, chart, when);
    std::erase_if(sheets, [](const auto& entry) { return !entry.second.in_force; });
    return sheets;
}

std::map<std::int64_t, JobSheet> written_sheets(Workspace& w, const Chart& chart, const AsOf& when) {
    std::map<std::int64_t, JobSheet> sheets;
    std::vector<Job> lines;
    each_row(w.db(), job::record(), when, [&](const Row& row) {
        if (row.voided(when.day)) return;
        auto line = to_struct<Job>(job::record(), row);
        const Place* p = chart.find(line.position.value);
        if (!p) return;
        JobSheet& s = sheets[line.position.value];
        s.in_force = p->position.job_version.has_value();
        s.version = s.in_force ? *p->position.job_version : std::max(s.version, line.version);
        lines.push_back(std::move(line));
    });
    for (Job& line : lines)
        if (JobSheet& s = sheets[line.position.value]; line.version == s.version) s.lines.push_back(std::move(line));
    return sheets;
}

namespace {

/// Whether the text has the word; `…` in it stands for anything between its parts.
bool has_word(std::string_view text, std::string_view word) {
    constexpr std::string_view anything = "…";
    for (;;) {
        const auto gap = word.find(anything);
        const auto part = word.substr(0, gap);
        const auto at = text.find(part);
        if (at == text.npos) return false;
        if (gap == word.npos) return true;
        text.remove_prefix(at + part.size());
        word.remove_prefix(gap + anything.size());
    }
}

}  // namespace

std::string vague_word(const Rules& rules, const Job& duty) {
    if (duty.kind != Job::Kind::duty || !duty.standard.empty()) return {};
    std::string_view words = rules.text(vague_words), longest;
    while (!words.empty()) {
        const auto comma = words.find(',');
        const auto word = words.substr(0, comma);
        words = comma == words.npos ? std::string_view() : words.substr(comma + 1);
        if (word.size() > longest.size() && has_word(duty.text, word)) longest = word;
    }
    return std::string(longest);
}

void check_duties(Workspace& w, const Chart& chart, const AsOf& when, std::vector<Finding>& found) {
    const auto sheets = written_sheets(w, chart, when);
    std::vector<Duty> duties;
    std::vector<Finding> vague;
    const Calendar calendar = Calendar::load(w.db(), when);
    const auto days = w.rules().integer(read_within);
    // Where the calendar does not reach there is no grace: never a guess by weekdays.
    const auto late = [&](Date from, Date day) {
        for (Date d = from; d <= day; d = d + 1)
            if (!calendar.has(d)) return true;
        return calendar.work_days(from + 1, day) > days;
    };
    for (const Place* p : chart.by_code()) {
        const auto it = sheets.find(p->position.id.value);
        if (it == sheets.end()) continue;
        const auto in_force = changed_on(w.db(), position::record(), p->position.id.value, "job_version", when);
        for (const Job& line : it->second.lines) {
            if (line.kind != Job::Kind::duty) continue;
            duties.push_back({&line, bigrams(line.text), in_force});
            if (const auto word = vague_word(w.rules(), line); !word.empty())
                vague.push_back({"ORG-108", Severity::warning, p->position.code,
                                 say("\"{word}\" in \"{text}\" has no standard", fmt::arg("word", word),
                                     fmt::arg("text", line.text)),
                                 in_force, owner_of(chart, p->position.id.value)});
        }
        if (!it->second.in_force) continue;
        for (const Holder& h : p->holders)
            if (h.kind != Assignment::Kind::acting && h.job_read.value_or(0) < it->second.version &&
                late(std::max(h.since, in_force.value_or(beginning)), when.day))
                found.push_back({"JD-010", Severity::warning, p->position.code,
                                 say("{name} has not acknowledged version {version} of the job description",
                                     fmt::arg("name", name_of(chart, h)), fmt::arg("version", it->second.version)),
                                 std::max(std::optional(h.since), in_force), name_of(chart, h)});
    }
    const auto all = static_cast<std::int64_t>(duties.size());
    if (all && static_cast<std::int64_t>(vague.size()) * 1'000'000 > w.rules().rate(vague_most).ppm * all)
        for (Finding& f : vague) f.severity = Severity::error;
    found.insert(found.end(), vague.begin(), vague.end());
    overlaps(w.rules(), chart, duties, found);
    one_sided(w, chart, when, sheets, found);
}

std::vector<GridColumn> jobs_columns() {
    return {{"position", CellType::text, "Position", "岗位"},
            {"title", CellType::text, "Title", "岗位名称"},
            {"version", CellType::integer, "Version", "版本"},
            {"in_force", CellType::flag, "In force", "已生效"},
            {"duties", CellType::integer, "Duties", "职责"},
            {"vague", CellType::integer, "Vague", "模糊"},
            {"goals", CellType::integer, "Goals", "目标"},
            {"authorities", CellType::integer, "Authorities", "权限"},
            {"qualifications", CellType::integer, "Qualifications", "资格"},
            {"collaborations", CellType::integer, "Collaborations", "协作"},
            {"share", CellType::ratio, "Share", "时间合计"},
            {"signed", CellType::integer, "Acknowledged", "已签收"},
            {"holders", CellType::integer, "Holders", "任职人数"},
            {"missing", CellType::text, "Missing", "缺项"},
            {"score", CellType::integer, "Score", "完整性"}};
}

Report jobs_report(Workspace& w, const Chart& chart, const AsOf& when) {
    Report r = report_as_of("org.jobs", when);
    r.rows.columns = jobs_columns();
    r.narrow = {"position", "title", "version", "missing", "score"};
    const auto sheets = written_sheets(w, chart, when);
    for (const Place* p : chart.by_code()) {
        const auto it = sheets.find(p->position.id.value);
        const JobSheet sheet = it == sheets.end() ? JobSheet{} : it->second;
        const auto missing = missing_parts(w.rules(), sheet);
        std::int64_t vague = 0, share = 0, acknowledged = 0;
        for (const Job& line : sheet.lines) {
            vague += vague_word(w.rules(), line).empty() ? 0 : 1;
            share += line.share ? line.share->ppm : 0;
        }
        for (const Holder& h : p->holders)
            acknowledged +=
                h.kind != Assignment::Kind::acting && sheet.version && h.job_read.value_or(0) >= sheet.version;
        Grid& g = r.rows;
        g.add_text(p->position.code);
        g.add_text(p->position.title);
        sheet.version ? g.add_integer(sheet.version) : g.add_null();
        g.add_flag(sheet.in_force);
        g.add_integer(static_cast<std::int64_t>(lines_of(sheet, Job::Kind::duty)));
        g.add_integer(vague);
        for (const auto kind :
             {Job::Kind::goal, Job::Kind::authority, Job::Kind::qualification, Job::Kind::collaboration})
            g.add_integer(static_cast<std::int64_t>(lines_of(sheet, kind)));
        g.add_rate(share);
        g.add_integer(acknowledged);
        g.add_integer(p->heads());
        std::string text;
        for (const auto& part : missing) text += (text.empty() ? "" : "; ") + part;
        g.add_text(text);
        g.add_integer(100 - 100 * static_cast<std::int64_t>(missing.size()) / job_parts);
    }
    return r;
}

std::vector<std::string> missing_parts(const Rules& rules, const JobSheet& sheet) {
    std::vector<std::string> out;
    const auto need = [&](bool there, const char* what) {
        if (!there) out.emplace_back(tr(what));
    };
    const auto duties = lines_of(sheet, Job::Kind::duty);
    std::int64_t share = 0;
    bool shared = false, measured = false, vague = false;
    for (const Job& line : sheet.lines) {
        if (line.kind == Job::Kind::duty && line.share) {
            share += line.share->ppm;
            shared = true;
        }
        measured = measured || (line.kind == Job::Kind::goal && !line.target.empty() && !line.period.empty());
        vague = vague || !vague_word(rules, line).empty();
    }
    need(duties >= 3 && duties <= 10, N_("3 to 10 duties"));
    need(!vague, N_("no vague duty"));
    need(!shared || (share >= 950'000 && share <= 1'050'000), N_("shares that make 100 %, within 5"));
    need(lines_of(sheet, Job::Kind::authority) > 0, N_("an authority"));
    need(measured, N_("a goal with target and period"));
    need(lines_of(sheet, Job::Kind::qualification) > 0, N_("a qualification"));
    need(lines_of(sheet, Job::Kind::collaboration) > 0, N_("a collaboration"));
    return out;
}

}  // namespace agency::org
