#include "base/error.hpp"
#include "fuzz/target.hpp"
#include "record/grid.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace agency;
    Grid grid;
    grid.columns = {{"number", CellType::text, "Number", ""}, {"amount", CellType::money, "Amount", ""},
                    {"due_on", CellType::day, "Due", ""},     {"days", CellType::integer, "Days", ""},
                    {"rate", CellType::rate, "Rate", ""},     {"expired", CellType::flag, "Expired", ""}};
    grid.add_text("HT-1");
    grid.add_money(123450, 2);
    grid.add_day(*parse_iso_date("2026-03-01"));
    grid.add_integer(30);
    grid.add_rate(60000);
    grid.add_flag(true);
    for (int i = 0; i < 6; ++i) grid.add_null();
    const auto text = fuzz::text(data, size);
    try {
        const Condition condition(text, grid.columns);
        condition.holds(grid, 0);
        condition.holds(grid, 1);
    } catch (const Error& e) {
        fuzz::must(e.code == Exit::usage);
    }
    Grid shaped = grid;
    try {
        shape(shaped, {{}, text, text, 1});
    } catch (const Error& e) {
        fuzz::must(e.code == Exit::usage);
    }
    return 0;
}
