#include "record/spool.hpp"

#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

constexpr std::size_t block = 1 << 20;

template <class T>
void append(std::string& out, T v) {
    out.append(reinterpret_cast<const char*>(&v), sizeof v);
}

template <class T>
T take(const char*& p) {
    T v;
    std::memcpy(&v, p, sizeof v);
    p += sizeof v;
    return v;
}

[[noreturn]] void fail() {
    throw Error(Exit::outside,
                say("the temporary file cannot be written or read: {why}", fmt::arg("why", std::strerror(errno))),
                tr("make space in TMPDIR; nothing was written"));
}

}  // namespace

Spool::Spool() {
    buffer_.reserve(block + 4096);
}
Spool::~Spool() {
    if (file_) std::fclose(file_);
}

void Spool::put(char kind, std::uint32_t id, const std::vector<Value>& values) {
    row_.clear();
    append(row_, std::uint32_t{0});
    row_ += kind;
    append(row_, id);
    for (const Value& v : values) {
        row_ += static_cast<char>(v.kind);
        if (v.kind == Value::Kind::integer) append(row_, v.n);
        if (v.kind == Value::Kind::text) {
            append(row_, static_cast<std::uint32_t>(v.s.size()));
            row_ += v.s;
        }
    }
    const auto size = static_cast<std::uint32_t>(row_.size());
    std::memcpy(row_.data(), &size, sizeof size);
    if (buffer_.size() + row_.size() > block) flush();
    buffer_ += row_;
    last_ = row_;
}

void Spool::flush() {
    if (!file_ && !(file_ = std::tmpfile())) fail();
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) fail();
    buffer_.clear();
}

void Spool::rewind() {
    if (file_) {
        flush();
        if (std::fflush(file_) != 0) fail();
        std::rewind(file_);
    }
    at_ = 0;
}

bool Spool::get(char& kind, std::uint32_t& id, std::vector<Value>& values) {
    const auto left = [&] { return buffer_.size() - at_; };
    const auto refill = [&](std::size_t need) {
        if (!file_ || left() >= need) return left() >= need;
        buffer_.erase(0, at_);
        at_ = 0;
        const auto have = buffer_.size();
        buffer_.resize(std::max(block, need));
        const auto got = std::fread(buffer_.data() + have, 1, buffer_.size() - have, file_);
        if (std::ferror(file_)) fail();
        buffer_.resize(have + got);
        return left() >= need;
    };
    if (!refill(4)) return false;
    std::uint32_t size = 0;
    std::memcpy(&size, buffer_.data() + at_, 4);
    if (!refill(size)) fail();
    last_ = {buffer_.data() + at_, size};
    const char* p = last_.data() + 4;
    kind = *p++;
    id = take<std::uint32_t>(p);
    for (Value& v : values) {
        v = {static_cast<Value::Kind>(*p++), 0, {}};
        if (v.kind == Value::Kind::integer) v.n = take<std::int64_t>(p);
        if (v.kind == Value::Kind::text) {
            const auto n = take<std::uint32_t>(p);
            v.s = {p, n};
            p += n;
        }
    }
    at_ += size;
    return true;
}

}  // namespace agency
