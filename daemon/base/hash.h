// Hashes for two questions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace feedd {

// SHA-256, first 128 bits, as 32 lower-case hex digits. For identity that somebody could profit
// from attacking (content_hash, text_hash): nobody can make two texts collide.
class Digest {
  public:
    Digest();
    ~Digest();
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    // A field with its length, so that ("ab","c") and ("a","bc") differ. The empty field counts
    // as absent: add a new field later and old digests stay the same.
    Digest& field(std::string_view name, std::string_view value);
    [[nodiscard]] std::string hex();

  private:
    void* context_;  // EVP_MD_CTX
};

// The digest of a whole body.
[[nodiscard]] std::string digest_of(std::string_view bytes);

// XXH3: fast, not for anything that an attacker profits from colliding. 64 bits.
[[nodiscard]] std::uint64_t quick_hash(std::string_view bytes, std::uint64_t seed = 0) noexcept;
// 128 bits of it, as 32 lower-case hex digits (body_hash).
[[nodiscard]] std::string quick_digest_of(std::string_view bytes);

}  // namespace feedd
