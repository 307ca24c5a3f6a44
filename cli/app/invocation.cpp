#include "app/invocation.hpp"

#include <poll.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "app/adapter.hpp"
#include "app/messages.hpp"
#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"
#include "output/progress.hpp"
#include "record/called.hpp"
#include "record/store.hpp"

namespace agency::cli {
namespace {

/// `what` is what the user calls it, `--as-of`; `field` its key.
Date day_from(std::string_view text, std::string_view what, std::string_view field, Workspace& w) {
    if (text == "today") return w.today();
    if (text == "yesterday") return w.today() + -1;
    if (const auto d = parse_date(text)) return *d;
    throw Error(Exit::usage, say("{what} \"{text}\" is not a day", fmt::arg("what", what), fmt::arg("text", text)),
                tr("write 2026-03-01, or today"))
        .with_field(field);
}

bool holds = false, held = false;

Instant system_now() {
    return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

}  // namespace

void hold_messages(bool hold) {
    holds = hold;
    if (hold) held = false;
}

bool messages_held() {
    return held;
}

bool confirmed(const Invocation& in, const std::string& question) {
    if (in.globals.yes || in.globals.dry_run || !::isatty(STDIN_FILENO) || !::isatty(STDERR_FILENO)) return true;
    std::fprintf(stderr, "%s [y/N] ", escape_controls(question).c_str());
    std::string answer;
    for (char c = 0; c != '\n';) {
        stop_if_interrupted();
        pollfd wanted{STDIN_FILENO, POLLIN, 0};
        if (::poll(&wanted, 1, 100) <= 0) continue;
        if (::read(STDIN_FILENO, &c, 1) <= 0) break;
        answer += c;
    }
    const auto word = fold(trim(answer));
    return word == "y" || word == "yes" || word == "是";
}

Clock Invocation::clock() const {
    std::string text(get("now"));
    if (text.empty()) {
        const char* given = std::getenv("AGENCY_NOW");
        text = given ? given : "";
    }
    if (text.empty()) return {system_now(), false, system_now};
    if (const auto t = parse_instant(text)) return {*t, true, nullptr};
    throw Error(Exit::usage, say("the clock \"{text}\" is not an instant", fmt::arg("text", text)),
                tr("write 2026-03-01T09:00Z or 2026-03-01T17:00+08:00"))
        .with_field("now");
}

std::string_view Invocation::get(std::string_view key) const {
    const auto it = values.find(std::string(key));
    return it == values.end() ? std::string_view() : std::string_view(it->second.back());
}

std::vector<std::string> Invocation::all(std::string_view key) const {
    const auto it = values.find(std::string(key));
    return it == values.end() ? std::vector<std::string>() : it->second;
}

std::optional<Date> Invocation::day(std::string_view key) const {
    if (!has(key)) return std::nullopt;
    return day_from(get(key), spelled(key), key, open());
}

Date Invocation::day_argument(std::size_t i) const {
    return day_from(argument(i), verb->arguments[i].name, verb->arguments[i].name, open());
}

std::optional<Instant> Invocation::instant(std::string_view key) const {
    if (!has(key)) return std::nullopt;
    if (const auto t = parse_instant(get(key))) return t;
    throw Error(Exit::usage,
                say("{what} \"{text}\" is not an instant", fmt::arg("what", spelled(key)), fmt::arg("text", get(key))),
                tr("write 2026-03-01T09:00Z or 2026-03-01T17:00+08:00"))
        .with_field(key);
}

std::optional<std::int64_t> Invocation::integer(std::string_view key) const {
    if (!has(key)) return std::nullopt;
    const auto text = get(key);
    std::int64_t n = 0;
    const auto [p, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (ec != std::errc{} || p != text.data() + text.size() || n < 0 || n > INT32_MAX)
        throw Error(Exit::usage, say("{option} \"{text}\" is not a whole number from 0 on",
                                     fmt::arg("option", spelled(key)), fmt::arg("text", text)))
            .with_field(key);
    return n;
}

std::optional<std::int64_t> Invocation::days(std::string_view key) const {
    if (!has(key)) return std::nullopt;
    const auto text = get(key);
    std::int64_t n = 0;
    const auto [p, ec] = std::from_chars(text.data(), text.data() + text.size(), n);
    const std::string_view rest(p, static_cast<std::size_t>(text.data() + text.size() - p));
    if (ec != std::errc{} || n < 0 || n > INT32_MAX || (!rest.empty() && rest != "d"))
        throw Error(Exit::usage, say("\"{text}\" is no number of days", fmt::arg("text", text)), tr("write 30d"))
            .with_field(key);
    return n;
}

Workspace& Invocation::workspace() {
    return open();
}

AsOf Invocation::as_of() {
    auto& w = workspace();
    return w.as_of(day("as_of").value_or(w.today()), instant("known_at"));
}

std::string Invocation::resolve(const Record& record, std::string_view ref) {
    auto& db = workspace().db();
    if (key_exists(db, record, ref)) return std::string(ref);
    const auto found = keys_with_prefix(db, record, ref, 6);
    if (found.size() == 1 && !ref.empty()) return found[0];
    const auto join = [](const std::vector<std::string>& list) {
        std::string out;
        for (std::size_t i = 0; i < list.size() && i < 5; ++i) out += (i ? ", " : "") + list[i];
        return out + (list.size() > 5 ? ", …" : "");
    };
    if (found.size() > 1)
        throw Error(
            Exit::usage,
            say("\"{ref}\" may be several {noun} numbers", fmt::arg("ref", ref), fmt::arg("noun", called(record))),
            say("it may be {numbers}; write more of it", fmt::arg("numbers", join(found))))
            .with_ref(ref);
    const auto near = nearby_keys(db, record, ref, 3);
    throw Error(Exit::not_found,
                say("there is no {noun} {number}", fmt::arg("noun", called(record)), fmt::arg("number", ref)),
                near.empty() ? say("see: agency {noun} list", fmt::arg("noun", typed(record)))
                             : say("did you mean {near}?", fmt::arg("near", join(near))))
        .with_ref(ref);
}

Row Invocation::row(const Record& record, std::string_view ref, const AsOf& when) {
    auto& db = workspace().db();
    if (auto row = find_row(db, record, ref, when)) return std::move(*row);
    return get_row(db, record, resolve(record, ref), when);
}

void Invocation::tell(const std::string& sentence) const {
    const bool json = globals.format == "json" || globals.format == "jsonl";  // stderr holds the one error object
    if (globals.quiet || json) return;
    if (holds) {
        held = true;
        return;
    }
    output::Progress::clear();
    std::fprintf(stderr, "%s\n", escape_controls(sentence).c_str());
}

}  // namespace agency::cli
