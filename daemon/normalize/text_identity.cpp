#include "normalize/text_identity.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <unicode/uchar.h>

#include "base/find_byte.h"
#include "base/hash.h"
#include "base/text.h"

namespace feedd {

namespace {

// A change of what is hashed changes every hash, and with it every article of every feed: once.
constexpr std::string_view kVersion = "1";

// Letters; an ideograph says as much as three. Two sentences below the same headline are one
// document; alone it takes about eighty words: pleas to subscribe, notices and imprints stand below
// many headlines.
constexpr std::size_t kLeastTitled = 120;
constexpr std::size_t kLeastAlone = 400;
constexpr std::size_t kIdeograph = 3;
constexpr unsigned char kFirstIdeographLead = 0xE3;  // U+3000: kana, Han and Hangul begin there
constexpr std::ptrdiff_t kLeastDistinct = 12;  // bytes: less is a ruler, a pattern, a placeholder

// What becomes of each character of the basic plane. ICU is slow where it is asked for each.
class Squeezing {
  public:
    enum class Step : std::uint8_t {
        keep,
        drop,  // white space
        fold,  // as ICU says
    };
    Squeezing() {
        for (std::size_t c = 0; c < kPlane; ++c) {
            // The others have no case at all.
            const auto point = static_cast<UChar32>(c);
            if (u_hasBinaryProperty(point, UCHAR_CHANGES_WHEN_CASEMAPPED) == 0) continue;
            std::string letter;
            append_utf8(letter, static_cast<char32_t>(c));
            if (fold_case(letter) != letter) steps_[c] = Step::fold;
        }
        steps_[kNoBreakSpace] = Step::drop;
        for (std::size_t c = 0; c <= ' '; ++c) {
            if (is_space(static_cast<char>(c))) steps_[c] = Step::drop;
        }
    }
    [[nodiscard]] Step of(char32_t c) const noexcept { return c < kPlane ? steps_[c] : Step::fold; }

  private:
    static constexpr std::size_t kPlane = 0x10000;
    static constexpr char32_t kNoBreakSpace = 0xA0;
    std::vector<Step> steps_ = std::vector<Step>(kPlane, Step::keep);
};

void append_squeezed_ascii(std::string& out, std::string_view text) {
    std::size_t length = out.size();
    out.resize(length + text.size());
    for (const char c : text) {
        out[length] = to_lower(c);  // without a branch, which would be mistaken at each word
        length += is_space(c) ? 0 : 1;
    }
    out.resize(length);
}

// As far as there are no words of ASCII. Returns where one begins.
std::size_t append_squeezed_other(std::string& out, std::string_view text) {
    static const Squeezing kSqueezing;
    std::size_t done = 0;
    std::size_t at = 0;
    while (at < text.size() && (!is_ascii(text[at]) || is_space(text[at]))) {
        const CodePoint c = code_point_at(text, at);
        const auto step = kSqueezing.of(c.value);
        if (step != Squeezing::Step::keep) {
            out += text.substr(done, at - done);
            if (step == Squeezing::Step::fold) out += fold_case(text.substr(at, c.length));
            done = at + c.length;
        }
        at += c.length;
    }
    out += text.substr(done, at - done);
    return at;
}

// Case folded and without white space.
std::string squeezed(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t plain = find_byte(text, 0, [](const auto& c) { return c < 0; });
        append_squeezed_ascii(out, text.substr(0, plain));
        text.remove_prefix(plain);
        text.remove_prefix(append_squeezed_other(out, text));
    }
    return out;
}

// How long a text is that is mostly letters, and different ones, of whatever script; else 0.
std::size_t length_of_real_text(std::string_view squeezed_text) {
    std::array<std::size_t, 256> times{};  // that each byte occurs
    for (const char c : squeezed_text)
        ++times[static_cast<unsigned char>(c)];
    std::size_t length = 0;
    std::size_t characters = 0;
    std::size_t letters = 0;
    for (std::size_t byte = 0; byte < times.size(); ++byte) {
        if (is_continuation(static_cast<char>(byte))) continue;
        characters += times[byte];
        length += times[byte] * (byte >= kFirstIdeographLead && byte < 0xEF ? kIdeograph : 1);
        if (byte >= 0x80 || is_alpha(static_cast<char>(byte))) letters += times[byte];
    }
    const auto distinct = std::ranges::count_if(times, [](std::size_t n) { return n > 0; });
    return letters * 2 > characters && distinct >= kLeastDistinct ? length : 0;
}

}  // namespace

std::string content_hash(std::string_view title, std::string_view text) {
    return Digest().field("version", kVersion).field("title", title).field("text", text).hex();
}

TextHashes text_hashes(std::string_view title, std::string_view text) {
    const std::string body = squeezed(text);
    const std::size_t length = length_of_real_text(body);
    TextHashes hashes;
    if (length < kLeastTitled) return hashes;
    hashes.titled = Digest()
                        .field("version", kVersion)
                        .field("title", squeezed(title))
                        .field("text", body)
                        .hex();
    if (length >= kLeastAlone)
        hashes.alone = Digest().field("version", kVersion).field("text", body).hex();
    return hashes;
}

}  // namespace feedd
