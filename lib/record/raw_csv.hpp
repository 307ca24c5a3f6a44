// Records of a delimited file without any notion of a header.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "record/encoding.hpp"

namespace agency {

/// RFC 4180 with LF, CRLF, or CR alone (a file of an old Mac). Cells are views that live until the next call.
class RawCsv {
public:
    static constexpr std::size_t longest_record = 16u << 20;
    enum class Fault : std::uint8_t { none, open_quote, after_quote, encoding, nul, damaged, too_long };
    struct Record {
        std::vector<std::string_view> cells;
        bool quoted = false;  ///< any cell stood in quotes
        Fault fault = Fault::none;
        std::uint64_t fault_offset = 0;
    };

    RawCsv(ByteSource& source, Encoding wanted, char delimiter) : decoder_(source, wanted), delimiter_(delimiter) {}
    bool next(Record& record);
    Encoding encoding() const { return decoder_.encoding(); }
    bool bom() const { return decoder_.bom(); }

private:
    void find_line_end();  ///< by the first block: CR where no LF stands outside quotes
    struct Span {
        std::size_t from = 0, size = 0;  ///< from counts from the record's start
    };
    bool quoted_cell(Span& cell);
    void plain_cell(Span& cell);
    bool cell_ends();
    void keep_literal(const Span& cell, std::size_t tail, Record& record);
    void too_long(Record& record);
    bool refill();
    bool at_end() { return at_ >= text_.size() && !refill(); }

    Decoder decoder_;
    char delimiter_, line_end_ = '\0';  ///< '\0': not looked for yet
    std::string text_;
    std::size_t at_ = 0, start_ = 0;  ///< of the next byte, of the record
    std::uint64_t before_ = 0;        ///< bytes of text dropped before text_[0]
    bool ended_ = false;
    std::vector<Span> spans_;
    std::vector<std::pair<std::size_t, std::string>> literals_;  ///< by cell, of a record with a fault
};

}  // namespace agency
