#include "parse/latin.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include <unicode/uchar.h>

#include "base/text.h"
#include "parse/charset.h"
#include "parse/conversion.h"

namespace feedd {

namespace {

constexpr std::size_t kHigh = 128;  // bytes beyond ASCII

struct Language {
    std::string_view charset;
    std::string_view letters;  // beyond ASCII, small; also what is common in borrowed words
};

constexpr std::string_view kWestern = "windows-1252";

// Where several sets have the same letters, the first is taken.
constexpr std::array kLanguages = {
    Language{kWestern, "äöüßéè"},            // German
    Language{kWestern, "àâæçéèêëîïôœùûüÿ"},  // French
    Language{kWestern, "áéíóúüñç"},          // Spanish
    Language{kWestern, "ãõáéíóúâêôçà"},      // Portuguese
    Language{kWestern, "àèéìíîòóùú"},        // Italian
    Language{kWestern, "àçèéíïòóúü"},        // Catalan
    Language{kWestern, "åäöéüšž"},           // Swedish, Finnish
    Language{kWestern, "æøåéèêòóôäöü"},      // Danish, Norwegian
    Language{kWestern, "áðéíóúýþæö"},        // Icelandic
    Language{kWestern, "áèéêëïíóöüç"},       // Dutch
    Language{kWestern, "äöõüšž"},            // Estonian
    Language{"iso-8859-2", "ąćęłńóśźż"},     // Polish
    Language{"windows-1250", "ąćęłńóśźż"},
    Language{"iso-8859-2", "áčďéěíňóřšťúůýžöü"},  // Czech
    Language{"windows-1250", "áčďéěíňóřšťúůýžöü"},
    Language{"iso-8859-2", "áäčďéíĺľňóôŕšťúýžöü"},  // Slovak
    Language{"windows-1250", "áäčďéíĺľňóôŕšťúýžöü"},
    Language{"iso-8859-2", "áéíóöőúüű"},  // Hungarian
    Language{"windows-1250", "áéíóöőúüű"},
    Language{"iso-8859-2", "čćđšž"},  // Croatian, Slovene
    Language{"windows-1250", "čćđšž"},
    Language{"iso-8859-2", "ăâîşţ"},  // Romanian
    Language{"windows-1250", "ăâîşţ"},
    Language{"windows-1254", "çğıöşüâîûİ"},    // Turkish
    Language{"windows-1257", "ąčęėįšųūž"},     // Lithuanian
    Language{"windows-1257", "āčēģīķļņšūžō"},  // Latvian
};

// How often each byte beyond ASCII occurs.
struct Census {
    std::array<std::size_t, kHigh> anywhere{};
    std::array<std::size_t, kHigh> in_words{};  // with letters on both sides
};

Census census_of(std::string_view bytes) {
    const auto may_be_letter = [&](std::size_t at) {
        return at < bytes.size() &&
               (is_alpha(bytes[at]) || static_cast<unsigned char>(bytes[at]) >= kHigh);
    };
    Census census;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (byte < kHigh) continue;
        ++census.anywhere.at(byte - kHigh);
        const bool in_word = i > 0 && may_be_letter(i - 1) && may_be_letter(i + 1);
        if (in_word) ++census.in_words.at(byte - kHigh);
    }
    return census;
}

using Characters = std::array<char32_t, kHigh>;  // that the bytes beyond ASCII stand for

Characters characters_of(std::string_view label) {
    Characters characters{};
    const auto charset = charset_of_label(label);
    for (std::size_t i = 0; i < kHigh; ++i) {
        const std::string byte(1, static_cast<char>(kHigh + i));
        const std::string text = convert(byte, *charset).text;
        characters.at(i) = text.empty() ? U'\uFFFD' : code_point_at(text, 0).value;
    }
    return characters;
}

bool is_letter(char32_t c) {
    return u_isalpha(static_cast<UChar32>(c)) != 0 && c != U'ª' && c != U'º';
}

// Quotation marks, dashes and apostrophes are in any text.
bool is_punctuation(char32_t c) {
    return (c >= 0x2010 && c <= 0x2044) || c == 0xA0 || c == 0xAD || c == U'·' || c == U'´';
}

// What a byte costs if the text is of a language: how often it is there, unless it fits.
class Alphabet {
  public:
    explicit Alphabet(const Language& language) : charset_(language.charset) {
        std::u32string letters;
        for (std::size_t at = 0; at < language.letters.size();) {
            const CodePoint letter = code_point_at(language.letters, at);
            letters += letter.value;
            letters += static_cast<char32_t>(u_toupper(static_cast<UChar32>(letter.value)));
            at += letter.length;
        }
        const Characters characters = characters_of(language.charset);
        for (std::size_t i = 0; i < kHigh; ++i) {
            const char32_t c = characters.at(i);
            const bool control = c < 0xA0 || c == U'\uFFFD';
            if (letters.find(c) != letters.npos || is_punctuation(c)) continue;
            (is_letter(c) || control ? foreign_ : symbols_).push_back(i);
        }
    }

    [[nodiscard]] std::string_view charset() const { return charset_; }

    [[nodiscard]] std::size_t misfits(const Census& census) const {
        std::size_t misfits = 0;
        for (const std::size_t byte : foreign_)
            misfits += census.anywhere.at(byte);
        for (const std::size_t byte : symbols_)
            misfits += census.in_words.at(byte);
        return misfits;
    }

  private:
    std::string_view charset_;
    std::vector<std::size_t> foreign_;  // letters of others, controls
    std::vector<std::size_t> symbols_;  // strange in the middle of a word only
};

const std::vector<Alphabet>& alphabets() {
    static const std::vector<Alphabet> kAlphabets(kLanguages.begin(), kLanguages.end());
    return kAlphabets;
}

}  // namespace

std::string_view latin_charset(std::string_view bytes) {
    const Census census = census_of(bytes);
    std::size_t western = std::numeric_limits<std::size_t>::max();
    std::size_t least = western;
    std::string_view best = kWestern;
    for (const Alphabet& alphabet : alphabets()) {
        const std::size_t misfits = alphabet.misfits(census);
        if (alphabet.charset() == kWestern) {
            western = std::min(western, misfits);
        } else if (misfits < least) {
            least = misfits;
            best = alphabet.charset();
        }
    }
    // A few strange names are in every newspaper.
    constexpr std::size_t kFar = 4;
    const bool is_western = western < 2 || least * kFar >= western;
    return is_western ? kWestern : best;
}

}  // namespace feedd
