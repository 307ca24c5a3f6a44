#include "record/spool.hpp"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

constexpr std::size_t block = 256 * 1024;
constexpr std::size_t head = 8;  // size and id

// A value is one byte and what follows it: 0 null; 1-8 an integer of so many bytes; 9-254 a text of so many bytes less
// 9; 255 a longer text, its size in four bytes before it.
constexpr unsigned char text_from = 9, long_text = 255;
constexpr std::size_t longest_short = long_text - text_from - 1;

void put_value(std::string& out, const Value& v) {
    if (v.kind == Value::Kind::null) {
        out += '\0';
    } else if (v.kind == Value::Kind::integer) {
        const auto folded = static_cast<std::uint64_t>(v.n) << 1 ^ static_cast<std::uint64_t>(v.n >> 63);  // sign last
        char bytes[9];
        std::memcpy(bytes + 1, &folded, 8);
        const int size = std::max(1, (64 - std::countl_zero(folded) + 7) / 8);
        bytes[0] = static_cast<char>(size);
        out.append(bytes, static_cast<std::size_t>(size) + 1);
    } else if (v.s.size() <= longest_short) {
        out += static_cast<char>(text_from + v.s.size());
        out += v.s;
    } else {
        const auto size = static_cast<std::uint32_t>(v.s.size());
        out += static_cast<char>(long_text);
        out.append(reinterpret_cast<const char*>(&size), sizeof size);
        out += v.s;
    }
}

const char* take_value(const char* p, Value& v) {
    const auto tag = static_cast<unsigned char>(*p++);
    if (tag == 0) {
        v = {};
        return p;
    }
    if (tag < text_from) {
        std::uint64_t folded = 0;
        std::memcpy(&folded, p, tag);
        v = Value::of(static_cast<std::int64_t>(folded >> 1 ^ (0 - (folded & 1))));
        return p + tag;
    }
    std::uint32_t size = tag - text_from;
    if (tag == long_text) {
        std::memcpy(&size, p, sizeof size);
        p += sizeof size;
    }
    v = Value::of(std::string_view(p, size));
    return p + size;
}

[[noreturn]] void fail() {
    throw Error(Exit::outside,
                say("the temporary file cannot be written or read: {why}", fmt::arg("why", reason_of(errno))),
                tr("make space in TMPDIR; nothing was written"));
}

}  // namespace

Spool::Spool() {
    buffer_.reserve(block + 4096);
}

Spool::~Spool() {
    if (done_.valid()) done_.wait();
    if (file_) std::fclose(file_);
}

void Spool::put(std::uint32_t id, const std::vector<Value>& values) {
    row_.resize(head);
    std::memcpy(row_.data() + 4, &id, sizeof id);
    for (const Value& v : values) put_value(row_, v);
    const auto size = static_cast<std::uint32_t>(row_.size());
    std::memcpy(row_.data(), &size, sizeof size);
    if (buffer_.size() + row_.size() > block) flush();
    buffer_ += row_;
}

void Spool::settle() {
    if (done_.valid() && !done_.get()) fail();
}

void Spool::flush() {
    settle();
    if (!file_ && !(file_ = std::tmpfile())) fail();
    behind_.swap(buffer_);
    buffer_.clear();
    done_ = std::async(std::launch::async,
                       [this] { return std::fwrite(behind_.data(), 1, behind_.size(), file_) == behind_.size(); });
}

std::string Spool::hash() {
    if (!hash_.empty()) return hash_;
    if (file_) {
        for (rewind(); refill(1);) at_ = buffer_.size();
    } else {
        digest_.add(buffer_);
        hash_ = digest_.hex();
    }
    return hash_;
}

void Spool::rewind() {
    at_ = 0;
    if (!file_) return;
    settle();
    if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size() || std::fflush(file_) != 0) fail();
    buffer_.clear();
    std::rewind(file_);
    digest_ = Digest();
}

void Spool::resume() {
    at_ = 0;
    if (!file_) return;
    settle();
    buffer_.clear();
    hash_.clear();
    if (std::fseek(file_, 0, SEEK_END) != 0) fail();
}

bool Spool::refill(std::size_t need) {
    const auto left = buffer_.size() - at_;
    if (!file_ || left >= need) return left >= need;
    buffer_.erase(0, at_);
    at_ = 0;
    const auto have = buffer_.size();
    buffer_.resize(std::max(block, need));
    const auto got = std::fread(buffer_.data() + have, 1, buffer_.size() - have, file_);
    if (std::ferror(file_)) fail();
    buffer_.resize(have + got);
    settle();
    if (got > 0 && hash_.empty()) {
        behind_.assign(buffer_, have);
        done_ = std::async(std::launch::async, [this] {
            digest_.add(behind_);
            return true;
        });
    } else if (hash_.empty()) {
        hash_ = digest_.hex();
    }
    return buffer_.size() >= need;
}

bool Spool::get(std::uint32_t& id, std::vector<Value>& values) {
    if (!refill(4)) return false;
    std::uint32_t size = 0;
    std::memcpy(&size, buffer_.data() + at_, 4);
    if (!refill(size)) fail();
    const char* p = buffer_.data() + at_;
    std::memcpy(&id, p + 4, sizeof id);
    p += head;
    for (Value& v : values) p = take_value(p, v);
    at_ += size;
    return true;
}

}  // namespace agency
