// Running text and HTML in several scripts, for the benchmarks: the same at every run. How often
// words occur follows Zipf's law over a vocabulary of 30,000, as in real text: what an index of
// words costs depends on it.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace feedd::bench {

// Numbers from a seed (splitmix64).
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() % end); }
    double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

  private:
    std::uint64_t state_;
};

enum class Writing { latin, cyrillic, arabic, devanagari, hangul, japanese, chinese };

inline constexpr std::size_t kVocabulary = 30'000;

inline void append_utf8(std::string& out, char32_t code) {
    const auto byte = [&](char32_t bits) { out += static_cast<char>(bits); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0U | (code >> 6U));
        byte(0x80U | (code & 0x3FU));
    } else {
        byte(0xE0U | (code >> 12U));
        byte(0x80U | ((code >> 6U) & 0x3FU));
        byte(0x80U | (code & 0x3FU));
    }
}

// Written without spaces between words.
inline bool is_unspaced(Writing writing) {
    return writing == Writing::japanese || writing == Writing::chinese;
}

namespace detail {

struct Letters {
    std::u32string_view first;
    std::u32string_view second;
};

inline Letters letters_of(Writing writing) {
    switch (writing) {
        case Writing::cyrillic:
            return {U"бвгджзклмнпрстфхцчш", U"аеиоуыюя"};
        case Writing::arabic:
            return {U"بتجحدرسصعفقكلمنه", U"اوي"};
        case Writing::devanagari:
            return {U"कगचजटडतदनपबमयरलवसह", U"ािीुूेो"};
        case Writing::latin:
            break;
        default:
            return {};
    }
    return {U"bcdfghklmnprstvwzñßł", U"aaeeeiioouöé"};
}

}  // namespace detail

// The word of that rank in the vocabulary: the rarer, the longer.
inline std::string word(Writing writing, std::size_t rank) {
    Dice dice(rank * 31 + static_cast<std::size_t>(writing));
    std::string out;
    if (is_unspaced(writing)) {  // characters have ranks of their own
        const bool kana = writing == Writing::japanese && dice.below(5) < 3;
        const std::size_t length = kana ? 2 + dice.below(3) : 1 + dice.below(2);
        for (std::size_t i = 0; i < length; ++i) {
            append_utf8(out, kana ? char32_t(0x3042 + dice.below(80))
                                  : char32_t(0x4E00 + dice.below(2'500) * 7));
        }
        return out;
    }
    if (writing == Writing::hangul) {
        for (std::size_t i = 0; i < 2 + dice.below(2); ++i)
            append_utf8(out, char32_t(0xAC00 + dice.below(1'200) * 9));
        return out;
    }
    const auto [first, second] = detail::letters_of(writing);
    const std::size_t syllables = 1 + dice.below(2) + (rank > 100 ? 1 : 0) + (rank > 3'000 ? 1 : 0);
    for (std::size_t i = 0; i < syllables; ++i) {
        // The ends of the alphabets, letters with marks among them, are rare.
        append_utf8(out, first[dice.below(1 + dice.below(first.size()))]);
        append_utf8(out, second[dice.below(1 + dice.below(second.size()))]);
    }
    if (dice.below(3) == 0) append_utf8(out, first[dice.below(first.size() / 2)]);
    return out;
}

inline std::string any_word(Writing writing, Dice& dice) {
    const double rank = std::exp(dice.unit() * std::log(double{kVocabulary}));
    return word(writing, static_cast<std::size_t>(rank) - 1);
}

// About `bytes` long, in sentences.
inline std::string text(Writing writing, Dice& dice, std::size_t bytes) {
    const bool unspaced = is_unspaced(writing);
    std::string out;
    while (out.size() < bytes) {
        out += any_word(writing, dice);
        const std::size_t end = dice.below(14);
        if (end == 0) {
            out += unspaced ? "。" : ". ";
        } else if (end == 1) {
            out += unspaced ? "、" : ", ";
        } else if (!unspaced) {
            out += ' ';
        }
    }
    return out;
}

// An article about `bytes` long as weblog software writes it: paragraphs with links and emphasis,
// here and there an image, a list, a quotation.
inline std::string article_html(Writing writing, Dice& dice, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) {
        const std::size_t kind = dice.below(12);
        const auto some = [&](std::size_t size) { return text(writing, dice, size); };
        if (kind == 0) {
            out += fmt::format(
                "<figure class=\"wp-block-image\"><img loading=\"lazy\" width=\"800\" "
                "height=\"450\" src=\"https://img.news.example/{0}.jpg\" alt=\"{1}\" "
                "srcset=\"https://img.news.example/{0}-400.jpg 400w\" /><figcaption>{1}"
                "</figcaption></figure>\n",
                dice.below(1'000'000), some(40));
        } else if (kind == 1) {
            out += fmt::format("<ul>\n<li>{}</li>\n<li>{}</li>\n<li>{}</li>\n</ul>\n", some(60),
                               some(40), some(80));
        } else if (kind == 2) {
            out += fmt::format("<blockquote><p>{}</p></blockquote>\n", some(200));
        } else if (kind == 3) {
            out += fmt::format("<h3 class=\"wp-block-heading\">{}</h3>\n", some(40));
        } else {
            out += fmt::format(
                "<p>{} <a href=\"https://news.example/topic/{}?utm_source=feed\" target=\"_blank\" "
                "rel=\"noopener\">{}</a> {}<br />\n{} <strong>{}</strong>, {} &amp; {}</p>\n",
                some(150), dice.below(10'000), some(20), some(120), some(80), some(15), some(100),
                some(20));
        }
    }
    return out;
}

}  // namespace feedd::bench
