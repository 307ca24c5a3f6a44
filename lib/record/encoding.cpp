#include "record/encoding.hpp"

#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/system_error.hpp"
#include "base/text.hpp"
#include "base/translate.hpp"

namespace agency {
namespace {

constexpr std::string_view lost = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::size_t block_size = 128 * 1024;     // small enough to stay in the cache
constexpr int looks_every_ms = 100;                // while nothing comes

class FileSource final : public ByteSource {
public:
    explicit FileSource(std::string path)
        : path_(std::move(path)), fd_(path_ == "-" ? STDIN_FILENO : ::open(path_.c_str(), O_RDONLY | O_CLOEXEC)) {
        struct stat st {};
        if (fd_ < 0 || ::fstat(fd_, &st) != 0) fail(errno);
        if (S_ISDIR(st.st_mode)) fail(EISDIR);
        start_ = ::lseek(fd_, 0, SEEK_CUR);
        if (S_ISREG(st.st_mode)) size_ = static_cast<std::size_t>(st.st_size);
    }
    ~FileSource() override {
        if (fd_ > STDIN_FILENO) ::close(fd_);
    }
    std::size_t read(char* out, std::size_t size) override {
        while (!stopped_) {
            stop_if_interrupted();
            pollfd wanted{fd_, POLLIN, 0};  // the thread that a signal wakes may be another
            if (::poll(&wanted, 1, looks_every_ms) == 0) continue;
            const auto n = ::read(fd_, out, size);
            if (n >= 0) return static_cast<std::size_t>(n);
            if (errno != EINTR) fail(errno);
        }
        return 0;
    }
    void stop() override { stopped_ = true; }
    bool rewind() override {
        stopped_ = false;
        return start_ >= 0 && ::lseek(fd_, start_, SEEK_SET) == start_;
    }
    std::size_t size() const override { return size_; }
    std::string name() const override { return path_; }

private:
    [[noreturn]] void fail(int error) const {
        throw Error(exit_of(error), path_ == "-"
                                        ? say("standard input cannot be read: {why}", fmt::arg("why", reason_of(error)))
                                        : say("{path} cannot be read: {why}", fmt::arg("path", path_),
                                              fmt::arg("why", reason_of(error))));
    }
    std::string path_;
    int fd_;
    off_t start_ = -1;
    std::size_t size_ = 0;
    std::atomic<bool> stopped_ = false;
};

class MemorySource final : public ByteSource {
public:
    MemorySource(std::string bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)) {}
    std::size_t read(char* out, std::size_t size) override {
        const auto n = std::min(size, bytes_.size() - at_);
        std::memcpy(out, bytes_.data() + at_, n);
        at_ += n;
        return n;
    }
    bool rewind() override {
        at_ = 0;
        return true;
    }
    std::size_t size() const override { return bytes_.size(); }
    std::string name() const override { return name_; }

private:
    std::string bytes_, name_;
    std::size_t at_ = 0;
};

/// Bytes at the end that may be the beginning of a UTF-8 character.
std::size_t open_tail(std::string_view s) {
    for (std::size_t back = 1; back <= 3 && back <= s.size(); ++back) {
        const auto c = static_cast<unsigned char>(s[s.size() - back]);
        if (c < 0x80) return 0;
        if (c >= 0xC0) return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > back ? back : 0;
    }
    return 0;
}

[[noreturn]] void no_table(const std::string& name, const char* what, const char* next) {
    throw Error(Exit::rejected,
                say("{name} is {what}, not a table of text", fmt::arg("name", name), fmt::arg("what", what)), next);
}

/// The byte order of UTF-16 without a BOM, or 0: zeros on one side, a line end among them, and on the other at most
/// half as many (一 is U+4E00); no pair is zero as a whole.
char utf16_order(std::string_view s) {
    std::size_t even = 0, odd = 0, even_ends = 0, odd_ends = 0, both = 0;
    for (std::size_t i = 0; i + 1 < s.size(); i += 2) {
        const auto is_end = [&](char c) { return c == '\n' || c == '\r'; };
        even += s[i] == 0;
        odd += s[i + 1] == 0;
        both += s[i] == 0 && s[i + 1] == 0;
        even_ends += s[i] == 0 && is_end(s[i + 1]);
        odd_ends += s[i + 1] == 0 && is_end(s[i]);
    }
    if (both > 0) return '\0';
    if (even * 2 <= odd && odd_ends > 0 && odd * 40 >= s.size()) return 'l';
    return odd * 2 <= even && even_ends > 0 && even * 40 >= s.size() ? 'b' : '\0';
}

bool strict_gb18030(std::string_view s) {
    for (std::size_t i = 0; i < s.size();) {
        const auto c = [&](std::size_t k) { return i + k < s.size() ? static_cast<unsigned char>(s[i + k]) : 0x140u; };
        if (c(0) < 0x80 || c(0) == 0x80) {
            ++i;
            continue;
        }
        if (c(0) == 0xFF) return false;
        if (c(1) == 0x140) return true;  // cut at the block's end
        if (c(1) >= 0x40 && c(1) <= 0xFE && c(1) != 0x7F) {
            i += 2;
            continue;
        }
        if (c(1) < 0x30 || c(1) > 0x39) return false;
        if (c(2) == 0x140 || c(3) == 0x140) return true;
        if (c(2) < 0x81 || c(2) > 0xFE || c(3) < 0x30 || c(3) > 0x39) return false;
        i += 4;
    }
    return true;
}

}  // namespace

std::unique_ptr<ByteSource> open_source(const std::string& path) {
    return std::make_unique<FileSource>(path);
}
std::unique_ptr<ByteSource> memory_source(std::string bytes, std::string name) {
    return std::make_unique<MemorySource>(std::move(bytes), std::move(name));
}

std::string_view name_of(Encoding e) {
    return encoding_names[static_cast<std::size_t>(e == Encoding::detect ? Encoding::utf8 : e) - 1];
}

std::optional<Encoding> encoding_named(std::string_view name) {
    if (name == "gbk") return Encoding::gb18030;
    for (const auto e : {Encoding::utf8, Encoding::gb18030, Encoding::utf16})
        if (name == name_of(e) || (name.starts_with("utf") && name.substr(3) == name_of(e).substr(4))) return e;
    return std::nullopt;
}

void refuse_document(std::string_view head, const std::string& name) {
    if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
        no_table(name, tr("an old or encrypted workbook (.xls)"),
                 tr("open it in a spreadsheet and save it as .xlsx or as CSV (UTF-8)"));
    if (head.starts_with("%PDF-"))
        no_table(name, tr("a PDF document"), tr("ask whoever made it for the table as .xlsx or CSV"));
}

std::string encoded(std::string_view text, Encoding as) {
    if (as != Encoding::gb18030 && as != Encoding::utf16) return std::string(text);
    const iconv_t to = iconv_open(as == Encoding::utf16 ? "UTF-16LE" : "GB18030", "UTF-8");
    if (to == reinterpret_cast<iconv_t>(-1))
        throw Error(Exit::outside, say("this system cannot write {encoding}", fmt::arg("encoding", name_of(as))),
                    tr("save the file as UTF-8"));
    std::string in(text), out(text.size() * 2 + 16, '\0');
    char *p = in.data(), *q = out.data();
    std::size_t left = in.size(), room = out.size();
    iconv(to, &p, &left, &q, &room);
    iconv_close(to);
    out.resize(out.size() - room);
    return out;
}

Decoder::Decoder(ByteSource& source, Encoding wanted) : source_(source), encoding_(wanted) {}
Decoder::~Decoder() {
    if (iconv_) iconv_close(iconv_);
}

bool Decoder::more(std::string& out) {
    if (ended_) return false;
    if (block_.size() < block_size) block_.resize(block_size);
    std::size_t have = 0;
    while (have < block_size) {  // a pipe gives little at a time
        const auto n = source_.read(block_.data() + have, block_size - have);
        if (n == 0) {
            ended_ = true;
            break;
        }
        have += n;
    }
    std::string_view block(block_.data(), have);
    const bool first = first_;
    if (first_) look(block);
    if (encoding_ == Encoding::detect) decide(block);
    const std::size_t from = out.size();
    if (encoding_ == Encoding::gb18030 || encoding_ == Encoding::utf16)
        append_converted(out, block, ended_);
    else
        append_utf8(out, block, ended_);
    if (first) look_at_text(std::string_view(out).substr(from));
    mark_nuls(out, from);
    find_damaged(out, from);
    written_ += out.size() - from;
    return out.size() > from || !ended_;
}

void Decoder::look(std::string_view& block) {
    first_ = false;
    const std::string_view s = block;
    const auto name = source_.name();
    if (s.starts_with("PK\x03\x04"))
        no_table(name, tr("a workbook or an archive"),
                 tr("a workbook (.xlsx) is read with --from xlsx; of anything else save the sheet as CSV (UTF-8)"));
    refuse_document(s, name);
    if (s.starts_with("\xEF\xBB\xBF")) {
        block.remove_prefix(3);
        bom_ = true;
        encoding_ = Encoding::utf8;
    } else if (s.starts_with("\xFF\xFE") || s.starts_with("\xFE\xFF")) {
        block.remove_prefix(2);
        bom_ = true;
        big_endian_ = s[0] == '\xFE';
        encoding_ = Encoding::utf16;
    } else if (encoding_ == Encoding::detect || encoding_ == Encoding::utf16) {
        const char order = utf16_order(s);
        if (order != 0) encoding_ = Encoding::utf16;
        big_endian_ = order == 'b';
    }
}

void Decoder::look_at_text(std::string_view text) {
    const auto low = fold(trim(text.substr(0, 512)).substr(0, 15));
    for (const std::string_view tag :
         {"<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<script", "<style", "<div", "<!--"})
        if (low.starts_with(tag))
            no_table(source_.name(), tr("a web page"),
                     tr("it may be a login page: download the file again, or open it in a spreadsheet and save it as "
                        "CSV"));
    if (low.starts_with("<?xml"))
        no_table(source_.name(), tr("an XML document"), tr("open it in a spreadsheet and save it as CSV"));
}

void Decoder::decide(std::string_view block) {
    const auto first =
        std::find_if(block.begin(), block.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (first == block.end()) return;
    const auto rest = block.substr(static_cast<std::size_t>(first - block.begin()));
    const auto whole = ended_ ? rest : rest.substr(0, rest.size() - open_tail(rest));
    if (whole.empty()) return;  // nothing but the beginning of a character: the next block tells
    // Text in GB18030 has next to no valid sequences of UTF-8; where both stand, the file is damaged or mixed, and
    // reading it as GB18030 would make letters of nothing.
    std::size_t valid = 0, invalid = 0;
    for (std::string_view left = whole; !left.empty();) {
        const auto bad = std::min(first_invalid_utf8(left), left.size());
        valid += static_cast<std::size_t>(std::count_if(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(bad),
                                                        [](char c) { return static_cast<unsigned char>(c) >= 0xE0; }));
        if (bad == left.size()) break;
        ++invalid;
        left.remove_prefix(bad + 1);
    }
    encoding_ = invalid > 0 && valid * 20 <= invalid && strict_gb18030(rest) ? Encoding::gb18030 : Encoding::utf8;
}

void Decoder::append_utf8(std::string& out, std::string_view block, bool last) {
    std::size_t from = out.size();
    out += tail_;
    out += block;
    tail_.clear();
    if (!last)
        if (const auto n = open_tail(std::string_view(out).substr(from))) {
            tail_ = out.substr(out.size() - n);
            out.resize(out.size() - n);
        }
    const std::size_t start = from;
    for (;;) {
        const auto bad = first_invalid_utf8(std::string_view(out).substr(from));
        if (bad == std::string_view::npos) return;
        from += bad;
        out.replace(from, 1, lost);
        faults.push_back({written_ + (from - start), FaultKind::encoding});
        from += lost.size();
    }
}

void Decoder::append_converted(std::string& out, std::string_view block, bool last) {
    if (!iconv_) {
        iconv_ = iconv_open("UTF-8", encoding_ == Encoding::gb18030 ? "GB18030"
                                     : big_endian_                  ? "UTF-16BE"
                                                                    : "UTF-16LE");
        if (iconv_ == reinterpret_cast<void*>(-1)) {
            iconv_ = nullptr;
            throw Error(Exit::outside,
                        say("this system cannot read {encoding}", fmt::arg("encoding", name_of(encoding_))),
                        tr("save the file as UTF-8"));
        }
    }
    const std::size_t from = out.size();
    std::string in = tail_ + std::string(block);
    tail_.clear();
    char* p = in.data();
    std::size_t left = in.size();
    char buffer[16384];
    while (left > 0) {
        char* q = buffer;
        std::size_t room = sizeof buffer;
        const auto rc = iconv(iconv_, &p, &left, &q, &room);
        const int error = rc == static_cast<std::size_t>(-1) ? errno : 0;
        out.append(buffer, sizeof buffer - room);
        if (error == EINVAL && !last) {
            tail_.assign(p, left);
            break;
        }
        if (error == EILSEQ || error == EINVAL) {
            if (encoding_ == Encoding::gb18030 && static_cast<unsigned char>(*p) == 0x80) {
                out += "€";
            } else {
                faults.push_back({written_ + (out.size() - from), FaultKind::encoding});
                out += lost;
            }
            const auto unit = std::min<std::size_t>(encoding_ == Encoding::utf16 ? 2 : 1, left);
            p += unit;
            left -= unit;
        }
    }
}

void Decoder::mark_nuls(std::string& out, std::size_t from) {
    const std::size_t start = from;
    for (std::size_t hit; (hit = out.find('\0', from)) != out.npos; from = hit + lost.size()) {
        out.replace(hit, 1, lost);
        faults.push_back({written_ + (hit - start), FaultKind::nul});
    }
}

/// U+FFFD that stood in the file itself: a character was lost before. Leaves the faults in order.
void Decoder::find_damaged(std::string_view text, std::size_t from) {
    const auto earlier = [](const Fault& a, const Fault& b) { return a.offset < b.offset; };
    std::sort(faults.begin(), faults.end(), earlier);
    std::vector<Fault> found;
    const std::size_t start = from;
    for (std::size_t hit; (hit = text.find(lost, from)) != text.npos; from = hit + lost.size()) {
        const Fault f{written_ + (hit - start), FaultKind::damaged};
        if (!std::binary_search(faults.begin(), faults.end(), f, earlier)) found.push_back(f);
    }
    if (found.empty()) return;
    faults.insert(faults.end(), found.begin(), found.end());
    std::sort(faults.begin(), faults.end(), earlier);
}

}  // namespace agency
