// Understood rows between the checking pass and the write: an unlinked temporary file that is written and hashed in the
// background, block by block.
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
    /// BLAKE2b-256 over all rows, in hexadecimal; the same rows give the same text in any file. Called once, when all
    /// rows are put.
    std::string hash();

private:
    void flush();
    void settle();               ///< waits for the block that is being written
    std::FILE* file_ = nullptr;  ///< only once the rows outgrow the buffer
    std::string buffer_, writing_, row_;
    std::future<bool> written_;
    Digest digest_;
    std::size_t at_ = 0;
    bool hashed_ = false;  ///< hash() was called
};

}  // namespace agency
