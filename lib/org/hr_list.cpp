#include "org/hr_list.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "db/checksum.hpp"
#include "record/header.hpp"
#include "record/references.hpp"
#include "record/rejects.hpp"

namespace agency::org {
namespace {

struct HrRow {
    std::string number, name, department, title, manager, grade, hired_on, left_on, email, phone;
};

constexpr std::string_view number_aliases[] = {"工号",     "员工号", "employee number", "employee no", "emp no",
                                               "staff no", "id"};
constexpr std::string_view name_aliases[] = {"员工姓名", "employee name", "full name"};
constexpr std::string_view department_aliases[] = {"部门名称", "所属部门", "dept"};
constexpr std::string_view title_aliases[] = {"岗位", "岗位名称", "job title", "position"};
constexpr std::string_view manager_aliases[] = {"直接上级工号", "上级工号",   "汇报对象",  "manager number",
                                                "manager no",   "manager id", "reports to"};
constexpr std::string_view hired_aliases[] = {"入职时间", "hire date"}, left_aliases[] = {"离职时间", "leave date"},
                           email_aliases[] = {"邮箱", "电子邮箱", "mail"},
                           phone_aliases[] = {"手机", "手机号", "手机号码", "联系电话"};

constexpr Field fields[] = {
    Field{"number", FieldType::text, member<&HrRow::number>, "Number", "员工编号",
          N_("Number by which people and files name the employee")}
        .required()
        .also(number_aliases),
    Field{"name", FieldType::text, member<&HrRow::name>, "Name", "姓名", N_("Name as in the identity document")}
        .required()
        .also(name_aliases),
    Field{"department", FieldType::text, member<&HrRow::department>, "Department", "部门",
          N_("Department by code or name; one that is not known is made")}
        .required()
        .also(department_aliases),
    Field{"title", FieldType::text, member<&HrRow::title>, "Title", "职务", N_("What the position is called")}
        .required()
        .also(title_aliases),
    Field{"manager", FieldType::text, member<&HrRow::manager>, "Manager", "直接上级",
          N_("Number of the employee who leads; empty: the top")}
        .also(manager_aliases),
    Field{"grade", FieldType::text, member<&HrRow::grade>, "Grade", "职级", N_("Grade of the position")},
    Field{"hired_on", FieldType::day, member<&HrRow::hired_on>, "Hired", "入职日期",
          N_("First day of employment; empty: unknown")}
        .also(hired_aliases),
    Field{"left_on", FieldType::day, member<&HrRow::left_on>, "Left", "离职日期",
          N_("Last day of employment; empty: still there")}
        .also(left_aliases),
    Field{"email", FieldType::text, member<&HrRow::email>, "Email", "电子邮件", N_("Mail address")}.also(email_aliases),
    Field{"phone", FieldType::text, member<&HrRow::phone>, "Phone", "电话", N_("Telephone number as dialled")}.also(
        phone_aliases),
};
enum { k_number, k_name, k_department, k_title, k_manager, k_grade, k_hired_on, k_left_on, k_email, k_phone };

/// `P-A1` is a code that the list does not know: its people are called A1.
std::string as_listed(std::string text, const std::set<std::string>& numbers) {
    for (auto at = text.find("P-"); at != text.npos; at = text.find("P-", at + 1)) {
        const auto end = std::min(text.find_first_of(" \",;", at), text.size());
        if (numbers.contains(text.substr(at + 2, end - at - 2))) text.erase(at, 2);
    }
    return text;
}

/// A part of the list as the file of one record.
class Part {
public:
    Part(const Record& r, std::unique_ptr<RowRules> rules, std::vector<std::pair<std::string_view, int>> columns)
        : record_(r), rules_(std::move(rules)), columns_(std::move(columns)) {
        for (const auto& [key, from] : columns_) text_ += (text_.empty() ? "" : ",") + std::string(key);
        text_ += '\n';
    }
    void add(const std::vector<std::string>& cells, std::int64_t row) {
        for (std::size_t i = 0; i < cells.size(); ++i) text_ += (i ? "," : "") + quoted_cell(cells[i], ',');
        text_ += '\n';
        rows_.push_back(row);
    }
    /// Writes it as a part of the operation at hand; problems say the row and column of the list, and people by the
    /// numbers that stand there.
    bool import(Workspace& w, const ImportOptions& whole, const std::vector<int>& column_of,
                const std::vector<std::string>& header, const std::set<std::string>& numbers, ImportResult& into) {
        if (rows_.empty()) return true;
        ImportOptions o;
        o.bytes = text_;
        o.path = whole.path;
        o.again = o.seed = true;
        o.accept = whole.accept;
        o.on_conflict = whole.on_conflict;
        o.effective = whole.effective;
        done = import_file(w, record_, *rules_, o);
        bool good = true;
        for (Problem p : done.problems) {
            p.message = as_listed(std::move(p.message), numbers);
            if (as_listed(p.hint, numbers) != p.hint) p.hint.clear();  // it names what the list does not know
            const auto at = static_cast<std::size_t>(p.row - 2);
            p.row = p.row >= 2 && at < rows_.size() ? rows_[at] : 0;
            p.column = 0;
            for (const auto& [key, from] : columns_)
                if (key == p.field && from >= 0 && column_of[static_cast<std::size_t>(from)] >= 0) {
                    const auto column = column_of[static_cast<std::size_t>(from)];
                    p.column = column + 1;
                    p.header = header[static_cast<std::size_t>(column)];
                    p.field = fields[from].key;
                }
            good = good && p.warning;
            into.problems.push_back(std::move(p));
        }
        return good;
    }
    const std::string& text() const { return text_; }
    ImportResult done;

private:
    const Record& record_;
    std::unique_ptr<RowRules> rules_;
    std::vector<std::pair<std::string_view, int>> columns_;  ///< key here, field of the list
    std::string text_;
    std::vector<std::int64_t> rows_;
};

/// The next free code for a department that a list names.
std::string free_code(db::Session& db, std::int64_t& number) {
    std::string code;
    do code = fmt::format("D-{:03}", ++number);
    while (key_exists(db, department::record(), code));
    return code;
}

/// Rows that are left out, with what is wrong with each.
using Bad = std::map<std::int64_t, std::vector<Problem>>;

/// One attempt to write all rows but the bad ones.
class List {
public:
    List(Workspace& w, const ImportOptions& options, const Bad& bad)
        : w_(w),
          options_(options),
          bad_(bad),
          known_(w.db(), w.today()),
          departments_(department::record(), department::row_rules(), {{"code", -1}, {"name", k_department}}),
          positions_(position::record(), position::row_rules(),
                     {{"code", k_number},
                      {"title", k_title},
                      {"department", k_department},
                      {"reports_to", k_manager},
                      {"grade", k_grade}}),
          people_(employee::record(), employee::row_rules(),
                  {{"number", k_number},
                   {"name", k_name},
                   {"position", k_number},
                   {"hired_on", k_hired_on},
                   {"left_on", k_left_on},
                   {"email", k_email},
                   {"phone", k_phone}}) {
        if (options.reject) rejects_ = std::make_unique<Rejects>(options.rejects_path, options.map.read);
    }

    ImportResult run(ByteSource& source) {
        if (!read(source)) return std::move(result_);
        Operation op(w_, "org.import", options_.path, options_.command);
        op.join();
        bool good = std::all_of(result_.problems.begin(), result_.problems.end(),
                                [&](const Problem& p) { return p.warning || bad_.contains(p.row); });
        for (Part* part : {&departments_, &positions_}) good = write(*part) && good;
        // Without their positions people would all be wrong.
        if (!good || !write(people_)) return rejected();
        count();
        if (result_.inserted + result_.updated > 0) note_import(op, "org", options_, result_, digest_.hex());
        if (rejects_ && !w_.dry_run) rejects_->finish(result_.problems);
        if (result_.inserted + result_.updated == 0) return std::move(result_);
        op.commit();
        result_.written = !w_.dry_run;
        return std::move(result_);
    }

private:
    bool write(Part& part) {
        digest_.add(part.text());
        return part.import(w_, options_, column_of_, header_, numbers_, result_);
    }
    bool read(ByteSource& source) {
        auto rows = open_rows(source, options_.map.read, [this](Problem p) {
            if (!bad_.contains(p.row)) result_.problems.push_back(std::move(p));
        });
        header_ = rows->header();
        origins_ = match_header(hr_list(), header_, rows->header_row(), options_.map,
                                options_.on_conflict == OnConflict::update, result_.problems);
        for (const Origin& o : origins_) column_of_.push_back(o.column);
        result_.encoding = rows->encoding();
        if (!result_.problems.empty()) return false;
        if (rejects_) rejects_->header(header_);
        const RowFilter filter(options_.map, header_);
        RawRow raw;
        for (bool bad = false; rows->next(raw, bad);) {
            if (!bad && !filter.holds(raw.cells)) {
                ++result_.skipped;
                continue;
            }
            ++result_.read;
            if (const auto it = bad_.find(raw.row); it != bad_.end()) {
                ++result_.rejected;
                std::deque<std::string> texts;
                if (const Origin& number = origins_[k_number]; number.given())
                    left_out_.emplace(trim(number.text_of(raw.cells, texts)), raw.row);
                for (const Problem& p : it->second) result_.problems.push_back(p);
                if (rejects_) rejects_->add(raw, it->second, rows->encoding());
            } else if (!bad) {
                one(raw);
            }
        }
        result_.encoding = rows->encoding();
        result_.skipped += rows->skipped();
        place();
        return true;
    }
    /// Nothing is written; every row with a problem is counted once.
    ImportResult rejected() {
        std::set<std::int64_t> rows;
        for (const Problem& p : result_.problems)
            if (!p.warning) rows.insert(p.row);
        result_.rejected = static_cast<std::int64_t>(rows.size());
        std::stable_sort(result_.problems.begin(), result_.problems.end(),
                         [](const Problem& a, const Problem& b) { return a.row < b.row; });
        return std::move(result_);
    }
    /// A row is a person with a position: it is changed when either is.
    void count() {
        const auto &place = positions_.done, &person = people_.done;
        result_.inserted = person.inserted;
        result_.updated = std::max(place.updated, person.updated);
        result_.unchanged = result_.read - result_.inserted - result_.updated - result_.rejected;
    }
    /// The positions, once everybody of the list is known.
    void place() {
        for (auto& [row, cells] : placed_) {
            std::string& manager = cells[3];
            if (!manager.empty() && numbers_.contains(manager))
                manager = "P-" + manager;
            else if (!manager.empty())
                manager = position_of(row, manager);
            positions_.add(cells, row);
        }
    }
    /// The code of the position that a manager holds who is not in the list but was entered before.
    std::string position_of(std::int64_t row, const std::string& manager) {
        const auto id = known_.find(employee::record(), manager);
        const auto found =
            id && id != RowRules::ambiguous ? find_row(w_.db(), employee::record(), id, {}) : std::nullopt;
        const auto held = found ? to_struct<Employee>(employee::record(), *found).position.value : 0;
        if (held) return number_of(w_.db(), position::record(), held);
        const auto other = left_out_.find(manager);
        problem(row, k_manager,
                other == left_out_.end() ? say("there is no employee \"{number}\"", fmt::arg("number", manager))
                                         : say("{number} stands in row {row}, which is rejected",
                                               fmt::arg("number", manager), fmt::arg("row", other->second)));
        return {};
    }
    void problem(std::int64_t row, int field, std::string message) {
        Problem p{row, 0, "", std::string(fields[field].key), "", std::move(message)};
        if (const auto column = column_of_[static_cast<std::size_t>(field)]; column >= 0) {
            p.column = column + 1;
            p.header = header_[static_cast<std::size_t>(column)];
        }
        result_.problems.push_back(std::move(p));
    }
    void one(const RawRow& raw) {
        std::deque<std::string> texts;
        const auto text = [&](int field) {
            const Field& f = fields[field];
            const Origin& o = origins_[static_cast<std::size_t>(field)];
            Value v;
            if (!o.given()) return std::string();
            if (auto why = parse_value(f, o.text_of(raw.cells, texts), o.map, 0, v, texts)) {
                problem(raw.row, field, std::move(*why));
                return std::string();
            }
            return v ? display(w_.db(), f, v, 0) : std::string();
        };
        const auto number = text(k_number), manager = text(k_manager), department = text(k_department);
        if (!department.empty() && known_.find(department::record(), department) == 0 &&
            made_.emplace(match_form(department)).second)
            departments_.add({free_code(w_.db(), last_code_), department}, raw.row);
        const auto place = number.empty() ? std::string() : "P-" + number;
        numbers_.insert(number);
        placed_.push_back({raw.row, {place, text(k_title), department, manager, text(k_grade)}});
        people_.add({number, text(k_name), place, text(k_hired_on), text(k_left_on), text(k_email), text(k_phone)},
                    raw.row);
    }

    Workspace& w_;
    const ImportOptions& options_;
    const Bad& bad_;
    References known_;
    Part departments_, positions_, people_;
    std::set<std::string> made_, numbers_;
    std::map<std::string, std::int64_t, std::less<>> left_out_;  ///< row of the list, by number of the person
    std::vector<std::pair<std::int64_t, std::vector<std::string>>> placed_;  ///< row of the list, cells of the position
    std::int64_t last_code_ = 0;
    std::vector<std::string> header_;
    std::vector<Origin> origins_;
    std::vector<int> column_of_;
    std::unique_ptr<Rejects> rejects_;
    Digest digest_;
    ImportResult result_;
};

}  // namespace

const Record& hr_list() {
    static const Record r{.noun = N_("person"),
                          .plural = N_("people"),
                          .en = "Person",
                          .zh = "人员",
                          .fields = fields,
                          .voidable = false};
    return r;
}

ImportResult import_hr_list(Workspace& w, const ImportOptions& options) {
    const auto source = open_source(options.path);
    Bad bad;
    for (;;) {
        auto result = List(w, options, bad).run(*source);
        Bad found;
        if (options.reject && result.read > 0)
            for (const Problem& p : result.problems)
                if (!p.warning && p.row > 0 && !bad.contains(p.row)) found[p.row].push_back(p);
        if (found.empty()) return result;
        bad.merge(found);
        if (!source->rewind())
            throw Error(Exit::rejected, bad.begin()->second.front().message,
                        tr("such a row cannot be rejected from standard input; give a file"));
    }
}

}  // namespace agency::org
