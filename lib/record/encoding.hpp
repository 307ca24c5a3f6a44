// From the bytes of a file to UTF-8 text, block by block.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "record/source.hpp"

namespace agency {

/// A BOM decides; without one, zeros in every other byte and whole line ends are UTF-16. Else the first bytes that are
/// not ASCII decide: valid UTF-8 is UTF-8, else strict GB18030 (with 0x80 = €, as CP936 has it). Everything before was
/// ASCII and reads the same in both.
class Decoder {
public:
    enum class FaultKind : std::uint8_t { encoding, nul, damaged };
    struct Fault {
        std::uint64_t offset;
        FaultKind kind;
    };  ///< offset in the decoded text; there stands U+FFFD instead

    Decoder(ByteSource& source, Encoding wanted);
    ~Decoder();
    Decoder(const Decoder&) = delete;

    /// Appends the next block of text; false at the end. Error(rejected) when the first block is no text of ours at
    /// all.
    bool more(std::string& out);
    Encoding encoding() const { return encoding_ == Encoding::detect ? Encoding::utf8 : encoding_; }
    bool bom() const { return bom_; }
    std::deque<Fault> faults;  ///< not yet looked at, ascending

private:
    void look(std::string_view& block);  ///< takes a BOM off
    void look_at_text(std::string_view text);
    void decide(std::string_view block);
    void append_utf8(std::string& out, std::string_view block, bool last);
    void append_converted(std::string& out, std::string_view block, bool last);
    void mark_nuls(std::string& out, std::size_t from);
    void find_damaged(std::string_view text, std::size_t from);

    ByteSource& source_;
    Encoding encoding_;
    std::string block_, tail_;
    void* iconv_ = nullptr;
    std::uint64_t written_ = 0;  ///< bytes of text given so far
    bool first_ = true, ended_ = false, bom_ = false, big_endian_ = false;
};

/// Error(rejected) when the first bytes of a file are those of an old workbook or of a PDF document.
void refuse_document(std::string_view head, const std::string& name);

/// The bytes of a UTF-8 text; UTF-16 with the low byte first and without a BOM. Each of them has every character.
std::string encoded(std::string_view text, Encoding as);

}  // namespace agency
