#include "dedup/words.h"

#include <algorithm>
#include <array>
#include <memory>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kMostText = std::size_t{64} << 10U;  // bytes: enough of any article

enum class Class : std::uint8_t {
    other,  // parts words
    letter,
    digit,
    ideograph,
    unspaced,      // a letter of a script that writes no spaces between words
    ignored,       // within words, without a say: vowel points, joiners, soft hyphens
    sentence_end,  // parts words, and what follows begins a sentence
};

// What is asked of each letter of a word, as bits: those of its letters are put together.
using Traits = std::uint8_t;
constexpr Traits kOfWord = 1;  // a letter or a digit
constexpr Traits kDigit = 2;
constexpr Traits kCapital = 4;

struct Letter {
    std::uint16_t folded = 0;
    Class type = Class::other;
    Traits traits = 0;
};

bool is_unspaced(UScriptCode script) {
    switch (script) {
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
        case USCRIPT_TAI_LE:
        case USCRIPT_NEW_TAI_LUE:
        case USCRIPT_LANNA:
        case USCRIPT_TAI_VIET:
        case USCRIPT_TIBETAN:
        case USCRIPT_JAVANESE:
        case USCRIPT_BALINESE:
            return true;
        default:
            return false;
    }
}

bool is_ideographic(UScriptCode script) {
    return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
           script == USCRIPT_BOPOMOFO;
}

Class class_of(UChar32 c) {
    switch (c) {
        case '\n':
        case '.':
        case '!':
        case '?':
        case ':':
        case 0x0589:  // Armenian full stop
        case 0x061F:  // Arabic question mark
        case 0x06D4:  // Urdu full stop
        case 0x0964:  // danda
        case 0x2026:  // …
        case 0x3002:  // 。
        case 0xFF01:  // ！
        case 0xFF1F:  // ？
            return Class::sentence_end;
        case 0x00AD:  // soft hyphen
        case 0x0640:  // tatweel
        case 0x200B:
        case 0x200C:
        case 0x200D:
        case 0x2060:
        case 0xFEFF:
            return Class::ignored;
        default:
            break;
    }
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    const int8_t type = u_charType(c);
    if (type == U_DECIMAL_DIGIT_NUMBER) return Class::digit;
    const bool mark = type == U_NON_SPACING_MARK;
    // Vowel points that writers set or leave out; elsewhere marks are part of the spelling.
    if (mark && (script == USCRIPT_ARABIC || script == USCRIPT_HEBREW ||
                 script == USCRIPT_INHERITED || is_unspaced(script))) {
        return Class::ignored;
    }
    if (!u_isalpha(c) && !mark && type != U_COMBINING_SPACING_MARK) return Class::other;
    if (is_ideographic(script)) return Class::ideograph;
    return is_unspaced(script) ? Class::unspaced : Class::letter;
}

Letter letter_of(UChar32 c) {
    Letter letter{.type = class_of(c)};
    if (letter.type == Class::letter || letter.type == Class::digit) letter.traits |= kOfWord;
    if (letter.type == Class::digit) letter.traits |= kDigit;
    if (u_isupper(c) || u_istitle(c)) letter.traits |= kCapital;
    const UChar32 folded = letter.type == Class::digit ? '0' + u_charDigitValue(c)
                                                       : u_foldCase(c, U_FOLD_CASE_DEFAULT);
    letter.folded = static_cast<std::uint16_t>(folded);
    return letter;
}

constexpr std::size_t kPlane = 0x10000;

// ICU's answers for the basic plane: asking it for each character would take twice the time.
const std::array<Letter, kPlane>& letters() {
    static const auto table = [] {
        auto made = std::make_unique<std::array<Letter, kPlane>>();
        for (std::size_t c = 0; c < kPlane; ++c)
            (*made)[c] = letter_of(static_cast<UChar32>(c));
        return made;
    }();
    return *table;
}

constexpr std::uint32_t kSeed = 0x811C9DC5;

// Between characters FNV's step, at the end MurmurHash3's: all bits depend on all.
std::uint32_t step(std::uint32_t hash, std::uint32_t value) noexcept {
    return (hash ^ value) * 0x01000193U;
}
std::uint32_t finished(std::uint32_t hash) noexcept {
    hash = (hash ^ hash >> 16U) * 0x85EBCA6BU;
    hash = (hash ^ hash >> 13U) * 0xC2B2AE35U;
    return hash ^ hash >> 16U;
}

class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) { words_.reserve(text.size() / 6 + 8); }

    std::vector<Word> read() {
        for (std::size_t at = 0; at < text_.size();) {
            std::size_t end = at;
            const Letter& letter = next_letter(end);
            if ((letter.traits & kOfWord) != 0) {
                at = read_on(at);
            } else {
                take(letter, at, end);
                at = end;
            }
        }
        close();
        return std::move(words_);
    }

  private:
    // Moves `at` behind it. Valid until the next call.
    const Letter& next_letter(std::size_t& at) {
        const auto first = static_cast<unsigned char>(text_[at]);
        if (first < 0x80) {
            ++at;
            return table_[first];
        }
        const CodePoint point = code_point_at(text_, at);
        at += point.length;
        if (point.value < kPlane) return table_[point.value];
        beyond_ = letter_of(static_cast<UChar32>(point.value));
        return beyond_;
    }

    // Letters and digits, as far as they follow each other: most of a text. Returns their end.
    std::size_t read_on(std::size_t at) {
        if (!open_) start(at, Word::Kind::word);
        std::uint32_t hash = hash_;
        Traits last = 0;
        Traits all = 0;
        for (std::size_t next = at; at < text_.size(); at = next) {
            const Letter letter = next_letter(next);
            if ((letter.traits & kOfWord) == 0) break;
            hash = step(hash, letter.folded);
            last = letter.traits;
            all |= last;
        }
        hash_ = hash;
        end_ = at;
        last_is_digit_ = (last & kDigit) != 0;
        traits_ |= all;
        return at;
    }

    // What is between words, or a word by itself.
    void take(const Letter& letter, std::size_t begin, std::size_t end) {
        switch (letter.type) {
            case Class::letter:
            case Class::digit:
            case Class::ignored:
                return;
            case Class::ideograph:
            case Class::unspaced:
                close();
                start(begin,
                      letter.type == Class::ideograph ? Word::Kind::ideograph : Word::Kind::letter);
                hash_ = step(hash_, letter.folded);
                end_ = end;
                close();
                return;
            case Class::sentence_end:
                // 1.234 and 12:30 are one number, in whatever way it is grouped.
                if (within_number(end)) return;
                close();
                sentence_begins_ = true;
                return;
            case Class::other:
                if (text_[begin] == ',' && within_number(end)) return;
                close();
                return;
        }
    }

    bool within_number(std::size_t next) const {
        return open_ && last_is_digit_ && next < text_.size() && is_digit(text_[next]);
    }

    void start(std::size_t begin, Word::Kind kind) {
        hash_ = kSeed;
        begin_ = begin;
        kind_ = kind;
        traits_ = 0;
        last_is_digit_ = false;
        open_ = true;
    }

    void close() {
        if (!open_) return;
        words_.push_back({.hash = finished(hash_),
                          .begin = static_cast<std::uint32_t>(begin_),
                          .end = static_cast<std::uint32_t>(end_),
                          .kind = kind_,
                          .number = (traits_ & kDigit) != 0,
                          .name = (traits_ & kCapital) != 0 && !sentence_begins_});
        sentence_begins_ = false;
        open_ = false;
    }

    std::string_view text_;
    const std::array<Letter, kPlane>& table_ = letters();
    Letter beyond_;
    std::vector<Word> words_;
    // The word that is read, not as a Word: its fields are written one by one for each.
    std::uint32_t hash_ = kSeed;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    Word::Kind kind_ = Word::Kind::word;
    Traits traits_ = 0;  // of any of its letters
    bool open_ = false;
    bool last_is_digit_ = false;
    bool sentence_begins_ = true;
};

// Hashes of any rows of the words, at the same cost whatever their lengths: a polynomial of the
// words' hashes, taken from those of the beginnings.
class Rows {
  public:
    explicit Rows(std::span<const Word> words) : beginnings_(words.size() + 1) {
        for (std::size_t i = 0; i < words.size(); ++i)
            beginnings_[i + 1] = beginnings_[i] * kBase + words[i].hash + 1;
        for (std::size_t i = 1; i < powers_.size(); ++i)
            powers_[i] = powers_[i - 1] * kBase;
    }
    // Never 0. At most kLongestRow words.
    [[nodiscard]] std::uint32_t hash(std::size_t begin, std::size_t length) const noexcept {
        const std::uint64_t row =
            beginnings_[begin + length] - beginnings_[begin] * powers_[length];
        const std::uint32_t hash = finished(static_cast<std::uint32_t>(row >> 32U) ^
                                            finished(static_cast<std::uint32_t>(row)));
        return hash == 0 ? 1 : hash;
    }

  private:
    static constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;
    static constexpr std::size_t kLongestRow = 12;
    std::vector<std::uint64_t> beginnings_;
    std::array<std::uint64_t, kLongestRow + 1> powers_{1};
};

}  // namespace

std::vector<Word> words_of(std::string_view text) {
    return Reader(truncate_utf8(text, kMostText)).read();
}

Word::Kind kind_of(std::span<const Word> words) noexcept {
    std::array<std::size_t, 3> of{};
    for (const Word& word : words)
        ++of[static_cast<std::size_t>(word.kind)];
    // A letter is less than a word, or than a character.
    constexpr std::size_t kLettersOfWord = 4;
    of[static_cast<std::size_t>(Word::Kind::letter)] /= kLettersOfWord;
    std::size_t most = 0;
    for (std::size_t i = 1; i < of.size(); ++i) {
        if (of[i] > of[most]) most = i;
    }
    return static_cast<Word::Kind>(most);
}

std::size_t passage_length(Word::Kind kind) noexcept {
    switch (kind) {
        case Word::Kind::word:
            return 3;
        case Word::Kind::ideograph:
            return 4;
        case Word::Kind::letter:
            return 12;
    }
    return 3;
}

std::vector<std::uint32_t> passages_of(std::span<const Word> words) {
    const Rows rows(words);
    std::vector<std::uint32_t> passages(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t length = passage_length(words[i].kind);
        if (i + length <= words.size()) passages[i] = rows.hash(i, length);
    }
    return passages;
}

std::vector<std::uint32_t> terms_of(std::span<const Word> words) {
    constexpr std::size_t kIdeographs = 2;
    constexpr std::size_t kLetters = 4;
    const Rows rows(words);
    std::vector<std::uint32_t> terms(words.size());
    std::size_t of_kind = 0;  // words from here on that are of one kind
    for (std::size_t i = words.size(); i-- > 0;) {
        const Word::Kind kind = words[i].kind;
        of_kind = i + 1 < words.size() && words[i + 1].kind == kind ? of_kind + 1 : 1;
        const std::size_t most = kind == Word::Kind::ideograph ? kIdeographs : kLetters;
        terms[i] = kind == Word::Kind::word ? words[i].hash : rows.hash(i, std::min(most, of_kind));
    }
    return terms;
}

}  // namespace feedd
