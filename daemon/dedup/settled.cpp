#include "dedup/settled.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "base/text.h"
#include "dedup/edit_words.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestStamp = 120;  // bytes: more is a sentence about an update

using Words = std::span<const std::string_view>;

// Typography that publishers' software makes of one text today and not tomorrow.
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kShapes{{{"\u2018", "'"},
                                                                                 {"\u2019", "'"},
                                                                                 {"\u201A", "'"},
                                                                                 {"\u2032", "'"},
                                                                                 {"\u201C", "\""},
                                                                                 {"\u201D", "\""},
                                                                                 {"\u201E", "\""},
                                                                                 {"\u2010", "-"},
                                                                                 {"\u2011", "-"},
                                                                                 {"\u2013", "-"},
                                                                                 {"\u2014", "-"},
                                                                                 {"\u2026", "..."},
                                                                                 {"\u00A0", " "},
                                                                                 {"\u202F", " "}}};
constexpr std::array<std::string_view, 5> kInvisible{"\u00AD", "\u200B", "\u200C", "\u2060",
                                                     "\uFEFF"};

std::string plain_shapes(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        if (is_ascii(text.front())) {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        const auto shape = std::ranges::find_if(
            kShapes, [&](const auto& known) { return text.starts_with(known.first); });
        const auto hidden = std::ranges::find_if(
            kInvisible, [&](std::string_view known) { return text.starts_with(known); });
        std::size_t length = code_point_at(text, 0).length;
        if (shape != kShapes.end()) {
            out += shape->second;
            length = shape->first.size();
        } else if (hidden == kInvisible.end()) {
            out += text.substr(0, length);
        } else {
            length = hidden->size();
        }
        text.remove_prefix(length);
    }
    return out;
}

bool is_letter(char c) noexcept {
    return is_alpha(c) || !is_ascii(c);
}

// Of scripts that write no spaces between words: CJK, kana, Hangul.
bool runs_together(std::string_view word) {
    return !word.empty() && code_point_at(word, 0).value >= 0x2E80;
}

bool is_one_of(Words words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

// Letters that end at `end`, or begin at `begin`, beyond spaces and brackets.
std::string_view word_before(std::string_view text, std::size_t end) {
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == ':' || text[end - 1] == '('))
        --end;
    std::size_t begin = end;
    while (begin > 0 && is_letter(text[begin - 1]))
        --begin;
    return text.substr(begin, end - begin);
}
std::string_view word_after(std::string_view text, std::size_t begin) {
    while (begin < text.size() && (text[begin] == ' ' || text[begin] == '+'))
        ++begin;
    std::size_t end = begin;
    while (end < text.size() && is_letter(text[end]))
        ++end;
    return text.substr(begin, end - begin);
}

// Words of letters, neither counted nor joining what is.
std::size_t other_words(std::string_view folded) {
    std::size_t others = 0;
    for (std::size_t at = 0; at < folded.size();) {
        const std::string_view word = word_after(folded, at);
        if (word.empty()) {
            ++at;
            continue;
        }
        if (!is_one_of(kCounted, word) && !is_one_of(kCountedOnTallies, word)) ++others;
        at = static_cast<std::size_t>(word.data() - folded.data()) + word.size();
    }
    return others;
}

bool is_part_of(Words terms, std::string_view before, std::string_view after) {
    if (is_one_of(terms, before) || is_one_of(terms, after)) return true;
    return std::ranges::any_of(terms, [&](std::string_view term) {
        return runs_together(term) && (before.ends_with(term) || after.starts_with(term));
    });
}

// The number from `at` on, between two words.
bool counts(std::string_view line, std::size_t at, std::string_view before,
            std::string_view after) {
    constexpr std::size_t kMostOnTally = 2;  // 'by ann'
    if (is_part_of(kCounted, before, after)) return true;
    if (!is_part_of(kCountedOnTallies, before, after)) return false;
    const auto end = static_cast<std::size_t>(before.data() - line.data()) + before.size();
    const bool marked = line.substr(end, at - end).find_first_of(":(") != std::string_view::npos;
    return (marked && is_part_of(kCountedOnTallies, before, {})) ||
           other_words(line) <= kMostOnTally;
}

bool is_age(std::string_view text, std::string_view before, std::string_view after) {
    const auto after_at = static_cast<std::size_t>(after.data() - text.data());
    if (std::ranges::any_of(kAgoJoined, [&](std::string_view term) {
            return text.substr(after_at).starts_with(term);
        })) {
        return true;
    }
    if (!is_one_of(kTimeUnits, after)) return false;
    const auto before_at = static_cast<std::size_t>(before.data() - text.data());
    const bool il_y_a = before == "a" && text.substr(0, before_at).ends_with("y ");
    return il_y_a || is_one_of(kAgoBefore, before) ||
           is_one_of(kAgo, word_after(text, after_at + after.size()));
}

// "3,042", "1.5k", "12": from a digit on.
std::size_t number_end(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        const bool inside =
            (text[at] == ',' || text[at] == '.') && at + 1 < text.size() && is_digit(text[at + 1]);
        if (!is_digit(text[at]) && !inside) break;
        ++at;
    }
    const bool thousands = at < text.size() && (text[at] == 'k' || text[at] == 'm') &&
                           (at + 1 == text.size() || !is_letter(text[at + 1]));
    return thousands ? at + 1 : at;
}

// Where numbers are looked for that count. A headline's are news ("5 votes decide the race") but
// for those that its software has put behind it: "(12 comments)".
enum class Counts : std::uint8_t { anywhere, in_brackets };

bool in_brackets(std::string_view text, std::size_t begin, std::size_t end) {
    const std::size_t open = text.find_last_of("([", begin);
    const std::size_t close = text.find_first_of(")]", end);
    return open != std::string_view::npos && close != std::string_view::npos &&
           text.substr(open, begin - open).find_first_of(")]") == std::string_view::npos;
}

// Numbers that count, and the words that say of what, become '#': "1 comment" is "2 comments".
std::string without_counts(std::string_view line, Counts where = Counts::anywhere) {
    const std::string folded = fold_case(line);
    // Folding may lengthen a text; then its places are not those of the line.
    const std::string_view text = folded.size() == line.size() ? line : std::string_view(folded);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            out += text[at++];
            continue;
        }
        std::size_t end = number_end(folded, at);
        const std::string_view before = word_before(folded, at);
        const std::string_view after = word_after(folded, end);
        const bool age = is_age(folded, before, after);
        const bool counted = age || counts(folded, at, before, after);
        if (counted && (where == Counts::anywhere || in_brackets(folded, at, end))) {
            out += '#';
            const bool of_what =
                age ? is_one_of(kTimeUnits, after)
                    : is_one_of(kCounted, after) || is_one_of(kCountedOnTallies, after);
            if (of_what) {
                end = static_cast<std::size_t>(after.data() - folded.data()) + after.size();
            }
        } else {
            out += text.substr(at, end - at);
        }
        at = end;
    }
    return out;
}

std::size_t words_in(std::string_view text) {
    std::size_t words = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        words += is_letter(text[i]) && (i == 0 || !is_letter(text[i - 1])) ? 1 : 0;
    return words;
}

// Whether numbers and what stands between them may be a date, a time or both; "Updated: 3 people
// are dead" is none. Words are few in a date, and most are names of months, days and zones.
bool tells_when(std::string_view stamp) {
    const auto digits = [&](std::size_t at) {
        std::size_t end = at;
        while (end < stamp.size() && is_digit(stamp[end]))
            ++end;
        return end - at;
    };
    bool year = false;
    bool clock = false;
    bool day = false;
    for (std::size_t at = 0; at < stamp.size();) {
        const std::size_t length = digits(at);
        if (length == 0) {
            ++at;
            continue;
        }
        const char next = at + length < stamp.size() ? stamp[at + length] : ' ';
        const bool joined = at + length + 1 < stamp.size() && is_digit(stamp[at + length + 1]);
        year = year || (length == 4 && (stamp[at] == '1' || stamp[at] == '2'));
        clock = clock || (length <= 2 && next == ':' && joined);
        day = day || (length <= 2 && (next == '/' || next == '.' || next == '-') && joined);
        at += length;
    }
    constexpr std::size_t kMostInDate = 3;  // words: 'on Tuesday, April 8, 2025'
    return (year && words_in(stamp) <= kMostInDate) || clock || day ||
           std::ranges::any_of(kClockWords, [&](std::string_view word) {
               return stamp.find(word) != std::string_view::npos;
           });
}

// The line without a sentence at its end or beginning that tells when it was written.
std::string_view without_stamp(std::string_view line) {
    const std::string folded = fold_case(line);
    if (folded.size() != line.size()) return line;
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const bool begins = at == 0 || folded[at - 1] == '(' || folded[at - 1] == '[' ||
                            (at > 1 && folded[at - 1] == ' ' &&
                             std::string_view(".|)!?-*").find(folded[at - 2]) != std::string::npos);
        if (!begins) continue;
        const std::string_view rest = std::string_view(folded).substr(at);
        const auto* const cue = std::ranges::find_if(
            kStamps, [&](std::string_view begin) { return rest.starts_with(begin); });
        if (cue == kStamps.end() || rest.size() > kLongestStamp) continue;
        if (std::ranges::any_of(rest, is_digit) && tells_when(rest.substr(cue->size()))) {
            return line.substr(0, at);
        }
    }
    return line;
}

struct Advert {
    bool here = false;
    bool below = false;  // the next line is part of it
};
Advert advert_in(std::string_view line) {
    const std::string folded = fold_case(line);
    for (const std::string_view label : kAdvertises) {
        if (!std::string_view(folded).starts_with(label)) continue;
        const std::string_view rest = trim(std::string_view(folded).substr(label.size()));
        if (rest.empty() || rest == ":") return {.here = true, .below = true};
        // 'Advertising revenue fell' is news.
        const bool labels = label.ends_with(':') || label.ends_with(']') || label.ends_with("】") ||
                            rest.starts_with(':') || rest.starts_with('-') || rest.starts_with('|');
        if (labels) return {.here = true};
    }
    return {};
}

}  // namespace

std::string settled(std::string_view text) {
    const std::string plain = plain_shapes(text);
    std::string out;
    bool advertised = false;
    std::string_view rest = plain;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string line = collapse_space(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty()) continue;
        const Advert advert = advert_in(line);
        const bool skip = advert.here || advertised;
        advertised = advert.below;
        if (skip) continue;
        const std::string kept = without_counts(trim(without_stamp(line)));
        if (kept.empty()) continue;
        if (!out.empty()) out += ' ';
        out += kept;
    }
    return out;
}

std::string settled_title(std::string_view title) {
    return without_counts(collapse_space(plain_shapes(title)), Counts::in_brackets);
}

}  // namespace feedd
