#include "story_corpus.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "language.h"

namespace feedd::bench {

namespace {

constexpr int kFeeds = 400;
constexpr std::int64_t kSpan = std::int64_t{14} * 86'400;
constexpr std::int64_t kSyndicated = std::int64_t{2} * 86'400;  // a wire's text is printed by then

// What a topic's articles have in common: who, where, and the words of the matter.
struct Topic {
    std::vector<std::string> names;
    std::vector<std::string> words;
    std::vector<Sentence> phrases;  // that everybody uses of it
};

class Maker {
  public:
    Maker(const Language& language, std::uint64_t seed) : language_(language), random_(seed) {
        for (int i = 0; i < 400; ++i)
            idioms_.push_back(words(2 + below(random_, 3)));
    }

    std::vector<MadeArticle> make(int count) {
        while (static_cast<int>(made_.size()) < count) {
            const std::size_t which = below(random_, 100);
            if (which < 28) {
                single();
            } else if (which < 33) {
                cross_post();
            } else if (which < 38) {
                rewrite();
            } else if (which < 40) {
                subject();
            } else if (which < 41) {
                templates();
            } else if (which < 42) {
                boilerplate();
            }
        }
        return std::move(made_);
    }

  private:
    std::string pick(const Topic& topic) {
        const std::size_t which = below(random_, 100);
        if (which < 10) return one_of(random_, topic.names);
        if (which < 13) return language_.number(random_, 2'000);
        if (which < 30) return one_of(random_, topic.words);
        return language_.word(random_);
    }

    Sentence words(std::size_t count) {
        Sentence out;
        for (std::size_t i = 0; i < count; ++i)
            out.push_back(language_.word(random_));
        return out;
    }

    Topic topic() {
        Topic made;
        for (int i = 0; i < 6; ++i)
            made.names.push_back(one_of(random_, language_.names));
        for (int i = 0; i < 40; ++i)
            made.words.push_back(language_.word(random_));
        for (int i = 0; i < 6; ++i) {
            Sentence phrase = words(2 + below(random_, 2));
            phrase.push_back(one_of(random_, made.names));
            made.phrases.push_back(std::move(phrase));
        }
        return made;
    }

    void append(Sentence& sentence, const Sentence& more) {
        sentence.insert(sentence.end(), more.begin(), more.end());
    }

    Sentence sentence(const Topic& topic) {
        Sentence out;
        const std::size_t length = 9 + below(random_, 18);
        while (out.size() < length) {
            if (chance(random_, 0.05)) append(out, one_of(random_, idioms_));
            if (chance(random_, 0.02)) append(out, one_of(random_, topic.phrases));
            if (!out.empty() && chance(random_, 0.06)) out.push_back(language_.comma);
            out.push_back(pick(topic));
        }
        return out;
    }

    Prose prose(const Topic& topic) {
        const std::size_t kind = below(random_, 10);
        if (kind < 3) return {{sentence(topic), sentence(topic)}};
        Prose out;
        const std::size_t paragraphs = kind < 7 ? 3 + below(random_, 4) : 6 + below(random_, 8);
        for (std::size_t i = 0; i < paragraphs; ++i) {
            Paragraph paragraph;
            for (std::size_t j = 0; j < 2 + below(random_, 3); ++j)
                paragraph.push_back(sentence(topic));
            out.push_back(std::move(paragraph));
        }
        return out;
    }

    std::string headline(const Topic& topic) {
        Sentence out;
        for (std::size_t i = 0; i < 6 + below(random_, 5); ++i)
            out.push_back(pick(topic));
        std::string text = written(language_, out);
        text.resize(text.size() - language_.full_stop.size());
        return text;
    }

    Time any_time() { return kBegin + Seconds{static_cast<std::int64_t>(below(random_, kSpan))}; }
    int any_feed() { return static_cast<int>(below(random_, kFeeds)); }

    MadeArticle& add(std::string kind, std::string title, const Prose& prose) {
        std::vector<std::string> paragraphs;
        for (const Paragraph& paragraph : prose)
            paragraphs.push_back(written(language_, paragraph));
        const int document = static_cast<int>(made_.size());
        made_.push_back({.feed = any_feed(),
                         .document = document,
                         .story = document,
                         .script = language_.script,
                         .kind = std::move(kind),
                         .title = std::move(title),
                         .url = {},
                         .paragraphs = std::move(paragraphs),
                         .at = any_time()});
        return made_.back();
    }

    void single() {
        const Topic about = topic();
        add("single", headline(about), prose(about));
    }

    void cross_post() {
        const Topic about = topic();
        const Prose text = prose(about);
        const MadeArticle first = add("cross-posted", headline(about), text);
        MadeArticle& copy = add("cross-post", first.title, text);
        copy.document = first.document;
        copy.story = first.story;
        copy.at = first.at + Seconds{static_cast<std::int64_t>(below(random_, kSyndicated))};
        // A short text alone is no proof; the address is.
        std::size_t characters = 0;
        for (const std::string& paragraph : first.paragraphs)
            characters += paragraph.size();
        if (characters < 1'500) copy.url = fmt::format("same:{}", first.document);
        another_feed(copy, first.feed);
    }

    void another_feed(MadeArticle& copy, int than) {
        while (copy.feed == than)
            copy.feed = any_feed();
    }

    Prose replaced(const Prose& prose, double share) {
        Prose out = prose;
        for (Paragraph& paragraph : out) {
            for (Sentence& sentence : paragraph) {
                for (std::string& word : sentence) {
                    if (word != language_.comma && chance(random_, share)) {
                        word = language_.word(random_);
                    }
                }
            }
        }
        return out;
    }

    void rewrite() {
        const Topic about = topic();
        Prose text = prose(about);
        const bool is_long = text.size() >= 3;
        using Edit = std::function<Prose(Prose)>;
        struct Severity {
            std::string name;
            bool of_long;
            Edit edit;
        };
        const std::vector<Severity> severities{
            {"headline", false, [](Prose p) { return p; }},
            {"byline and lead-in", true,
             [&](Prose p) {
                 p.front() = {sentence(about), sentence(about)};
                 p.insert(p.begin(), Paragraph{{one_of(random_, language_.names),
                                                one_of(random_, language_.names)}});
                 return p;
             }},
            {"words 10 %", false, [&](const Prose& p) { return replaced(p, 0.10); }},
            {"words 20 %", false, [&](const Prose& p) { return replaced(p, 0.20); }},
            {"words 33 %", false, [&](const Prose& p) { return replaced(p, 0.33); }},
            {"paragraphs dropped, reordered", true,
             [&](Prose p) {
                 std::shuffle(p.begin() + 1, p.end(), random_);
                 p.resize(p.size() * 2 / 3);
                 return p;
             }},
            {"summary of two sentences", true,
             [&](const Prose& p) {
                 return Prose{{p.front().front(), one_of(random_, p).front()}};
             }},
            {"truncated", true,
             [&](Prose p) {
                 p.resize(std::max<std::size_t>(1, p.size() / 4));
                 Sentence& last = p.back().back();
                 last.resize(std::max<std::size_t>(4, last.size() / 2));
                 last.emplace_back("…");
                 return p;
             }},
        };
        const Severity* severity = &one_of(random_, severities);
        while (severity->of_long && !is_long)
            severity = &one_of(random_, severities);
        const MadeArticle first = add("rewritten", headline(about), text);
        MadeArticle& copy =
            add("rewrite: " + severity->name, headline(about), severity->edit(text));
        copy.story = first.story;
        copy.at = first.at + Seconds{static_cast<std::int64_t>(below(random_, kSyndicated))};
        if (chance(random_, 0.3))
            std::swap(copy.at, made_[static_cast<std::size_t>(first.document)].at);
        another_feed(copy, first.feed);
    }

    // Ten papers write of one matter, each in its own words.
    void subject() {
        const Topic about = topic();
        const Time day = any_time();
        for (int i = 0; i < 10; ++i) {
            MadeArticle& article = add("same subject", headline(about), prose(about));
            article.at = day + Seconds{static_cast<std::int64_t>(below(random_, kSyndicated))};
        }
    }

    // What an agency fills in, with weekday, place, names and figures. '#' a number, '@' a name,
    // '*' one of a few words.
    struct Template {
        std::string name;
        Prose text;
        std::vector<std::string> few;
        int feed = -1;  // the only one that has it; -1 any
    };

    Template any_template() {
        static const std::array<std::string, 6> kNames{"weather",  "ticker",    "match report",
                                                       "obituary", "horoscope", "daily briefing"};
        const std::size_t which = below(random_, kNames.size());
        Template made{.name = kNames[which], .text = {}, .few = words(12), .feed = -1};
        // Slots of a hundred words; what a horoscope says comes from a pool of sentences.
        const std::array<std::array<int, 3>, 6> slots{
            {{10, 8, 12}, {22, 12, 2}, {12, 14, 8}, {8, 14, 4}, {0, 3, 4}, {6, 14, 6}}};
        const std::size_t sentences = 3 + below(random_, 6);
        Paragraph paragraph;
        for (std::size_t i = 0; i < sentences; ++i) {
            Sentence one = words(10 + below(random_, 12));
            for (std::string& word : one) {
                const auto slot = static_cast<int>(below(random_, 100));
                const auto& of = slots[which];
                if (slot < of[0]) {
                    word = "#";
                } else if (slot < of[0] + of[1]) {
                    word = "@";
                } else if (slot < of[0] + of[1] + of[2]) {
                    word = "*";
                }
            }
            paragraph.push_back(std::move(one));
        }
        made.text = {std::move(paragraph)};
        if (chance(random_, 0.5)) made.feed = any_feed();
        return made;
    }

    void templates() {
        const Template form = any_template();
        const Sentence title = words(4);
        const std::size_t count = 4 + below(random_, 25);
        std::vector<Sentence> pool;  // what stars can say
        for (int i = 0; i < 150; ++i)
            pool.push_back(words(8 + below(random_, 10)));
        for (std::size_t i = 0; i < count; ++i) {
            Prose text = form.text;
            if (form.name == "horoscope") {
                std::shuffle(pool.begin(), pool.end(), random_);
                text = {{text.front().front(), pool[0], pool[1], pool[2]}};
            }
            const Sentence names{one_of(random_, language_.names), one_of(random_, language_.names),
                                 one_of(random_, language_.names)};
            for (Sentence& sentence : text.front()) {
                for (std::string& word : sentence) {
                    if (word == "#") word = language_.number(random_, 400);
                    if (word == "@") word = one_of(random_, names);
                    if (word == "*") word = one_of(random_, form.few);
                }
            }
            MadeArticle& article = add("template: " + form.name,
                                       written(language_, title) + " " + names.front(), text);
            if (form.feed >= 0) article.feed = form.feed;
        }
    }

    // A publisher's plea stands below all of its articles, in some of its papers.
    void boilerplate() {
        Paragraph plea;
        for (int i = 0; i < 3; ++i)
            plea.push_back(words(10 + below(random_, 12)));
        const int feed = any_feed();
        const bool network = chance(random_, 0.3);
        for (int i = 0; i < 12; ++i) {
            const Topic about = topic();
            Prose text{{sentence(about), sentence(about), sentence(about)}, plea};
            MadeArticle& article = add("boilerplate", headline(about), text);
            article.feed = network ? (feed + static_cast<int>(below(random_, 8))) % kFeeds : feed;
        }
    }

    static constexpr Time kBegin = std::chrono::sys_days{std::chrono::year{2025} / 3 / 1};
    const Language& language_;
    Random random_;
    std::vector<Sentence> idioms_;
    std::vector<MadeArticle> made_;
};

}  // namespace

std::vector<MadeArticle> story_corpus(int count, std::uint64_t seed) {
    std::vector<MadeArticle> all;
    const std::vector<Language> known = languages(seed);
    for (const Language& language : known) {
        take(all, Maker(language, ++seed).make(count / static_cast<int>(known.size())),
             [](const MadeArticle& article, std::size_t at) {
                 return article.url.empty()
                            ? fmt::format("https://f{}.example/a/{}", article.feed, at)
                            : fmt::format("https://f0.example/a/{}?utm_source=f{}",
                                          article.document, article.feed);
             });
    }
    // The original of a copy that shares its address has that address, too.
    for (MadeArticle& article : all) {
        if (const auto query = article.url.find('?'); query != std::string::npos) {
            all[static_cast<std::size_t>(article.document)].url = article.url.substr(0, query);
        }
    }
    return in_order_of_time(std::move(all));
}

}  // namespace feedd::bench
