#include <algorithm>

#include "app/adapter.hpp"
#include "app/router.hpp"
#include "app/screen.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency::cli {
namespace {

/// As wide as the terminal, but not wider than reads well.
int help_width() {
    const int width = terminal_width();
    return width <= 0 ? 80 : std::min(width, 100);
}

void add_line(std::string& out, const std::string& left, const std::string& right, int width = 28) {
    out += "  " + left;
    const int used = cells(left);
    if (used >= width)
        out += "\n" + std::string(static_cast<std::size_t>(width) + 2, ' ');
    else
        out.append(static_cast<std::size_t>(width - used), ' ');
    const auto lines = wrap_cells(right, std::max(20, help_width() - width - 2));
    for (std::size_t i = 0; i < lines.size(); ++i)
        out += (i ? std::string(static_cast<std::size_t>(width) + 2, ' ') : "") + lines[i] + "\n";
}

void add_options(std::string& out, const char* title, std::span<const Option> options) {
    if (options.empty()) return;
    out += std::string("\n") + tr(title) + "\n";
    for (const Option& o : options) {
        std::string left = o.letter ? std::string("-") + o.letter + ", " : "";
        left += spelled(o) + (*o.value ? " " + std::string(o.value) : "");
        add_line(out, left, std::string(tr(o.meaning)) + (o.required ? std::string(" ") + tr("(required)") : ""));
    }
}

}  // namespace

std::string usage_line(const Noun& noun, const Verb& verb) {
    std::string out = "agency " + std::string(noun.name);
    if (!is_command(noun)) out += " " + std::string(verb.name);
    for (const Argument& a : verb.arguments)
        out += a.required ? " " + std::string(a.name) + (a.repeats ? "…" : "")
                          : " [" + std::string(a.name) + (a.repeats ? "…" : "") + "]";
    return out + " " + tr("[OPTIONS]");
}

std::string help(const std::vector<const Noun*>& all) {
    std::string out = std::string(tr("agency: people, intake, contracts, projects and receivables of an agency, over one local file")) +
                      "\n\n" + tr("Usage: agency NOUN VERB [REF...] [OPTIONS]") + "\n\n";
    for (const Noun* n : all)
        if (n->name[0] != '_') add_line(out, std::string(n->name), tr(n->summary), 14);
    return out + "\n" +
           tr("agency NOUN lists its verbs; agency NOUN VERB --help tells all of one; man agency has the rest.") + "\n";
}

std::string help(const Noun& noun) {
    std::string out = "agency " + std::string(noun.name) + ": " + tr(noun.summary) + "\n\n";
    for (const Verb& v : verbs_of(noun)) add_line(out, std::string(v.name), tr(v.summary), 14);
    return out;
}

std::string help(const Noun& noun, const Verb& verb, bool whole) {
    std::string out;
    if (!whole && !verb.examples.empty()) {
        for (const auto e : verb.examples) out += "  $ " + std::string(e) + "\n";
        out += "\n";
    }
    out += std::string(tr(verb.summary)) + "\n\n" + tr("Usage:") + " " + usage_line(noun, verb) + "\n";
    if (!verb.arguments.empty()) {
        out += "\n";
        for (const Argument& a : verb.arguments) add_line(out, std::string(a.name), tr(a.meaning));
    }
    add_options(out, N_("Options:"), verb.options);
    if (!whole) return out + "\n" + tr("--help tells every option.") + "\n";
    if (verb.lists) add_options(out, N_("Rows and columns:"), list_options());
    if (verb.needs == Needs::write) add_options(out, N_("Writing:"), write_options());
    if (verb.needs == Needs::read) add_options(out, N_("Output:"), output_options());
    add_options(out, N_("Everywhere:"), global_options());
    if (!verb.examples.empty()) {
        out += std::string("\n") + tr("Examples:") + "\n";
        for (const auto e : verb.examples) out += "  $ " + std::string(e) + "\n";
    }
    return out;
}

}  // namespace agency::cli
