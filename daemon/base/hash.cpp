#include "base/hash.h"

#include <array>
#include <cstring>
#include <new>

#include <openssl/evp.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace feedd {

namespace {

constexpr std::size_t kDigestBytes = 16;

// Looked up once: that takes as long as hashing a kilobyte. Fails without memory, or where OpenSSL
// is configured to know no SHA-256.
const EVP_MD* sha256() {
    static const EVP_MD* const kFetched = [] {
        const EVP_MD* fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
        if (fetched == nullptr) throw std::bad_alloc();
        return fetched;
    }();
    return kFetched;
}

EVP_MD_CTX* begun() {
    const EVP_MD* const algorithm = sha256();
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    if (context == nullptr || EVP_DigestInit_ex(context, algorithm, nullptr) != 1) {
        EVP_MD_CTX_free(context);
        throw std::bad_alloc();
    }
    return context;
}

std::string hex_of(const unsigned char* bytes) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string out;
    out.reserve(2 * kDigestBytes);
    for (std::size_t i = 0; i < kDigestBytes; ++i) {
        out += kHex[bytes[i] >> 4U];
        out += kHex[bytes[i] & 0x0FU];
    }
    return out;
}

void add(void* context, std::string_view bytes) {
    EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context), bytes.data(), bytes.size());
}

}  // namespace

Digest::Digest() : context_(begun()) {}

Digest::~Digest() {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_));
}

Digest& Digest::field(std::string_view name, std::string_view value) {
    if (value.empty()) return *this;
    add(context_, name);
    add(context_, ":" + std::to_string(value.size()) + ":");
    add(context_, value);
    return *this;
}

std::string Digest::hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> raw{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), raw.data(), &size);
    return hex_of(raw.data());
}

std::string digest_of(std::string_view bytes) {
    return Digest().field("body", bytes).hex();
}

std::uint64_t quick_hash(std::string_view bytes, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string quick_digest_of(std::string_view bytes) {
    XXH128_canonical_t canonical;
    static_assert(sizeof canonical.digest == kDigestBytes);
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    return hex_of(canonical.digest);
}

}  // namespace feedd
