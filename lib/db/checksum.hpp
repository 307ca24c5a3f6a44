// BLAKE2b-256, streamed; hexadecimal text.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace agency {

class Digest {
public:
    Digest();
    ~Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;
    void add(std::string_view bytes);
    /// A field with its length before it, so that ("ab","c") and ("a","bc") differ.
    void add_field(std::string_view bytes);
    std::string hex();  ///< ends the digest; 64 characters

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Digest of one text.
std::string checksum(std::string_view text);

/// A keyed fingerprint of a short text for in-memory key tables (SipHash-2-4). The key is drawn once per process, so
/// nobody can prepare texts that collide.
std::uint64_t fingerprint(std::string_view text);

}  // namespace agency
