#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "base/text.h"
#include "language.h"
#include "story_corpus.h"

namespace feedd::bench {

namespace {

constexpr int kFeeds = 250;
constexpr std::int64_t kSpan = std::int64_t{14} * 86'400;

// Other scripts than those of language.h, and a small vocabulary: what a paper of one town uses.
struct Writing {
    std::string_view script;
    std::string_view between;  // words
    std::string_view stop;
    char32_t first;  // of the letters
    std::uint32_t letters;
    std::size_t least;  // letters of a word
    std::size_t most;
    bool capitals;
};
constexpr std::array<Writing, 8> kWritings{{
    {"Latin", " ", ". ", U'a', 26, 2, 9, true},
    {"Greek", " ", ". ", U'\u03B1', 25, 2, 9, true},
    {"Hebrew", " ", ". ", U'\u05D0', 27, 2, 7, false},
    {"Bengali", " ", "। ", U'\u0995', 20, 2, 7, false},
    {"Hangul", " ", ". ", U'\uAC00', 1'500, 1, 4, false},
    {"Kana", "", "。", U'\u3042', 80, 2, 5, false},
    {"Han", "", "。", U'\u4E00', 3'000, 1, 3, false},
    {"Khmer", "", " ", U'\u1780', 33, 3, 9, false},
}};

enum class Slot : std::uint8_t { word, name, number };
struct Token {
    Slot slot = Slot::word;
    std::string text;
};
using Line = std::vector<Token>;
using Lines = std::vector<Line>;

class WireMaker {
  public:
    WireMaker(const Writing& writing, std::uint64_t seed) : writing_(writing), random_(seed) {
        for (int i = 0; i < 900; ++i)
            words_.push_back(made_word(false));
        for (int i = 0; i < 120; ++i)
            names_.push_back(made_word(true));
    }

    std::vector<MadeArticle> make(int count) {
        while (static_cast<int>(made_.size()) < count) {
            const std::size_t which = below(random_, 100);
            if (which < 60) {
                add("single", prose());
            } else if (which < 80) {
                wire();
            } else if (which < 86) {
                form();
            } else if (which < 89) {
                briefing();
            } else if (which < 92) {
                stars();
            } else if (which < 96) {
                boilerplate();
            } else {
                same_subject();
            }
        }
        return std::move(made_);
    }

  private:
    struct Subject {
        std::vector<std::string> names;
        std::vector<std::string> words;
    };

    std::string made_word(bool name) {
        std::string out;
        const std::size_t length =
            writing_.least + below(random_, writing_.most - writing_.least + 1);
        for (std::size_t i = 0; i < length; ++i) {
            auto letter = writing_.first + static_cast<char32_t>(below(random_, writing_.letters));
            if (name && i == 0 && writing_.capitals) letter -= 32;
            append_utf8(out, letter);
        }
        return out;
    }
    std::string word() {
        // The commonest first, about as in a language.
        const double u = static_cast<double>(random_() >> 11U) * 0x1.0p-53;
        return words_[static_cast<std::size_t>(u * u * u * static_cast<double>(words_.size()))];
    }
    std::string number() { return std::to_string(1 + below(random_, 1 + below(random_, 3'000))); }

    Subject subject() {
        Subject out;
        for (int i = 0; i < 4; ++i)
            out.names.push_back(one_of(random_, names_));
        for (int i = 0; i < 15; ++i)
            out.words.push_back(one_of(random_, words_));
        return out;
    }
    Line line(const Subject& about) {
        Line out;
        const std::size_t length = 7 + below(random_, 14);
        for (std::size_t i = 0; i < length; ++i) {
            const std::size_t which = below(random_, 100);
            if (which < 9) {
                out.push_back({Slot::name, one_of(random_, about.names)});
            } else if (which < 13) {
                out.push_back({Slot::number, number()});
            } else {
                out.push_back({Slot::word, which < 30 ? one_of(random_, about.words) : word()});
            }
        }
        return out;
    }
    Lines lines(std::size_t count, const Subject& about) {
        Lines out;
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(line(about));
        return out;
    }
    Lines prose() { return lines(3 + below(random_, 16), subject()); }

    MadeArticle& add(std::string kind, const Lines& body) {
        const int document = static_cast<int>(made_.size());
        MadeArticle article{.feed = static_cast<int>(below(random_, kFeeds)),
                            .document = document,
                            .story = document,
                            .script = std::string(writing_.script),
                            .kind = std::move(kind),
                            .title = written(line(subject())),
                            .url = {},
                            .paragraphs = {},
                            .at = any_time()};
        for (std::size_t i = 0; i < body.size(); i += 2) {
            std::string paragraph = written(body[i]);
            if (i + 1 < body.size()) paragraph += written(body[i + 1]);
            article.paragraphs.push_back(std::string(trim(paragraph)));
        }
        made_.push_back(std::move(article));
        return made_.back();
    }
    std::string written(const Line& line) {
        std::string out;
        for (const Token& token : line) {
            if (!out.empty()) out += writing_.between;
            out += token.text;
        }
        return out + std::string(writing_.stop);
    }
    Time any_time() { return kBegin + Seconds{static_cast<std::int64_t>(below(random_, kSpan))}; }

    Lines replaced(Lines body, double share) {
        for (Line& line : body) {
            for (Token& token : line) {
                if (chance(random_, share)) token.text = word();
            }
        }
        return body;
    }
    Line byline() {
        return {{Slot::name, one_of(random_, names_)}, {Slot::name, one_of(random_, names_)}};
    }

    struct Severity {
        const char* name;
        bool lead;
        double words;
        int form;  // 1 shuffled and shortened, 2 two sentences, 3 cut off
    };
    // What each of the papers that took over a text made of it.
    void wire() {
        static const std::array<Severity, 9> kSeverities{
            {{"headline", false, 0, 0},
             {"lead-in", true, 0, 0},
             {"words 10 %", false, 0.10, 0},
             {"words 20 %", false, 0.20, 0},
             {"words 33 %", false, 0.33, 0},
             {"lead-in, words 25 %", true, 0.25, 0},
             {"other order, words 15 %", false, 0.15, 1},
             {"two sentences", false, 0, 2},
             {"cut off, words 10 %", false, 0.1, 3}}};
        const Subject about = subject();
        const Lines body = lines(6 + below(random_, 14), about);
        const MadeArticle first = add("wired", body);
        const std::size_t copies = 1 + below(random_, 4) * below(random_, 2);
        for (std::size_t i = 0; i < copies; ++i) {
            const Severity& severity = kSeverities[below(random_, kSeverities.size())];
            Lines text = body;
            if (severity.form == 1) {
                std::shuffle(text.begin() + 1, text.end(), random_);
                text.resize(text.size() * 3 / 4);
            }
            if (severity.form == 2) text = {body[0], body[1 + below(random_, body.size() - 1)]};
            if (severity.form == 3) {
                text.resize(std::max<std::size_t>(2, text.size() / 3));
                text.back().resize(text.back().size() / 2);
            }
            text = replaced(std::move(text), severity.words);
            if (severity.lead) {
                text.front() = line(about);
                text.insert(text.begin(), byline());
            }
            MadeArticle& copy = add(std::string("wire: ") + severity.name, text);
            copy.story = first.story;
            copy.at = first.at + Seconds{static_cast<std::int64_t>(below(random_, 2 * 86'400))};
            while (copy.feed == first.feed)
                copy.feed = static_cast<int>(below(random_, kFeeds));
        }
    }

    std::size_t family() {
        return chance(random_, 0.5) ? 2 + below(random_, 3) : 4 + below(random_, 36);
    }

    // Forms, of few and of many fields. Fields with a name or number, and with one of four words.
    void form() {
        const Subject about = subject();
        Lines fixed = lines(2 + below(random_, 6), about);
        const double fields = 0.08 + 0.03 * static_cast<double>(below(random_, 7));
        for (Line& line : fixed) {
            for (Token& token : line)
                token = {Slot::word, word()};
            for (Token& token : line) {
                if (chance(random_, fields))
                    token = {chance(random_, 0.5) ? Slot::name : Slot::number, {}};
                else if (chance(random_, 0.04))
                    token.text.clear();
            }
            line[below(random_, line.size())] = {Slot::number, {}};
            line[0] = {Slot::name, {}};
        }
        const std::array<std::string, 4> few{word(), word(), word(), word()};
        const bool one_feed = chance(random_, 0.4);
        const int feed = static_cast<int>(below(random_, kFeeds));
        const Time begin = any_time();
        const std::size_t count = family();
        for (std::size_t i = 0; i < count; ++i) {
            Lines filled = fixed;
            const std::array<std::string, 3> names{one_of(random_, names_), one_of(random_, names_),
                                                   one_of(random_, names_)};
            for (Line& line : filled) {
                for (Token& token : line) {
                    if (token.slot == Slot::name) token.text = names[below(random_, 3)];
                    if (token.slot == Slot::number) token.text = number();
                    if (token.text.empty()) token.text = few[below(random_, 4)];
                }
            }
            MadeArticle& article = add(fmt::format("form of {:.0f} %", fields * 100), filled);
            if (one_feed) article.feed = feed;
            if (one_feed) article.at = begin + Seconds{static_cast<std::int64_t>(i) * 43'200};
        }
    }

    // The day in brief: a frame, and in it the first words of other articles.
    void briefing() {
        const Lines frame = lines(2 + below(random_, 4), subject());
        const int feed = static_cast<int>(below(random_, kFeeds));
        const bool one_feed = chance(random_, 0.6);
        const Time begin = any_time();
        const std::size_t count = family();
        for (std::size_t i = 0; i < count; ++i) {
            Lines body;
            for (const Line& line : frame) {
                body.push_back(line);
                body.back()[1] = {Slot::number, number()};
                Line item = this->line(subject());
                item.resize(4 + below(random_, 4));
                body.push_back(item);
            }
            MadeArticle& article = add("briefing", body);
            if (one_feed) article.feed = feed;
            article.at = begin + Seconds{static_cast<std::int64_t>(i) * 86'400};
        }
    }

    // What two of them share is the opening and at most half of the rest: with more they would be
    // one text by any reading.
    void stars() {
        const Lines pool = lines(24 + below(random_, 60), subject());
        const Line opening = line(subject());
        const std::size_t count = family();
        std::vector<Lot> drawn;
        while (drawn.size() < count) {
            const Lot lot = drawn_lot(pool.size());
            if (std::ranges::any_of(drawn, [&](const Lot& one) { return nearly_same(one, lot); })) {
                continue;
            }
            drawn.push_back(lot);
            Lines body{opening};
            body[0][0] = {Slot::name, one_of(random_, names_)};
            for (const std::size_t one : lot)
                body.push_back(pool[one]);
            add("horoscope", body).at = any_time();
        }
    }
    using Lot = std::array<std::size_t, 4>;
    Lot drawn_lot(std::size_t among) {
        Lot lot{};
        for (std::size_t i = 0; i < lot.size();) {
            lot[i] = below(random_, among);
            const auto end = lot.begin() + static_cast<std::ptrdiff_t>(i);
            if (std::find(lot.begin(), end, lot[i]) == end) ++i;
        }
        return lot;
    }
    static bool nearly_same(const Lot& a, const Lot& b) {
        return std::ranges::count_if(
                   a, [&](std::size_t one) { return std::ranges::find(b, one) != b.end(); }) > 2;
    }

    void boilerplate() {
        const Lines plea = lines(1 + below(random_, 6), subject());
        const int feed = static_cast<int>(below(random_, kFeeds));
        const std::size_t feeds = chance(random_, 0.4) ? 6 : 1;
        const bool above = chance(random_, 0.2);
        const std::size_t count = family();
        for (std::size_t i = 0; i < count; ++i) {
            Lines body = lines(2 + below(random_, 5), subject());
            body.insert(above ? body.begin() : body.end(), plea.begin(), plea.end());
            add(above ? "boilerplate above" : "boilerplate below", body).feed =
                (feed + static_cast<int>(below(random_, feeds))) % kFeeds;
        }
    }

    // With a quotation that all of them have.
    void same_subject() {
        const Subject about = subject();
        const Lines quoted = lines(1, about);
        const Time begin = any_time();
        for (int i = 0; i < 6; ++i) {
            Lines body = lines(4 + below(random_, 8), about);
            body.insert(body.begin() + static_cast<std::ptrdiff_t>(below(random_, body.size())),
                        quoted[0]);
            add("same subject", body).at = begin + Seconds{i * 9'000};
        }
    }

    static constexpr Time kBegin = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5};
    const Writing& writing_;
    Random random_;
    std::vector<std::string> words_;
    std::vector<std::string> names_;
    std::vector<MadeArticle> made_;
};

}  // namespace

std::vector<MadeArticle> wire_corpus(int count, std::uint64_t seed) {
    std::vector<MadeArticle> all;
    seed *= 1'000;
    for (const Writing& writing : kWritings) {
        take(all, WireMaker(writing, ++seed).make(count / static_cast<int>(kWritings.size())),
             [](const MadeArticle& article, std::size_t at) {
                 return fmt::format("https://w{}.example/{}", article.feed, at);
             });
    }
    return in_order_of_time(std::move(all));
}

}  // namespace feedd::bench
