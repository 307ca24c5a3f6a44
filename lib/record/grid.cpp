#include "record/grid.hpp"

#include <algorithm>
#include <cctype>
#include <compare>
#include <numeric>

#include "base/error.hpp"
#include "base/money.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

constexpr std::size_t block = 16 * 1024;

/// Amounts of currencies with other digits are compared in the same small unit.
__int128 in_units(const Cell& c) {
    __int128 n = c.n;
    for (int d = c.digits; d < 6; ++d) n *= 10;
    return n;
}

[[noreturn]] void unknown_column(std::string_view key, const std::vector<GridColumn>& columns) {
    std::vector<std::string_view> keys;
    std::string all;
    for (const auto& c : columns) {
        keys.push_back(c.key);
        all += (all.empty() ? "" : ", ") + c.key;
    }
    const auto near = nearest(key, keys);
    throw Error(Exit::usage, say("there is no column {key}", fmt::arg("key", key)),
                near.empty() ? say("the columns are: {all}", fmt::arg("all", all))
                             : say("did you mean {near}?", fmt::arg("near", near)))
        .with_field(key);
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> out;
    while (!list.empty()) {
        const auto comma = list.find(',');
        const auto item = trim(list.substr(0, comma));
        if (!item.empty()) out.emplace_back(item);
        if (comma == list.npos) break;
        list.remove_prefix(comma + 1);
    }
    return out;
}

std::size_t column_of(const Grid& grid, std::string_view key) {
    const int c = grid.find(key);
    if (c < 0) unknown_column(key, grid.columns);
    return static_cast<std::size_t>(c);
}

void sort_rows(Grid& grid, std::string_view wish) {
    std::vector<std::pair<std::size_t, bool>> keys;
    for (const auto& item : split(wish))
        keys.emplace_back(column_of(grid, item.starts_with('-') ? item.substr(1) : item), item.starts_with('-'));
    std::vector<std::size_t> order(grid.rows());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        for (const auto& [c, down] : keys) {
            const Cell &x = grid.cell(a, c), &y = grid.cell(b, c);
            if (x.null != y.null) return y.null;  // nulls last, either way
            if (x.null) continue;
            const auto cmp = is_text(grid.columns[c].type) ? x.text() <=> y.text() : in_units(x) <=> in_units(y);
            if (cmp != 0) return down ? cmp > 0 : cmp < 0;
        }
        return false;
    });
    grid.keep_rows(order);
}

void choose_columns(Grid& grid, const std::vector<std::string>& wish, const std::vector<std::string>& hidden) {
    const auto is_hidden = [&](const std::string& key) {
        return std::find(hidden.begin(), hidden.end(), key) != hidden.end();
    };
    std::vector<std::size_t> order;
    const bool relative = !wish.empty() && (wish[0][0] == '+' || wish[0][0] == '-');
    if (wish.empty() || relative)
        for (std::size_t c = 0; c < grid.columns.size(); ++c)
            if (!is_hidden(grid.columns[c].key)) order.push_back(c);
    for (const auto& item : wish) {
        const bool sign = item[0] == '+' || item[0] == '-';
        if (sign != relative)
            throw Error(Exit::usage, tr("--columns is either a list (a,b) or a change (+a,-b), not both"));
        const auto c = column_of(grid, sign ? item.substr(1) : item);
        if (item[0] == '-')
            order.erase(std::remove(order.begin(), order.end(), c), order.end());
        else if (std::find(order.begin(), order.end(), c) == order.end())
            order.push_back(c);
    }
    grid.keep_columns(order);
}

}  // namespace

GridColumn or_na(GridColumn c) {
    c.empty = N_("n/a");
    return c;
}

int Grid::find(std::string_view key) const {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].key == key) return static_cast<int>(i);
    return -1;
}

void Grid::add_text(std::string_view s) {
    if (s.empty()) return add_null();
    if (blocks_->empty() || blocks_->back().capacity() - blocks_->back().size() < s.size())
        blocks_->emplace_back().reserve(std::max(block, s.size()));
    std::string& b = blocks_->back();
    const auto at = b.size();
    b += s;
    cells_.push_back({b.data() + at, 0, static_cast<std::uint32_t>(s.size()), 0, false});
}

void Grid::add_constant(std::string_view s) {
    cells_.push_back({s.data(), 0, static_cast<std::uint32_t>(s.size()), 0, s.empty()});
}

void Grid::keep_rows(const std::vector<std::size_t>& order) {
    std::vector<Cell> kept;
    kept.reserve(order.size() * columns.size());
    for (const auto r : order)
        kept.insert(kept.end(), cells_.begin() + static_cast<std::ptrdiff_t>(r * columns.size()),
                    cells_.begin() + static_cast<std::ptrdiff_t>((r + 1) * columns.size()));
    cells_.swap(kept);
}

void Grid::keep_columns(const std::vector<std::size_t>& order) {
    std::vector<Cell> kept;
    const auto n = rows();
    kept.reserve(order.size() * n);
    for (std::size_t r = 0; r < n; ++r)
        for (const auto c : order) kept.push_back(cell(r, c));
    std::vector<GridColumn> chosen;
    for (const auto c : order) chosen.push_back(columns[c]);
    columns.swap(chosen);
    cells_.swap(kept);
}

void append_plain(std::string& out, const Cell& c, CellType type) {
    if (c.null) return;
    switch (type) {
        case CellType::text:
        case CellType::word:
            out += c.text();
            break;
        case CellType::integer:
            out += std::to_string(c.n);
            break;
        case CellType::decimal:
        case CellType::money:
            append_amount(out, c.n, c.digits);
            break;
        case CellType::rate:
            out += to_string(Rate{c.n});
            break;
        case CellType::ratio: {
            auto text = to_plain(c.n, 6);
            text.erase(text.find_last_not_of('0') + 1);
            if (text.back() == '.') text.pop_back();
            out += text;
            break;
        }
        case CellType::day:
            out += to_string(Date{static_cast<std::int32_t>(c.n)});
            break;
        case CellType::instant:
            out += to_string(Instant{c.n});
            break;
        case CellType::flag:
            out += c.n ? "true" : "false";
            break;
    }
}

std::string plain(const Cell& c, CellType type) {
    std::string out;
    append_plain(out, c, type);
    return out;
}

bool names_any(const Shaping& wish, const std::vector<std::string>& keys) {
    const auto in_word = [](char c) { return c == '_' || std::isalnum(static_cast<unsigned char>(c)); };
    for (const std::string* text : {&wish.where, &wish.sort, &wish.columns})
        for (std::size_t at = 0; at < text->size();) {
            const auto end = static_cast<std::size_t>(
                std::find_if_not(text->begin() + static_cast<std::ptrdiff_t>(at), text->end(), in_word) -
                text->begin());
            if (std::find(keys.begin(), keys.end(), std::string_view(*text).substr(at, end - at)) != keys.end())
                return true;
            at = end + 1;
        }
    return false;
}

void shape(Grid& grid, const Shaping& wish, const std::vector<std::string>& hidden) {
    if (!wish.where.empty()) {
        const Condition condition(wish.where, grid.columns);
        std::vector<std::size_t> kept;
        for (std::size_t r = 0; r < grid.rows(); ++r)
            if (condition.holds(grid, r)) kept.push_back(r);
        grid.keep_rows(kept);
    }
    if (!wish.sort.empty()) sort_rows(grid, wish.sort);
    if (wish.limit && grid.rows() > *wish.limit) {
        std::vector<std::size_t> kept(*wish.limit);
        std::iota(kept.begin(), kept.end(), 0);
        grid.keep_rows(kept);
    }
    if (!wish.columns.empty() || !hidden.empty()) choose_columns(grid, split(wish.columns), hidden);
}

}  // namespace agency
