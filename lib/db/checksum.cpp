#include "db/checksum.hpp"

#include <sodium.h>

#include <array>
#include <cstring>

namespace agency {

struct Digest::State {
    crypto_generichash_state hash;
};

Digest::Digest() : state_(std::make_unique<State>()) {
    static const int chosen = sodium_init();  // picks the implementation for this processor
    (void)chosen;
    crypto_generichash_init(&state_->hash, nullptr, 0, 32);
}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::string_view bytes) {
    crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

void Digest::add_field(std::string_view bytes) {
    std::array<char, 8> size{};
    for (std::size_t i = 0; i < size.size(); ++i) size[i] = static_cast<char>(bytes.size() >> (8 * i));
    add({size.data(), size.size()});
    add(bytes);
}

std::string Digest::hex() {
    std::array<unsigned char, 32> hash{};
    crypto_generichash_final(&state_->hash, hash.data(), hash.size());
    std::string out(65, '\0');
    sodium_bin2hex(out.data(), out.size(), hash.data(), hash.size());
    out.resize(64);
    return out;
}

std::string checksum(std::string_view text) {
    Digest d;
    d.add(text);
    return d.hex();
}

std::uint64_t fingerprint(std::string_view text) {
    static const auto key = [] {
        std::array<unsigned char, crypto_shorthash_siphash24_KEYBYTES> k{};
        randombytes_buf(k.data(), k.size());
        return k;
    }();
    std::uint64_t out = 0;
    static_assert(sizeof out == crypto_shorthash_siphash24_BYTES);
    crypto_shorthash_siphash24(reinterpret_cast<unsigned char*>(&out),
                               reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data());
    return out;
}

}  // namespace agency
