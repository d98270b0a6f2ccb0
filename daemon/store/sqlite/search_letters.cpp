#include "store/sqlite/search_letters.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/text.h"

namespace feedd::sqlite {

namespace {

// In these the letters are looked at one by one: Latin letters have their accents taken by FTS5's
// tokenizer.
constexpr std::array kDecomposed{
    Block{0x0370, 0x03FF},  // Greek
    kHebrewAndArabic,       //
    Block{0x1F00, 0x1FFF},  // Greek extended
    Block{0xFB00, 0xFB06},  // Latin ligatures
    kPresentationForms,     // of Hebrew and Arabic
    kArabicForms,           //
    Block{0xFF01, 0xFF5E},  // full-width ASCII
    Block{0xFF65, 0xFF9F},  // half-width Katakana and its middle dot
};
constexpr Block kNarrow{0xFF66, 0xFF9F};
constexpr char32_t kTatweel = 0x0640;

// Letters that no decomposition leads to, in their order.
constexpr std::array<std::pair<char32_t, char32_t>, 17> kPlain{{{0x00D8, 'O'},  // Ø
                                                                {0x00F8, 'o'},
                                                                {0x0110, 'D'},  // Đ
                                                                {0x0111, 'd'},
                                                                {0x0126, 'H'},  // Ħ
                                                                {0x0127, 'h'},
                                                                {0x0131, 'i'},  // ı
                                                                {0x0141, 'L'},  // Ł
                                                                {0x0142, 'l'},
                                                                {0x0166, 'T'},  // Ŧ
                                                                {0x0167, 't'},
                                                                {0x0400, 0x0415},  // Ѐ, Е
                                                                {0x0401, 0x0415},  // Ё
                                                                {0x040D, 0x0418},  // Ѝ, И
                                                                {0x0450, 0x0435},
                                                                {0x0451, 0x0435},
                                                                {0x045D, 0x0438}}};

// Scripts written without spaces, and Hangul, whose particles stand at the word.
constexpr std::array kRuns{
    Block{0x0E00, 0x0EFF},    // Thai, Lao
    Block{0x1000, 0x109F},    // Myanmar
    Block{0x1100, 0x11FF},    // Hangul Jamo
    Block{0x1780, 0x17FF},    // Khmer
    Block{0x3005, 0x3007},    // ideographic iteration mark, closing mark, zero
    Block{0x3040, 0x30FF},    // Hiragana, Katakana
    Block{0x3100, 0x31FF},    // Bopomofo, Hangul compatibility, Katakana extensions
    Block{0x3400, 0x4DBF},    // Han, extension A
    Block{0x4E00, 0x9FFF},    // Han
    Block{0xAC00, 0xD7FF},    // Hangul syllables
    Block{0xF900, 0xFAFF},    // Han, compatibility
    Block{0x20000, 0x3FFFF},  // Han, extensions B and on
};

// No character that is folded has a lead byte in UTF-8 below the first of these, none in a run one
// below the second.
constexpr unsigned char kFirstFolded = 0xC3;
constexpr unsigned char kFirstOfRuns = 0xE0;

// The characters past the table are kept, but for those of Han.
constexpr char32_t kTableEnd = 0x20000;

// Of Hebrew and Arabic and of the accents that Greek letters come apart into.
bool is_dropped(char32_t c) {
    return c == kTatweel ||
           (u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK && !kVoicingMarks.has(c));
}

std::u32string decomposed(char32_t c) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* forms = unorm2_getNFKDInstance(&error);
    std::array<UChar, 32> units{};
    const int32_t length = unorm2_getDecomposition(forms, static_cast<UChar32>(c), units.data(),
                                                   static_cast<int32_t>(units.size()), &error);
    if (U_FAILURE(error) != 0 || length < 0) return is_dropped(c) ? U"" : std::u32string(1, c);
    std::u32string letters;
    for (int32_t i = 0; i < length; ++i) {  // all of these are in the basic plane
        const char32_t letter = units.at(static_cast<std::size_t>(i));
        const bool spaced = letter == ' ' && length > 1;  // what carries a mark that stands alone
        if (!spaced && !is_dropped(letter)) letters += letter;
    }
    return letters;
}

// Of a character in one of the blocks of runs; signs among them are kept.
Letter in_run(char32_t c) {
    const auto type = static_cast<UCharCategory>(u_charType(static_cast<UChar32>(c)));
    if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK) return Letter::run_mark;
    return u_isalnum(static_cast<UChar32>(c)) != 0 ? Letter::in_run : Letter::kept;
}

using Table = std::vector<Letter>;

Table make_table() {
    Table table(kTableEnd, Letter::kept);
    for (const Block& block : kRuns) {
        for (char32_t c = block.first; c <= block.last && c < kTableEnd; ++c)
            table[c] = in_run(c);
    }
    for (const Block& block : kDecomposed) {
        for (char32_t c = block.first; c <= block.last; ++c) {
            if (decomposed(c) != std::u32string(1, c)) table[c] = Letter::folded;
        }
    }
    std::fill(table.begin() + kNarrow.first, table.begin() + kNarrow.last + 1, Letter::narrow);
    for (const auto& [letter, plain] : kPlain)
        table[letter] = Letter::folded;
    for (char32_t c = kStressMarks.first; c <= kStressMarks.last; ++c)
        table[c] = Letter::folded;
    return table;
}

const Table& table() {
    static const Table kTable = make_table();
    return kTable;
}

template <typename Wanted>
std::size_t find(std::string_view text, std::size_t from, unsigned char first_lead, Wanted wanted) {
    const Table& letters = table();
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t at = from; at < text.size();) {
        if (byte(at) < first_lead) {  // ASCII for the most part
            ++at;
            continue;
        }
        const CodePoint c = code_point_at(text, at);
        if (wanted(c.value < kTableEnd ? letters[c.value] : letter_of(c.value))) return at;
        at += c.length;
    }
    return text.size();
}

}  // namespace

Letter letter_of(char32_t c) {
    if (c < kTableEnd) return table()[c];
    const bool listed =
        std::ranges::any_of(kRuns, [&](const Block& block) { return block.has(c); });
    return listed ? in_run(c) : Letter::kept;
}

std::u32string letters_of(char32_t c) {
    const auto* const plain =
        std::ranges::lower_bound(kPlain, c, {}, &std::pair<char32_t, char32_t>::first);
    if (plain != kPlain.end() && plain->first == c) return {plain->second};
    const bool listed =
        std::ranges::any_of(kDecomposed, [&](const Block& block) { return block.has(c); });
    return listed ? decomposed(c) : std::u32string(1, c);
}

std::size_t find_folded(std::string_view text, std::size_t from) {
    return find(text, from, kFirstFolded,
                [](Letter letter) { return letter == Letter::folded || letter == Letter::narrow; });
}

std::size_t find_run(std::string_view text, std::size_t from) {
    return find(text, from, kFirstOfRuns,
                [](Letter letter) { return letter != Letter::kept && letter != Letter::folded; });
}

}  // namespace feedd::sqlite
