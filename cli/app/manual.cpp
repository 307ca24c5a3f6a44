#include "app/manual.hpp"

#include "app/adapter.hpp"
#include "app/config.hpp"
#include "app/invocation.hpp"
#include "app/manual_prose.hpp"
#include "app/router.hpp"
#include "base/error.hpp"
#include "base/translate.hpp"
#include "output/output.hpp"

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

void add_options(std::string& out, std::span<const Option> options) {
    for (const Option& o : options) {
        out += ".TP\n";
        if (o.letter) out += std::string("\\fB\\-") + o.letter + "\\fR, ";
        out += "\\fB" + safe(spelled(o)) + "\\fR" + (*o.value ? " \\fI" + std::string(o.value) + "\\fR" : "") + "\n" +
               safe(o.meaning) + (o.required ? " (required)" : "") + ".\n";
    }
}

std::string head(std::string_view name, std::string_view summary, char section = '1') {
    return ".\\\" Written by: agency manual\n.TH \"" + std::string(name) + "\" " + section + " 2026-11-25 \"agency " +
           version + "\" \"agency\"\n.SH NAME\n" + safe(name) + " \\- " + safe(summary) + "\n";
}

void add_fields(std::string& out, const Record& r) {
    out +=
        ".SH FIELDS\nKeys are SQL columns, JSON keys, CSV headers and option names. A dated field keeps every value "
        "with the day from which it holds.\n";
    for (const Field& f : r.fields) {
        out += ".TP\n\\fB" + std::string(f.key) + "\\fR" + (f.never_null ? " *" : "") + "\n" + safe(f.meaning) + ".";
        if (f.change == Change::dated) out += " Dated.";
        if (!f.words.empty()) {
            out += " One of:";
            for (std::size_t i = 0; i < f.words.size(); ++i) out += (i ? ", " : " ") + std::string(f.words[i].word);
            out += ".";
        }
        out += "\nHeaders: " + safe(f.en) + ", " + f.zh;
        for (const auto a : f.aliases) out += ", " + safe(a);
        out += out.back() == '.' ? "\n" : ".\n";
    }
}

std::string program_page() {
    std::string out = head("agency", "contracts, invoices, receipts and their aging over one local file");
    out += ".SH SYNOPSIS\n.B agency\n.I NOUN VERB\n[\\fIREF\\fR ...] [\\fIOPTIONS\\fR]\n.SH NOUNS AND COMMANDS\n";
    for (const Noun* n : nouns())
        if (n->name[0] != '_') out += ".TP\n.B " + std::string(n->name) + "\n" + safe(n->summary) + ".\n";
    out += ".SH OPTIONS OF EVERY COMMAND\n";
    add_options(out, global_options());
    out += ".SS Lists and reports\n";
    add_options(out, list_options());
    add_options(out, output_options());
    out += ".SS Commands that write\n";
    add_options(out, write_options());
    return out + prose_of("agency");
}

std::string config_page() {
    std::string out = head("agency-config", "settings of agency", '5') +
                      ".SH DESCRIPTION\nTOML files with the settings below; a key with a dot stands in its table. A "
                      "file that is nearer wins: flags, then the "
                      "environment, then\n.I agency.toml\nlooked for upward from the current folder, then\n.IR "
                      "$XDG_CONFIG_HOME/agency/config.toml ,\n"
                      "then\n.IR /etc/xdg/agency/config.toml .\n.B agency config list \\-\\-show\\-origin\ntells which "
                      "one did.\n.SH SETTINGS\n";
    for (const SettingRow& r : setting_rows())
        out += ".TP\n.B " + safe(r.key) + (r.value.empty() ? std::string() : " = \"" + safe(r.value) + "\"") + "\n" +
               safe(r.meaning) + ".\n";
    return out +
           ".TP\n.B alias.NAME\nA command line that\n.B agency NAME\nstands for; what is typed after it is added. No "
           "alias hides a command.\n.PP\nAliases, editor and pager run programs: they count from the user's own file "
           "only.\n.SH SEE ALSO\n.BR agency (1)\n";
}

}  // namespace

std::string manual_page(std::string_view name) {
    if (name == "agency") return program_page();
    if (name == "agency-config") return config_page();
    const Noun* noun = nullptr;
    for (const Noun* n : nouns())
        if (n->name == name && name[0] != '_') noun = n;
    if (!noun)
        throw Error(Exit::not_found, say("there is no noun or command {word}", fmt::arg("word", name)),
                    tr("agency --help lists them"));
    std::string out = head("agency-" + std::string(name), noun->summary) + ".SH SYNOPSIS\n";
    const auto verbs = verbs_of(*noun);
    for (std::size_t i = 0; i < verbs.size(); ++i) out += (i ? ".br\n" : "") + safe(usage_line(*noun, verbs[i])) + "\n";
    out += prose_of(name);
    out += ".SH VERBS\n";
    for (const Verb& v : verbs) {
        out += ".SS " + std::string(v.name) + "\n" + safe(v.summary) + ".\n";
        for (const Argument& a : v.arguments) out += ".TP\n.I " + std::string(a.name) + "\n" + safe(a.meaning) + ".\n";
        add_options(out, v.options);
        if (!v.examples.empty()) {
            out += ".PP\n.nf\n";
            for (const auto e : v.examples) out += safe(e) + "\n";
            out += ".fi\n";
        }
    }
    if (noun->record) add_fields(out, noun->record());
    return out + ".SH SEE ALSO\n.BR agency (1)\n";
}

Outcome manual(Invocation& in) {
    if (!in.has("all"))
        return Outcome::raw(manual_page(in.arguments.empty() ? std::string_view("agency") : in.argument(0)));
    const auto write = [&](std::string_view name) {
        const auto file = name == "agency"          ? std::string("agency.1")
                          : name == "agency-config" ? std::string("agency-config.5")
                                                    : "agency-" + std::string(name) + ".1";
        const auto sink = output::file_sink(std::string(in.get("all")) + "/" + file);
        sink->write(manual_page(name));
        sink->finish();
    };
    write("agency");
    write("agency-config");
    for (const Noun* n : nouns())
        if (n->name[0] != '_') write(n->name);
    return {};
}

}  // namespace agency::cli
