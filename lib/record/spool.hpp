// Understood rows between the checking pass and the write: an unlinked temporary file that is written in the
// background, block by block, and hashed while it is read.
#pragma once
#include <cstdint>
#include <cstdio>
#include <future>
#include <string>
#include <vector>

#include "db/checksum.hpp"
#include "record/field.hpp"

namespace agency {

class Spool {
public:
    Spool();
    ~Spool();
    Spool(const Spool&) = delete;

    /// `id` 0: a new record; else the record that the row changes. Error(outside) when TMPDIR is full.
    void put(std::uint32_t id, const std::vector<Value>& values);
    /// From the first row again; what was put stays.
    void rewind();
    /// False at the end. The values' texts live until the next call.
    bool get(std::uint32_t& id, std::vector<Value>& values);
    /// After rewind() and get(): more rows may be put.
    void resume();
    /// BLAKE2b-256 over all rows, in hexadecimal; the same rows give the same text in any file. When all rows are put;
    /// for nothing when they were all read since.
    std::string hash();

private:
    void flush();
    bool refill(std::size_t need);       ///< false: the file has less left
    void settle();                       ///< waits for the block that is being written or hashed
    std::FILE* file_ = nullptr;          ///< only once the rows outgrow the buffer
    std::string buffer_, behind_, row_;  ///< behind_: the block that another thread works on
    std::future<bool> done_;             ///< with it, and whether it went well
    Digest digest_;                      ///< of what was read since rewind()
    std::string hash_;                   ///< of all, once it is known
    std::size_t at_ = 0;
};

}  // namespace agency
