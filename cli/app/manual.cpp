#include "app/manual.hpp"

#include "app/adapter.hpp"
#include "app/config.hpp"
#include "app/invocation.hpp"
#include "app/manual_prose.hpp"
#include "app/router.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "output/output.hpp"
#include "record/workflow.hpp"

namespace agency::cli {
namespace {

/// Text for troff: backslashes, hyphens, and lines that begin with a control character.
std::string safe(std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if ((s[i] == '.' || s[i] == '\'') && i == 0) out += "\\&";
        if (s[i] == '\\')
            out += "\\e";
        else if (s[i] == '-')
            out += "\\-";
        else
            out += s[i];
    }
    return out;
}

/// With a full stop, on a line of its own.
std::string sentence(const std::string& text) {
    return safe(text) + tr(".") + "\n";
}
std::string section(const char* title) {
    return std::string(".SH ") + tr(title) + "\n";
}
std::string subsection(const char* title) {
    return std::string(".SS ") + tr(title) + "\n";
}
/// The prose of man/<name>.inc in the language of the session, in English where there is no other.
std::string prose(std::string_view name) {
    const auto own = language() == "en" ? std::string() : prose_of(std::string(name) + "." + language());
    return own.empty() ? prose_of(name) : own;
}

void add_options(std::string& out, std::span<const Option> options) {
    for (const Option& o : options) {
        out += ".TP\n";
        if (o.letter) out += std::string("\\fB\\-") + o.letter + "\\fR, ";
        out += "\\fB" + safe(spelled(o)) + "\\fR" + (*o.value ? " \\fI" + std::string(o.value) + "\\fR" : "") + "\n" +
               sentence(std::string(tr(o.meaning)) + (o.required ? std::string(" ") + tr("(required)") : ""));
    }
}

std::string head(std::string_view name, std::string_view summary, char number = '1') {
    return ".\\\" Written by: agency manual\n.TH \"" + std::string(name) + "\" " + number + " 2026-11-25 \"agency " +
           version + "\" \"agency\"\n" + section(N_("NAME")) + safe(name) + " \\- " + safe(summary) + "\n";
}

void add_fields(std::string& out, const Record& r) {
    out += section(N_("FIELDS")) +
           tr("Keys are SQL columns, JSON keys, CSV headers and option names; a field without headers is set by a "
              "command of its "
              "own. A dated field keeps every value with the day from which it holds.") +
           "\n";
    for (const Field& f : r.fields) {
        out += ".TP\n\\fB" + std::string(f.key) + "\\fR" + (f.never_null ? " *" : "") + "\n" + safe(tr(f.meaning)) +
               tr(".");
        if (f.change == Change::dated) out += std::string(" ") + tr("Dated.");
        if (!f.words.empty()) {
            std::string words;
            for (const auto& w : f.words) words += (words.empty() ? "" : ", ") + std::string(w.word);
            out += " " + say("One of: {words}.", fmt::arg("words", words));
        }
        if (!f.imported) {
            out += "\n";
            continue;
        }
        auto headers = safe(f.en) + ", " + f.zh;
        for (const auto a : f.aliases) headers += ", " + safe(a);
        if (headers.back() == '.') headers.pop_back();
        out += "\n" + say("Headers: {headers}.", fmt::arg("headers", headers)) + "\n";
    }
}

/// The lifecycle, state by state: what leads where, and what must hold.
void add_states(std::string& out, const Workflow& flow) {
    out += section(N_("STATES"));
    const Grid table = workflow_table(flow).rows;
    const auto from = static_cast<std::size_t>(table.find("from")), verb = static_cast<std::size_t>(table.find("verb")),
               to = static_cast<std::size_t>(table.find("to")), guard = static_cast<std::size_t>(table.find("guard"));
    for (std::size_t r = 0; r < table.rows(); ++r) {
        const auto state = table.cell(r, from).text();
        if (r == 0 || state != table.cell(r - 1, from).text())
            out += ".TP\n.B " + safe(state) + "\n";
        else
            out += ".br\n";
        out += "\\fI" + safe(table.cell(r, verb).text()) + "\\fR \\(-> " + safe(table.cell(r, to).text());
        if (!table.cell(r, guard).null) out += ": " + safe(table.cell(r, guard).text());
        out += "\n";
    }
}

std::string program_page() {
    std::string out = head(
        "agency",
        tr("the operation of an agency: people, intake, contracts, projects and receivables, over one local file"));
    out += section(N_("SYNOPSIS")) + ".B agency\n.I NOUN VERB\n[\\fIREF\\fR ...] [\\fIOPTIONS\\fR]\n" +
           section(N_("NOUNS AND COMMANDS"));
    for (const Noun* n : nouns())
        if (n->name[0] != '_') out += ".TP\n.B " + std::string(n->name) + "\n" + sentence(tr(n->summary));
    out += section(N_("OPTIONS OF EVERY COMMAND"));
    add_options(out, global_options());
    out += subsection(N_("Lists and reports"));
    add_options(out, list_options());
    add_options(out, output_options());
    out += subsection(N_("Commands that write"));
    add_options(out, write_options());
    return out + prose("agency") + section(N_("SEE ALSO")) +
           ".BR agency\\-config (5),\n.BR agency\\-schema (5),\n.BR agency\\-security (7)\n";
}

std::string config_page() {
    std::string out = head("agency-config", tr("settings of agency"), '5') + section(N_("DESCRIPTION")) +
                      tr("TOML files with the settings below; a key with a dot stands in its table. A file that is "
                         "nearer wins: flags, then the environment, then\n.I agency.toml\nlooked for upward from the "
                         "current folder, then\n.IR $XDG_CONFIG_HOME/agency/config.toml ,\nthen\n.IR "
                         "/etc/xdg/agency/config.toml .\n.B agency config list \\-\\-show\\-origin\ntells which one "
                         "did.") +
                      "\n" + section(N_("SETTINGS"));
    for (const SettingRow& r : setting_rows())
        out += ".TP\n.B " + safe(r.key) + (r.value.empty() ? std::string() : " = \"" + safe(r.value) + "\"") + "\n" +
               sentence(tr(r.meaning));
    return out + ".TP\n.B alias.NAME\n" +
           tr("A command line that\n.B agency NAME\nstands for; what is typed after it is added. No alias hides a "
              "command.\n.PP\nAliases, editor and pager run programs: they count from the user's own file only.") +
           "\n" + section(N_("SEE ALSO")) + ".BR agency (1)\n";
}

const char* sql_type(FieldType type) {
    switch (type) {
        case FieldType::text:
        case FieldType::number:
        case FieldType::choice:
        case FieldType::currency:
        case FieldType::day:
            return "TEXT";
        default:
            return "INTEGER";
    }
}

std::string schema_page() {
    std::string out = head("agency-schema", tr("the tables of the data file"), '5') + prose("agency-schema");
    for (const Record* r : all_records()) {
        out += ".SH " + std::string(r->noun) + "\n";
        for (const Field& f : r->fields)
            out += ".TP\n.B " + std::string(f.key) + " " + sql_type(f.type) +
                   (f.target ? " " + std::string(f.target().noun) : std::string()) + (f.never_null ? " NOT NULL" : "") +
                   "\n" + sentence(tr(f.meaning));
    }
    return out + section(N_("SEE ALSO")) + ".BR agency (1)\n";
}

std::string security_page() {
    return head("agency-security", tr("what is protected and what is not"), '7') + prose("agency-security") +
           section(N_("SEE ALSO")) + ".BR agency (1)\n";
}

/// Pages that belong to no noun.
struct Page {
    std::string_view name;
    char section;
    std::string (*text)();
};
constexpr Page pages[] = {{"agency", '1', program_page},
                          {"agency-config", '5', config_page},
                          {"agency-schema", '5', schema_page},
                          {"agency-security", '7', security_page}};

}  // namespace

std::string manual_page(std::string_view name) {
    for (const Page& p : pages)
        if (p.name == name) return p.text();
    const Noun* noun = nullptr;
    for (const Noun* n : nouns())
        if (n->name == name && name[0] != '_') noun = n;
    if (!noun)
        throw Error(Exit::not_found, say("there is no noun or command {word}", fmt::arg("word", name)),
                    tr("agency --help lists them"));
    std::string out = head("agency-" + std::string(name), tr(noun->summary)) + section(N_("SYNOPSIS"));
    const auto verbs = verbs_of(*noun);
    for (std::size_t i = 0; i < verbs.size(); ++i) out += (i ? ".br\n" : "") + safe(usage_line(*noun, verbs[i])) + "\n";
    out += prose(name);
    out += section(N_("VERBS"));
    for (const Verb& v : verbs) {
        out += ".SS " + std::string(v.name) + "\n" + sentence(tr(v.summary));
        for (const Argument& a : v.arguments) out += ".TP\n.I " + std::string(a.name) + "\n" + sentence(tr(a.meaning));
        add_options(out, v.options);
        if (!v.examples.empty()) {
            out += ".PP\n.nf\n";
            for (const auto e : v.examples) out += safe(e) + "\n";
            out += ".fi\n";
        }
    }
    if (noun->workflow) add_states(out, *noun->workflow);
    if (noun->record) add_fields(out, noun->record());
    return out + section(N_("SEE ALSO")) + ".BR agency (1)\n";
}

Outcome manual(Invocation& in) {
    if (!in.has("all"))
        return Outcome::raw(manual_page(in.arguments.empty() ? std::string_view("agency") : in.argument(0)));
    const auto write = [&](std::string_view name, const std::string& file) {
        const auto sink = output::file_sink(std::string(in.get("all")) + "/" + file);
        sink->write(manual_page(name));
        sink->finish();
    };
    for (const Page& p : pages) write(p.name, std::string(p.name) + "." + p.section);
    for (const Noun* n : nouns())
        if (n->name[0] != '_') write(n->name, "agency-" + std::string(n->name) + ".1");
    return {};
}

}  // namespace agency::cli
