#include "base/base64.h"

#include <array>
#include <cstdint>

#include <openssl/evp.h>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::uint8_t kNoDigit = 0xFF;

// Of both alphabets (RFC 4648 §4 and §5).
constexpr std::array<std::uint8_t, 256> digits() {
    std::array<std::uint8_t, 256> out{};
    out.fill(kNoDigit);
    for (const std::string_view alphabet :
         {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"}) {
        for (std::size_t i = 0; i < alphabet.size(); ++i)
            out.at(static_cast<unsigned char>(alphabet[i])) = static_cast<std::uint8_t>(i);
    }
    return out;
}
constexpr std::array<std::uint8_t, 256> kDigits = digits();

}  // namespace

std::string encode_base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // it ends in a NUL
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(bytes.data()),
                                     static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

std::optional<std::string> decode_base64(std::string_view text) {
    std::string out(text.size() / 4 * 3 + 2, '\0');
    std::size_t size = 0;
    std::uint32_t bits = 0;
    int held = 0;
    for (const char c : text) {
        const std::uint8_t digit = kDigits[static_cast<unsigned char>(c)];
        if (digit == kNoDigit) {
            if (is_space(c)) continue;
            if (c == '=') break;
            return std::nullopt;
        }
        bits = (bits << 6U) | digit;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        out[size++] = static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xFFU);
    }
    out.resize(size);
    return out;
}

}  // namespace feedd
