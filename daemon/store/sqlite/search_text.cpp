#include "store/sqlite/search_text.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "base/text.h"
#include "store/sqlite/search_fold.h"

namespace feedd::sqlite {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};
// Blocks of the Unicode Character Database (Blocks.txt) whose scripts are written without spaces,
// and Hangul, whose particles stand at the word.
constexpr std::array kRuns{
    Range{0x0E00, 0x0EFF},    // Thai, Lao
    Range{0x1000, 0x109F},    // Myanmar
    Range{0x1100, 0x11FF},    // Hangul Jamo
    Range{0x1780, 0x17FF},    // Khmer
    Range{0x3005, 0x3007},    // ideographic iteration mark, closing mark, zero
    Range{0x3040, 0x30FF},    // Hiragana, Katakana
    Range{0x3100, 0x31FF},    // Bopomofo, Hangul compatibility, Katakana extensions
    Range{0x3400, 0x4DBF},    // Han, extension A
    Range{0x4E00, 0x9FFF},    // Han
    Range{0xAC00, 0xD7FF},    // Hangul syllables
    Range{0xF900, 0xFAFF},    // Han, compatibility
    Range{0xFF66, 0xFF9F},    // half-width Katakana
    Range{0x20000, 0x3FFFF},  // Han, extensions B and on
};

// The lead bytes in UTF-8 of all these begin at E0: most texts have none, and are looked through
// byte by byte.
constexpr unsigned char kFirstLead = 0xE0;

// Vowel signs and tone marks: the tokenizer would end the word at them.
bool is_mark(char32_t c) {
    const auto type = static_cast<UCharCategory>(u_charType(static_cast<UChar32>(c)));
    return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

bool is_in_run(char32_t c) {
    const bool listed = std::ranges::any_of(
        kRuns, [&](const Range& range) { return c >= range.first && c <= range.last; });
    return listed && (is_mark(c) || u_isalnum(static_cast<UChar32>(c)) != 0);
}

bool may_have_runs(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) >= kFirstLead; });
}

// Walks through a text, piece by piece.
class Pieces {
  public:
    explicit Pieces(std::string_view text) : text_(text) {}
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] bool at_space() const { return !done() && is_space(text_[at_]); }

    // What is not written in runs, from here on.
    std::string_view other() {
        const std::size_t start = at_;
        while (!done()) {
            if (static_cast<unsigned char>(text_[at_]) < kFirstLead) {
                ++at_;
                continue;
            }
            const CodePoint c = code_point_at(text_, at_);
            if (is_in_run(c.value)) break;
            at_ += c.length;
        }
        return text_.substr(start, at_ - start);
    }

    // The run that begins here, each character but its marks a word.
    void append_run(std::string& out) {
        while (!done()) {
            const CodePoint c = code_point_at(text_, at_);
            if (!is_in_run(c.value)) break;
            at_ += c.length;
            if (is_mark(c.value)) continue;
            if (!out.empty() && out.back() != ' ') out += ' ';
            append_utf8(out, c.value);
        }
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::string search_text(std::string_view original) {
    std::string text = folded(original);
    if (!may_have_runs(text)) return text;
    std::string out;
    out.reserve(text.size() * 2);
    for (Pieces pieces(text); !pieces.done();) {
        out += pieces.other();
        if (pieces.done()) break;
        pieces.append_run(out);
        if (!pieces.done() && !pieces.at_space()) out += ' ';
    }
    return out;
}

bool has_the_words_of_the_index(std::string_view text) {
    if (!may_have_runs(text)) return !may_have_points(text);
    if (may_have_points(text)) return false;
    Pieces pieces(text);
    pieces.other();
    return pieces.done();
}

}  // namespace feedd::sqlite
