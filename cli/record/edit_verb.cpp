#include "record/edit_verb.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "app/invocation.hpp"
#include "app/programs.hpp"
#include "base/error.hpp"
#include "base/system_error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "record/called.hpp"
#include "record/form.hpp"
#include "record/import.hpp"
#include "record/import_verb.hpp"
#include "record/record_verbs.hpp"
#include "record/store.hpp"

namespace agency::cli {
namespace {

using Texts = std::vector<std::pair<std::string, std::string>>;

constexpr Option options[] = {
    {"set", "KEY=VALUE", N_("Change this field without an editor; an empty value takes it away"), 0, false, true},
    {"effective", "DAY", N_("Day from which dated fields have their new value; default today")}};

/// The record as it was read: what changes is compared with it, and nobody may have changed it since.
struct Reading {
    std::string number, json;
    std::vector<std::string> texts;  ///< in field order, as displayed
};

Reading read(Invocation& in, const Record& r, Date day) {
    auto& db = in.workspace().db();
    Reading out{in.resolve(r, in.argument(0)), {}, {}};
    const auto row = get_row(db, r, out.number, {day});
    if (r.voidable && get_row(db, r, out.number, {last_day}).voided_on)  // also from a later day on
        throw Error(Exit::refused,
                    say("{noun} {number} is voided", fmt::arg("noun", called(r)), fmt::arg("number", out.number)))
            .with_ref(out.number);
    out.json = json_of(db, r, row.values);
    const int digits = digits_of(db, r, row.values);
    for (std::size_t i = 0; i < r.fields.size(); ++i)
        out.texts.push_back(row.values[i] ? display(db, r.fields[i], row.values[i], digits) : std::string());
    return out;
}

/// Only what is not as it was.
Texts changed(const Record& r, const Reading& before, const Texts& given) {
    Texts out;
    for (const auto& [key, text] : given)
        if (trim(text) != before.texts[r.index(key)]) out.emplace_back(key, text);
    return out;
}

Texts from_options(Invocation& in, const Record& r) {
    Texts out;
    for (const auto& word : in.all("set")) {
        const auto equals = word.find('=');
        if (equals == word.npos)
            throw Error(Exit::usage, say("--set {word} has no =", fmt::arg("word", word)), tr("write --set note=text"))
                .with_field("set");
        const auto key = word.substr(0, equals);
        const Field* f = r.find(key);
        if (f && stands_in_form(*f)) {
            if (std::any_of(out.begin(), out.end(), [&](const auto& one) { return one.first == key; }))
                throw Error(Exit::usage, say("{option} is given twice", fmt::arg("option", "--set " + key)))
                    .with_field(key);
            out.emplace_back(key, word.substr(equals + 1));
            continue;
        }
        std::vector<std::string_view> keys;
        for (const Field& one : r.fields)
            if (stands_in_form(one)) keys.push_back(one.key);
        const auto near = nearest(key, keys);
        throw Error(
            Exit::usage,
            f ? say("{field} never changes", fmt::arg("field", key))
              : say("{noun} has no field {field}", fmt::arg("noun", typed(r)), fmt::arg("field", key)),
            f ? say("void it and enter it anew under another number, or take its entry back with agency undo and "
                    "enter it again; see: agency {noun} --help",
                    fmt::arg("noun", typed(r)))
            : near.empty() ? say("see: agency {noun} fields", fmt::arg("noun", typed(r)))
                           : say("did you mean {near}?", fmt::arg("near", near)))
            .with_field(key);
    }
    return out;
}

/// The text that the person types, in a file of its own that is gone when the change is made.
class FormFile {
public:
    explicit FormFile(const Record& r) {
        const char* folder = std::getenv("TMPDIR");
        path_ = std::string(folder && *folder ? folder : "/tmp") + "/agency-" + std::string(r.noun) + "-XXXXXX.toml";
        const int fd = ::mkstemps(path_.data(), 5);
        if (fd < 0) fail();
        ::close(fd);
    }
    ~FormFile() {
        if (!kept_) ::unlink(path_.c_str());
    }
    FormFile(const FormFile&) = delete;

    std::string read() const {
        std::ifstream file(path_, std::ios::binary);
        if (!file) fail();
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }
    void write(const std::string& text) const {
        std::ofstream file(path_, std::ios::binary | std::ios::trunc);
        file << text;
        if (!file.flush()) fail();
    }
    /// The file stays, and the error says where.
    void keep(Error& e) {
        kept_ = true;
        const auto where = say("what was typed is in {path}", fmt::arg("path", path_));
        e.hint = e.hint.empty() ? where : e.hint + tr("; ") + where;
    }
    const std::string& path() const { return path_; }

private:
    [[noreturn]] void fail() const {
        throw Error(exit_of(errno),
                    say("{name} cannot be written: {why}", fmt::arg("name", path_), fmt::arg("why", reason_of(errno))));
    }
    std::string path_;
    bool kept_ = false;
};

class Edit {
public:
    explicit Edit(Invocation& in)
        : in_(in),
          r_(in.noun->record()),
          day_(in.day("effective").value_or(in.workspace().today())),
          before_(read(in, r_, day_)) {}

    Outcome by_options() {
        const auto result = write(from_options(in_, r_));
        try {
            throw_problem(result, r_, warn());
        } catch (const Error& e) {
            throw with_way_to_accept(in_, e);
        }
        return answer(result);
    }

    Outcome by_form() {
        if (in_.workspace().db().in_transaction())
            throw Error(Exit::usage, tr("a line of a batch has no editor"), tr("use --set KEY=VALUE"));
        const auto editor = editor_command(in_.globals.editor);
        if (editor.empty())
            throw Error(Exit::usage, tr("there is no editor"), tr("set EDITOR, or use --set KEY=VALUE"));
        FormFile file(r_);
        auto shown = write_form(r_, before_.texts, to_string(day_));
        Error mistake(Exit::usage, "");
        for (bool again = false;; again = true) {
            file.write(shown);
            try {
                run_editor(editor, file.path());
            } catch (Error& e) {
                if (file.read() != shown) file.keep(e);
                throw;
            }
            const auto typed = file.read();
            const bool untouched = with_remarks(typed, {}) == with_remarks(shown, {});
            if (untouched && again) {  // the person gives up, or a script has nothing else to say
                file.keep(mistake);
                throw mistake;
            }
            if (untouched || trim(typed).empty()) return answer({});
            try {
                const auto result = write(read_form(r_, typed));
                throw_problem(result, r_, warn());
                return answer(result);
            } catch (Error& e) {
                if (e.code != Exit::usage && e.code != Exit::refused && e.code != Exit::not_found) {
                    file.keep(e);
                    throw;
                }
                mistake = e;
            }
            shown = with_remarks(typed, remarks(mistake));
        }
    }

private:
    ImportResult write(const Texts& given) {
        const auto texts = changed(r_, before_, given);
        problems_.clear();
        if (texts.empty()) return {};
        if (in_.has("effective")) refuse_undated(texts);
        ImportOptions o;
        o.command = in_.command_line;
        o.effective = day_;
        const auto rules = in_.noun->rules();
        auto result = agency::edit_record(in_.workspace(), r_, *rules, before_.number, texts, before_.json, o);
        problems_ = result.problems;
        return result;
    }
    /// A day was given, and nothing that changes goes by days.
    void refuse_undated(const Texts& texts) const {
        const auto dated = [&](const auto& t) { return r_.field(t.first).change == Change::dated; };
        if (std::any_of(texts.begin(), texts.end(), dated)) return;
        const auto& key = texts.front().first;
        throw Error(Exit::usage, say("{field} is corrected from the beginning and has no day", fmt::arg("field", key)),
                    tr("leave --effective out"))
            .with_field(key);
    }
    std::function<void(const Problem&)> warn() const {
        return [&](const Problem& p) { in_.tell(say("warning: {text}", fmt::arg("text", p.message))); };
    }
    /// All that is wrong, not the first only.
    std::vector<std::string> remarks(const Error& e) const {
        std::vector<std::string> out;
        for (const Problem& p : problems_)
            if (!p.warning)
                out.push_back((p.field.empty() ? "" : p.field + ": ") + p.message +
                              (p.rule.empty() ? "" : " [" + p.rule + "]") + (p.hint.empty() ? "" : tr("; ") + p.hint));
        if (out.empty()) out.push_back(e.what() + (e.hint.empty() ? "" : tr("; ") + e.hint));
        return out;
    }
    Outcome answer(const ImportResult& result) const {
        return done(in_, r_.noun, before_.number, result.updated ? N_("changed") : N_("unchanged"), {},
                    result.updated > 0);
    }

    Invocation& in_;
    const Record& r_;
    Date day_;
    Reading before_;
    std::vector<Problem> problems_;
};

}  // namespace

std::span<const Option> edit_options() {
    return options;
}

Outcome edit_record(Invocation& in) {
    Edit edit(in);
    return in.has("set") ? edit.by_options() : edit.by_form();
}

}  // namespace agency::cli
