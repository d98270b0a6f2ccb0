#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "language.h"
#include "story_corpus.h"

namespace feedd::bench {

namespace {

constexpr int kFeeds = 300;
constexpr std::int64_t kSpan = std::int64_t{14} * 86'400;

// A word that may be said in other words. Each has its place in the dictionary.
class Dictionary {
  public:
    Dictionary(const Language& language, Random& random) : language_(language), random_(random) {}
    const std::string& synonym(const std::string& word) {
        auto& known = synonyms_[word];
        if (known.empty()) known = language_.word(random_);
        return known;
    }
    const std::string& translated(const std::string& name) {
        auto& known = translated_[name];
        if (known.empty()) known = one_of(random_, language_.names);
        return known;
    }

  private:
    const Language& language_;
    Random& random_;
    std::map<std::string, std::string> synonyms_;
    std::map<std::string, std::string> translated_;
};

// What a token of a sentence is, so that edits know what they change.
struct Token {
    enum class Kind : std::uint8_t { word, name, number } kind = Kind::word;
    std::string text;
};
using Line = std::vector<Token>;
using Lines = std::vector<Line>;

class CheckMaker {
  public:
    CheckMaker(const Language& language, std::uint64_t seed)
        : language_(language), random_(seed), dictionary_(language_, random_) {
        // Patterns of sentences: 'w' a word, 'n' a name, '#' a number, 'f' words that always stand
        // in this pattern.
        for (int i = 0; i < 120; ++i) {
            std::string pattern;
            for (std::size_t j = 0; j < 8 + below(random_, 14); ++j)
                pattern += "wwwwwwwffffnn#"[below(random_, 14)];
            std::vector<std::string> fixed;
            for (const char c : pattern)
                fixed.push_back(c == 'f' ? language_.word(random_) : "");
            patterns_.emplace_back(pattern, fixed);
        }
    }

    std::vector<MadeArticle> make(int count) {
        while (static_cast<int>(made_.size()) < count) {
            switch (below(random_, 24)) {
                case 0:
                case 1:
                case 2:
                    copy();
                    break;
                case 3:
                    follow_ups();
                    break;
                case 4:
                    form();
                    break;
                case 5:
                    exact();
                    break;
                case 6:
                case 7:
                    if (chance(random_, 0.3)) below_the_line();
                    break;
                default:
                    add("single", lines(4 + below(random_, 14), subject()));
            }
        }
        return std::move(made_);
    }

  private:
    using Subject = std::pair<std::vector<std::string>, std::vector<std::string>>;

    Subject subject() {
        Subject made;
        for (int i = 0; i < 5; ++i)
            made.first.push_back(one_of(random_, language_.names));
        for (int i = 0; i < 30; ++i)
            made.second.push_back(language_.word(random_));
        return made;
    }

    Line line(const Subject& about) {
        const auto& [pattern, fixed] = one_of(random_, patterns_);
        Line out;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] == 'n') {
                out.push_back({Token::Kind::name, one_of(random_, about.first)});
            } else if (pattern[i] == '#') {
                out.push_back({Token::Kind::number, language_.number(random_, 900)});
            } else if (pattern[i] == 'f') {
                out.push_back({Token::Kind::word, fixed[i]});
            } else {
                out.push_back({Token::Kind::word, chance(random_, 0.25)
                                                      ? one_of(random_, about.second)
                                                      : language_.word(random_)});
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

    std::string text(const Lines& lines) {
        std::string out;
        for (const Line& one : lines) {
            Sentence words;
            for (const Token& token : one)
                words.push_back(token.text);
            if (!out.empty() && language_.spaced) out += ' ';
            out += written(language_, words);
        }
        return out;
    }

    MadeArticle& add(std::string kind, const Lines& body) {
        const int document = static_cast<int>(made_.size());
        Sentence title;
        for (int i = 0; i < 7; ++i)
            title.push_back(language_.word(random_));
        MadeArticle article{
            .feed = static_cast<int>(below(random_, kFeeds)),
            .document = document,
            .story = document,
            .script = language_.script,
            .kind = std::move(kind),
            .title = written(language_, title),
            .url = {},
            .paragraphs = {},
            .at = kBegin + Seconds{static_cast<std::int64_t>(below(random_, kSpan))}};
        for (std::size_t i = 0; i < body.size(); i += 3) {
            const auto end = std::min(i + 3, body.size());
            article.paragraphs.push_back(
                text(Lines(body.begin() + static_cast<std::ptrdiff_t>(i),
                           body.begin() + static_cast<std::ptrdiff_t>(end))));
        }
        made_.push_back(std::move(article));
        return made_.back();
    }

    template <typename Change>
    static Lines each(Lines lines, Change change) {
        for (Line& line : lines) {
            for (Token& token : line)
                change(token);
        }
        return lines;
    }

    Lines edited(Lines body, const Subject& about, std::size_t edit) {
        using Kind = Token::Kind;
        switch (edit) {
            case 0:  // synonyms
                return each(std::move(body), [&](Token& token) {
                    if (token.kind == Kind::word && chance(random_, 0.3))
                        token.text = dictionary_.synonym(token.text);
                });
            case 1:  // sentences put in
                for (std::size_t i = body.size(); i > 2; i -= 3)
                    body.insert(body.begin() + static_cast<std::ptrdiff_t>(i - 1), line(about));
                return body;
            case 2:  // newer numbers
                return each(std::move(body), [&](Token& token) {
                    if (token.kind == Kind::number && chance(random_, 0.5))
                        token.text = language_.number(random_, 900);
                });
            case 3:  // another order
                std::shuffle(body.begin(), body.end(), random_);
                return body;
            case 4:  // names as another language writes them
                return each(std::move(body), [&](Token& token) {
                    if (token.kind == Kind::name) token.text = dictionary_.translated(token.text);
                });
            case 5: {  // what else there is to read
                const Subject other = subject();
                for (int i = 0; i < 2; ++i)
                    body.push_back(line(other));
                return body;
            }
            default:  // in brief
                return {body[0], body[1]};
        }
    }

    void copy() {
        static const std::array<std::string, 7> kEdits{
            "synonyms 30 %",    "sentences inserted", "numbers changed", "sentences shuffled",
            "names translated", "read also appended", "in brief"};
        const Subject about = subject();
        const Lines body = lines(6 + below(random_, 12), about);
        const MadeArticle first = add("copied", body);
        const std::size_t edit = below(random_, kEdits.size());
        MadeArticle& copy = add("copy: " + kEdits.at(edit), edited(body, about, edit));
        copy.story = first.story;
        while (copy.feed == first.feed)
            copy.feed = static_cast<int>(below(random_, kFeeds));
        copy.at = first.at + Seconds{static_cast<std::int64_t>(below(random_, 2 * 86'400))};
    }

    void exact() {
        const MadeArticle first = add("exact", lines(14, subject()));
        made_.push_back(first);
        MadeArticle& copy = made_.back();
        copy.kind = "exact copy";
        while (copy.feed == first.feed)
            copy.feed = static_cast<int>(below(random_, kFeeds));
        copy.at += Seconds{3'600};
    }

    // A matter that goes on: each article repeats a piece of background, and has news of its own.
    void follow_ups() {
        const Subject about = subject();
        const Lines background = lines(2, about);
        const Time begin = kBegin + Seconds{static_cast<std::int64_t>(below(random_, kSpan))};
        for (int i = 0; i < 6; ++i) {
            Lines body = lines(5 + below(random_, 5), about);
            body.insert(body.end(), background.begin(), background.end());
            add("follow-up", body).at = begin + Seconds{i * 20'000};
        }
    }

    // A form that an agency fills in: fixed words, and in each sentence names and numbers.
    void form() {
        static const std::array<std::string, 4> kForms{"form: results", "form: quotes",
                                                       "form: forecast", "form: notices"};
        Lines fixed;
        for (std::size_t i = 0; i < 3 + below(random_, 4); ++i) {
            Line one;
            for (std::size_t j = 0; j < 9 + below(random_, 8); ++j) {
                const std::size_t which = below(random_, 10);
                one.push_back({which < 2   ? Token::Kind::name
                               : which < 4 ? Token::Kind::number
                                           : Token::Kind::word,
                               language_.word(random_)});
            }
            fixed.push_back(std::move(one));
        }
        const std::string& name = kForms.at(below(random_, kForms.size()));
        const bool one_feed = chance(random_, 0.5);
        const int feed = static_cast<int>(below(random_, kFeeds));
        for (std::size_t i = 0; i < 3 + below(random_, 12); ++i) {
            const Subject about = subject();
            const Lines filled = each(fixed, [&](Token& token) {
                if (token.kind == Token::Kind::name) token.text = one_of(random_, about.first);
                if (token.kind == Token::Kind::number) token.text = language_.number(random_, 900);
            });
            MadeArticle& article = add(name, filled);
            if (one_feed) article.feed = feed;
        }
    }

    // The same plea below all articles of a paper, as long as the shorter of them.
    void below_the_line() {
        const Lines plea = lines(2, subject());
        const int feed = static_cast<int>(below(random_, kFeeds));
        for (int i = 0; i < 8; ++i) {
            Lines body = lines(2 + below(random_, 4), subject());
            body.insert(body.end(), plea.begin(), plea.end());
            add("plea below", body).feed = feed;
        }
    }

    static constexpr Time kBegin = std::chrono::sys_days{std::chrono::year{2024} / 9 / 1};
    const Language& language_;
    Random random_;
    Dictionary dictionary_;
    std::vector<std::pair<std::string, std::vector<std::string>>> patterns_;
    std::vector<MadeArticle> made_;
};

}  // namespace

std::vector<MadeArticle> story_check_corpus(int count, std::uint64_t seed) {
    std::vector<MadeArticle> all;
    const std::vector<Language> known = languages(seed + 1'000);
    for (const Language& language : known) {
        take(all, CheckMaker(language, ++seed).make(count / static_cast<int>(known.size())),
             [](const MadeArticle& article, std::size_t at) {
                 return fmt::format("https://p{}.example/{}", article.feed, at);
             });
    }
    return in_order_of_time(std::move(all));
}

}  // namespace feedd::bench
