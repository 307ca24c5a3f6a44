// Understood rows between the checking pass and the write: an unlinked temporary file, one length-prefixed record a
// row.
#pragma once
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "record/field.hpp"

namespace agency {

class Spool {
public:
    Spool();
    ~Spool();
    Spool(const Spool&) = delete;

    /// `kind` is the caller's (insert or update); `id` the record's.
    void put(char kind, std::uint32_t id, const std::vector<Value>& values);
    void rewind();
    /// False at the end. The values' texts live until the next call.
    bool get(char& kind, std::uint32_t& id, std::vector<Value>& values);
    /// The bytes of the row that get() or put() last handled, for the hash of all rows.
    std::string_view bytes() const { return last_; }

private:
    void flush();
    std::FILE* file_ = nullptr;  ///< only once the rows outgrow the buffer
    std::string buffer_, row_;
    std::string_view last_;
    std::size_t at_ = 0;
};

}  // namespace agency
