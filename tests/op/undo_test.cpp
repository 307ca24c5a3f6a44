// Whatever was done can be taken back in any order that is allowed, and the book reads as before; what was known
// meanwhile stays what was known.
#include <unistd.h>

#include <fmt/format.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <random>

#include "base/error.hpp"
#include "op/undo.hpp"
#include "period/period.hpp"
#include "receivable/book.hpp"
#include "receivable/receivable.hpp"
#include "refund/refund.hpp"
#include "report/aging.hpp"
#include "report/integrity.hpp"
#include "report/ledger.hpp"
#include "sqlite/open.hpp"

using namespace agency;
using Texts = std::vector<std::pair<std::string, std::string>>;

namespace {

const Record* const records[] = {&client::record(),  &contract::record(),           &invoice::record(),
                                 &receipt::record(), &receipt::allocation_record(), &refund::record()};

std::string text_of(const Report& r) {
    std::string out;
    for (std::size_t i = 0; i < r.rows.rows(); ++i) {
        for (std::size_t c = 0; c < r.rows.columns.size(); ++c)
            out += plain(r.rows.cell(i, c), r.rows.columns[c].type) + "|";
        out += "\n";
    }
    return out;
}

class Book {
public:
    explicit Book(unsigned seed) : random_(seed) {
        path_ = std::filesystem::temp_directory_path() / ("agency-undo-" + std::to_string(::getpid()) + ".db");
        remove();
        sqlite::create(path_, to_string(now_));
        session_ = sqlite::open(path_, sqlite::Mode::write, {1, "test", nullptr, to_string(now_)});
        w_ = std::make_unique<Workspace>(*session_, Clock{now_, true}, "li", Rules{});
        session_->run_script("PRAGMA synchronous = OFF");
        Operation op(*w_, "file.init", "", "agency init");
        op.audit("init", "file", 0, "", "{}");
        op.commit();
        for (const char* code : {"K1", "K2"})
            add(client::record(), *client::row_rules(), {{"code", code}, {"name", code}});
        for (const char* code : {"K1", "K2"}) {
            const std::string number = std::string("H") + code;
            add(contract::record(), *contract::row_rules(),
                {{"number", number}, {"client", code}, {"title", "x"}, {"amount", "900"}, {"signed_on", "2026-01-05"}});
            add(invoice::record(), *invoice::row_rules(),
                {{"number", std::string("F") + code},
                 {"contract", number},
                 {"issued_on", "2026-02-01"},
                 {"due_on", "2026-03-01"},
                 {"amount", "100"}});
            add(receipt::record(), *receipt::row_rules(),
                {{"number", std::string("S") + code},
                 {"client", code},
                 {"received_on", "2026-02-10"},
                 {"amount", "80"}});
        }
    }
    ~Book() {
        w_.reset();
        session_.reset();
        remove();
    }

    Workspace& workspace() { return *w_; }
    db::Session& db() { return *session_; }
    std::size_t pick(std::size_t n) { return random_() % n; }
    std::int64_t last() { return *db().integer("SELECT MAX(id) FROM operation"); }

    /// Everything that a person can read of the moment.
    std::string content(AsOf when) {
        std::string out;
        when.day = last_day;
        for (const Record* r : records) out += text_of(list_records(*w_, *r, when));
        out += text_of(contract_ledger(*w_, when, false));
        for (const char* day : {"2026-02-05", "2026-03-15", "2026-06-30", "9999-12-31"}) {
            when.day = *parse_iso_date(day);
            out += of_book(receivable::open_book(db(), when, receivable::Way::kept)) + "\n";
            const auto scanned = of_book(receivable::open_book(db(), when, receivable::Way::scan)) + "\n";
            if (!out.ends_with(scanned)) out += "the ways differ: " + scanned;
        }
        return out;
    }

    std::string closed() {
        const auto through = period::closed_through(db());
        return through ? to_string(*through) : "open";
    }

    /// One command of a person's day, by chance; most are legal, some are refused.
    void something() {
        const auto number = [&](char kind) { return std::string(1, kind) + std::to_string(pick(4)); };
        const auto any = [&](char kind) { return pick(2) ? number(kind) : kind + std::string(pick(2) ? "K1" : "K2"); };
        const auto day = [&] {
            return Date::from_ymd(2026, static_cast<unsigned>(1 + pick(6)), static_cast<unsigned>(1 + pick(28)));
        };
        const auto amount = [&] { return std::to_string(10 * (1 + pick(9))); };
        const std::string client = pick(3) ? (pick(2) ? "K1" : "K2") : number('K');
        const std::string none;
        switch (pick(19)) {
            case 0:
                return add(
                    client::record(), *client::row_rules(),
                    {{"code", number('K')}, {"name", "n" + amount()}, {"uscc", pick(2) ? "91350100M000100Y43" : ""}});
            case 1:
                return add(contract::record(), *contract::row_rules(),
                           {{"number", number('H')}, {"client", client}, {"title", "t"}, {"amount", amount()}});
            case 2:
            case 3:
                return add(invoice::record(), *invoice::row_rules(),
                           {{"number", number('F')},
                            {"client", client},
                            {"issued_on", to_string(day())},
                            {"due_on", "2026-06-30"},
                            {"amount", amount()}});
            case 4:
                return add(invoice::record(), *invoice::row_rules(),
                           {{"number", number('F')},
                            {"kind", "credit_note"},
                            {"credits", any('F')},
                            {"issued_on", to_string(day())},
                            {"due_on", "2026-06-30"},
                            {"amount", amount()}});
            case 5:
                return add(receipt::record(), *receipt::row_rules(),
                           {{"number", number('S')},
                            {"client", pick(2) ? client : none},
                            {"received_on", to_string(day())},
                            {"amount", amount()},
                            {"bank_reference", pick(3) ? none : "R1"}});
            case 6:
            case 7:
            case 8:
                return receipt::allocate(*w_, any('S'), any('F'), amount(),
                                         pick(2) ? std::optional(day()) : std::nullopt, "allocate");
            case 9:
                return add(
                    receipt::allocation_record(), *receipt::allocation_rules(),
                    {{"number", number('A')}, {"receipt", any('S')}, {"invoice", any('F')}, {"amount", amount()}});
            case 10:
                return static_cast<void>(receipt::unallocate(*w_, any('S'), any('F'), std::nullopt, "unallocate"));
            case 11:
                return receipt::claim(*w_, number('S'), client, day(), "claim");
            case 12:
                return pick(2) ? receipt::refund(*w_, any('S'), amount(), std::nullopt, "refund")
                               : add(refund::record(), *refund::row_rules(),
                                     {{"number", number('T')}, {"receipt", any('S')}, {"amount", amount()}});
            case 13:
                return invoice::redate(*w_, any('F'), day(), day(), "later", "redate");
            case 14:
                return pick(2) ? invoice::assign(*w_, any('F'), "wang", day(), "assign")
                               : invoice::dispute(*w_, any('F'), "10", day(), "no", "dispute");
            case 15:
                return invoice::void_invoice(*w_, any('F'), std::nullopt, "wrong", "void");
            case 16:
                return pick(2) ? receipt::void_receipt(*w_, any('S'), std::nullopt, "wrong", "void")
                               : receipt::void_allocation(*w_, number('A'), std::nullopt, "wrong", "void");
            case 17:
                return pick(2) ? contract::void_contract(*w_, any('H'), std::nullopt, "wrong", "void")
                               : client::void_client(*w_, client, std::nullopt, "wrong", "void");
            default:
                if (pick(4) == 0)
                    return pick(2) ? period::close(*w_, month_of(day()), "close")
                                   : period::reopen(*w_, month_of(day()), "reopen");
                receivable::match(*w_, "", "match");
        }
    }
    /// Whether it was done; a refusal leaves nothing.
    bool attempt(const std::function<void()>& what) {
        const auto before = last();
        try {
            what();
        } catch (const Error& e) {
            if (e.code == Exit::bug || e.code == Exit::data_file) throw;
            refusal = e.what();
            REQUIRE(last() == before);
        }
        if (last() == before) UNSCOPED_INFO("refused: " << refusal);
        return last() != before;
    }
    std::string refusal;

private:
    void add(const Record& r, RowRules& rules, Texts texts) {
        std::erase_if(texts, [](const auto& t) { return t.second.empty(); });
        add_record(*w_, r, rules, texts, {}, [](const Problem&) {});
    }
    std::string of_book(const receivable::Book& book) {
        std::string out;
        for (const auto& i : book.items)
            out += fmt::format("{} {} {} {} {};", i.invoice, i.client, i.due_on, i.open, i.disputed);
        std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> unapplied;
        for (const auto& u : book.unapplied) unapplied[{u.client, u.currency}] = u.amount;
        for (const auto& [key, sum] : unapplied) out += fmt::format("{} {} {};", key.first, key.second, sum);
        return out;
    }
    void remove() {
        for (const char* tail : {"", "-wal", "-shm", ".lock"}) std::filesystem::remove(path_.string() + tail);
    }

    std::mt19937 random_;
    Instant now_ = *parse_instant("2026-07-01T00:00:00Z");
    std::filesystem::path path_;
    std::unique_ptr<db::Session> session_;
    std::unique_ptr<Workspace> w_;
};

}  // namespace

TEST_CASE("a thousand random sequences taken back end as they began") {
    std::int64_t done = 0, refused = 0, redone = 0;
    for (unsigned file = 0; file < 100; ++file) {
        Book book(file);
        const auto begun = book.content({});
        for (int sequence = 0; sequence < 10; ++sequence) {
            const auto first = book.last() + 1;
            for (int n = 0; n < 14; ++n) book.attempt([&] { book.something(); });
            const auto until = book.last();
            const auto meanwhile = book.content({}), known = book.content({last_day, until});
            REQUIRE(meanwhile == known);
            std::vector<std::int64_t> left;
            for (auto id = first; id <= until; ++id) left.push_back(id);
            std::shuffle(left.begin(), left.end(), std::mt19937(file * 10 + static_cast<unsigned>(sequence)));
            for (std::size_t n = 0, stuck = 0; !left.empty(); n = left.empty() ? 0 : (n + 1) % left.size()) {
                const auto id = left[n];
                INFO("file " << file << " sequence " << sequence << " operation " << id << ": " << book.refusal);
                REQUIRE(stuck <= left.size());
                const bool again = book.pick(4) == 0;
                const auto before = again ? book.content({}) : "";
                if (!book.attempt([&] { op::undo(book.workspace(), records, {id}, "undo"); })) {
                    ++stuck;
                    ++refused;
                    continue;
                }
                ++done;
                stuck = 0;
                if (again) {  // there and back again
                    const auto undo = book.last(), after = undo;
                    const auto without = book.content({});
                    REQUIRE(book.attempt([&] { op::undo(book.workspace(), records, {undo}, "redo"); }));
                    REQUIRE(book.content({}) == before);
                    REQUIRE(book.content({last_day, after}) == without);
                    REQUIRE(book.attempt([&] { op::undo(book.workspace(), records, {book.last()}, "undo"); }));
                    REQUIRE(book.content({}) == without);
                    ++redone;
                }
                left.erase(left.begin() + static_cast<std::ptrdiff_t>(n));
            }
            INFO("file " << file << " sequence " << sequence);
            REQUIRE(book.content({}) == begun);
            REQUIRE(book.closed() == "open");
            REQUIRE(book.content({last_day, until}) == known);
        }
        REQUIRE(text_of(integrity(book.workspace(), records)) == "");
    }
    CHECK(done > 4000);
    CHECK(refused > 300);
    CHECK(redone > 500);
}
