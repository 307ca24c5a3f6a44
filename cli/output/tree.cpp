// A report whose rows make a tree, drawn: for a terminal, for Graphviz, and as one SVG that fetches nothing.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/writers.hpp"

namespace agency::output {
namespace {

struct Node {
    std::string id;
    std::string parent;
    std::vector<std::string> lines;  ///< of the label, the first the most important
    std::vector<std::size_t> below;
    int level = 0;
};

/// In the order of the rows; what stands under no row is a root, and so is the first of a circle.
class Tree {
public:
    /// Error(usage) where the rows make none.
    explicit Tree(const Report& report) {
        if (!report.tree)
            throw Error(
                Exit::usage, tr("these rows make no tree"),
                tr("tree and dot take a list whose rows stand under each other, e.g. org chart, department list"))
                .with_field("format");
        const Grid& g = report.rows;
        const auto text = [&](std::size_t row, const std::string& key) {
            const int c = g.find(key);
            if (c < 0) return std::string();
            const auto at = static_cast<std::size_t>(c);
            return escape_controls(for_people(g.cell(row, at), g.columns[at].type));
        };
        std::map<std::string, std::size_t> by_id;
        for (std::size_t row = 0; row < g.rows(); ++row) {
            Node n{text(row, report.tree->id), text(row, report.tree->parent), {}, {}};
            for (const auto& key : report.tree->label)
                if (auto line = text(row, key); !line.empty()) n.lines.push_back(std::move(line));
            by_id.emplace(n.id, nodes.size());
            nodes.push_back(std::move(n));
        }
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const auto it = by_id.find(nodes[i].parent);
            it == by_id.end() || it->second == i ? roots.push_back(i) : nodes[it->second].below.push_back(i);
        }
        std::vector<char> seen(nodes.size());
        for (std::size_t r = 0; r < roots.size(); ++r) reach(roots[r], seen);
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (!seen[i]) {
                roots.push_back(i);
                reach(i, seen);
            }
    }
    std::vector<Node> nodes;
    std::vector<std::size_t> roots;
    std::vector<std::size_t> order;  ///< parents before what is below them

private:
    void reach(std::size_t root, std::vector<char>& seen) {
        std::vector<std::pair<std::size_t, int>> open{{root, 0}};
        while (!open.empty()) {
            const auto [i, level] = open.back();
            open.pop_back();
            if (seen[i]) continue;
            seen[i] = 1;
            nodes[i].level = level;
            order.push_back(i);
            std::erase_if(nodes[i].below, [&](std::size_t b) { return seen[b] != 0; });
            for (auto it = nodes[i].below.rbegin(); it != nodes[i].below.rend(); ++it)
                open.emplace_back(*it, level + 1);
        }
    }
};

bool nothing(Sink& sink, const Tree& t) {
    if (t.nodes.empty()) sink.write(std::string(tr("There is no tree to draw.")) + "\n");
    return t.nodes.empty();
}

void write_branch(Sink& sink, const Tree& t, std::size_t i, const std::string& before, const std::string& indent,
                  const Style& style) {
    std::string line = before;
    for (const auto& part : t.nodes[i].lines) line += (line.size() == before.size() ? "" : "  ") + part;
    sink.write((style.width ? truncate_cells(line, style.width) : line) + "\n");
    const auto& below = t.nodes[i].below;
    for (std::size_t k = 0; k < below.size(); ++k) {
        const bool last = k + 1 == below.size();
        const char* branch = style.plain ? (last ? "`- " : "|- ") : (last ? "└─ " : "├─ ");
        write_branch(sink, t, below[k], indent + branch, indent + (last ? "   " : style.plain ? "|  " : "│  "), style);
    }
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
    return out + "\"";
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return out;
}

constexpr int row_height = 46, indent_width = 36, margin = 16, character = 8, box_height = 34;

int box_width(const Node& n) {
    int widest = 4;
    for (const auto& line : n.lines) widest = std::max(widest, cells(line));
    return widest * character + 20;
}

}  // namespace

void write_tree(Sink& sink, const Report& report, const Style& style) {
    const Tree t(report);
    if (nothing(sink, t)) return;
    for (const auto root : t.roots) write_branch(sink, t, root, "", "", style);
}

void write_dot(Sink& sink, const Report& report) {
    const Tree t(report);
    sink.write("digraph " + quoted(report.name) + " {\n  rankdir=TB;\n  node [shape=box];\n");
    for (const Node& n : t.nodes) {
        std::string label;
        for (const auto& line : n.lines)
            label += (label.empty() ? "" : "\\n") + quoted(line).substr(1, quoted(line).size() - 2);
        sink.write("  " + quoted(n.id) + " [label=\"" + label + "\"];\n");
    }
    for (const Node& n : t.nodes)
        for (const auto b : n.below) sink.write("  " + quoted(n.id) + " -> " + quoted(t.nodes[b].id) + ";\n");
    sink.write("}\n");
}

void write_tree_svg(Sink& sink, const Report& report) {
    const Tree t(report);
    int width = 200;
    for (const Node& n : t.nodes) width = std::max(width, 2 * margin + n.level * indent_width + box_width(n));
    const int height = 2 * margin + row_height * static_cast<int>(t.nodes.size());
    sink.write(fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" "
        "font-family=\"system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif\" "
        "font-size=\"12\">\n<title>{2}</title>\n<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n",
        width, height, escaped(report.name)));
    std::vector<int> y(t.nodes.size());
    int at = margin;
    for (const auto i : t.order) {
        y[i] = at;
        at += row_height;
    }
    for (const auto i : t.order) {
        const Node& n = t.nodes[i];
        const int x = margin + n.level * indent_width;
        for (const auto b : n.below)
            sink.write(fmt::format("<path d=\"M{} {}V{}H{}\" fill=\"none\" stroke=\"#9aa1ac\"/>\n", x + 16,
                                   y[i] + box_height, y[b] + box_height / 2, x + indent_width));
        sink.write(
            fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\" fill=\"#eef2f7\" "
                        "stroke=\"#9aa1ac\"/>\n",
                        x, y[i], box_width(n), box_height));
        for (std::size_t k = 0; k < n.lines.size() && k < 2; ++k)
            sink.write(fmt::format("<text x=\"{}\" y=\"{}\" fill=\"{}\">{}</text>\n", x + 10, y[i] + 14 + 14 * k,
                                   k ? "#5c6370" : "#1c1e21", escaped(n.lines[k])));
    }
    sink.write("</svg>\n");
}

}  // namespace agency::output
