// How well stories and documents are recognised, and what that costs: made articles go the way that
// polled ones do, into a real store. 'bench_dedup' prints the tables of docs/deduplication.md;
// 'bench_dedup cost N' what an article costs with N in the store.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "dedup/fingerprint.h"
#include "dedup/item_key.h"
#include "dedup/judge.h"
#include "dedup/story_matcher.h"
#include "language.h"
#include "model/document.h"
#include "normalize/article.h"
#include "store/open.h"
#include "story_corpus.h"
#include "support/temp_dir.h"

namespace {

using namespace feedd;
using bench::MadeArticle;

constexpr std::size_t kTogether = 64;  // outcomes in a commit, as the daemon does

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::vector<FeedSpec> feed_list(int count) {
    std::vector<FeedSpec> list;
    for (int i = 0; i < count; ++i) {
        list.push_back(
            {.url = fmt::format("https://f{}.example/feed", i), .name = fmt::format("feed {}", i)});
    }
    return list;
}

// A poll that brings this article alone.
// `fingerprinting`: the seconds that this took are added.
PollOutcome poll(const FeedState& feed, const MadeArticle& made, std::size_t number,
                 double& fingerprinting) {
    Document document;
    Item item;
    item.id = fmt::format("urn:made:{}", number);
    item.url = made.url;
    item.title = {.kind = Text::Kind::plain, .value = made.title};
    item.content.kind = Text::Kind::html;
    for (const std::string& paragraph : made.paragraphs)
        item.content.value += "<p>" + paragraph + "</p>";
    item.published = made.at;
    document.items.push_back(std::move(item));
    const ItemKey key = item_keys(document, GuidTrust::stable).front();
    PollOutcome outcome;
    outcome.feed = feed.id;
    outcome.at = made.at;
    outcome.result = PollResult::ok;
    outcome.http_status = 200;
    outcome.items = 1;
    outcome.state = feed;
    outcome.plan.at = made.at;
    Candidate candidate{.key = key.key,
                        .guid = document.items[0].id,
                        .item_hash = key.hash,
                        .url_identifies = key.url_identifies,
                        .article = normalized(document.items[0], document.feed, made.at)};
    const double begin = cpu_seconds();
    candidate.fingerprint = fingerprint_of(candidate.article.content_text);
    fingerprinting += cpu_seconds() - begin;
    outcome.candidates.push_back(std::move(candidate));
    return outcome;
}

class Run {
  public:
    explicit Run(int feeds) : path_(directory_.path("feedd.db")) {
        writer_ = std::move(*open_writer(path_));
        feeds_ = writer_->apply_list(feed_list(feeds), Time{}).value();
    }
    [[nodiscard]] StoreWriter& writer() { return *writer_; }
    [[nodiscard]] const std::string& path() const { return path_; }

    // Without a fingerprint an article is part of no story.
    enum class Fingerprints : std::uint8_t { made, none };

    // Seconds of processor time that judging and storing took.
    double commit(std::span<const MadeArticle> articles,
                  Fingerprints fingerprints = Fingerprints::made) {
        double used = 0;
        fingerprinting_ = 0;
        for (std::size_t i = 0; i < articles.size(); i += kTogether) {
            std::vector<PollOutcome> outcomes;
            for (const MadeArticle& made :
                 articles.subspan(i, std::min(kTogether, articles.size() - i)))
                outcomes.push_back(poll(feeds_.at(static_cast<std::size_t>(made.feed)), made,
                                        number_++, fingerprinting_));
            if (fingerprints == Fingerprints::none) {
                for (PollOutcome& outcome : outcomes)
                    outcome.candidates.front().fingerprint.emplace();
            }
            const double begin = cpu_seconds();
            const auto reports = writer_->commit(outcomes, judge);
            used += cpu_seconds() - begin;
            for (const PollReport& report : reports) {
                if (report.error) std::fprintf(stderr, "%s\n", message(*report.error).c_str());
            }
        }
        return used;
    }

    // Seconds that fingerprints took in the last commit, before it.
    [[nodiscard]] double fingerprinting() const { return fingerprinting_; }

  private:
    test::TempDir directory_;
    std::string path_;
    std::unique_ptr<StoreWriter> writer_;
    std::vector<FeedState> feeds_;
    std::size_t number_ = 0;
    double fingerprinting_ = 0;
};

struct Stored {
    std::int64_t article = 0;
    std::int64_t story = 0;  // 0: none
};

// What became of each made article.
std::vector<Stored> stored(const std::string& path, std::size_t count) {
    SQLite::Database store(path, SQLite::OPEN_READONLY);
    SQLite::Statement query(store,
                            "SELECT s.guid, a.id, coalesce(a.story_id, 0) FROM sightings AS s "
                            "JOIN articles AS a ON a.id = s.article_id");
    std::vector<Stored> all(count);
    while (query.executeStep()) {
        const std::string guid = query.getColumn(0).getString();
        const std::string_view digits = std::string_view(guid).substr(guid.rfind(':') + 1);
        std::size_t number = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
        all.at(number) = {query.getColumn(1).getInt64(), query.getColumn(2).getInt64()};
    }
    return all;
}

struct Count {
    long found = 0;
    long all = 0;
    [[nodiscard]] double share() const {
        return all == 0 ? 1 : static_cast<double>(found) / static_cast<double>(all);
    }
};

using Groups = std::map<std::int64_t, std::vector<std::size_t>>;

// Pairs of one group, and how many of them `same` holds of.
template <typename Same>
Count pairs(const Groups& groups, Same same) {
    Count count;
    for (const auto& [group, members] : groups) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = i + 1; j < members.size(); ++j) {
                ++count.all;
                if (same(members[i], members[j])) ++count.found;
            }
        }
    }
    return count;
}

void print_recall(const std::vector<MadeArticle>& made, const std::vector<Stored>& is) {
    std::map<std::string, std::map<std::string, Count>> table;
    std::map<int, std::size_t> first;  // of each story
    std::set<std::string> scripts;
    for (std::size_t i = 0; i < made.size(); ++i)
        scripts.insert(made[i].script);
    for (std::size_t i = 0; i < made.size(); ++i) {
        const auto [original, fresh] = first.try_emplace(made[i].story, i);
        if (fresh || made[i].document == made[original->second].document) continue;
        const std::size_t copy =
            made[i].kind.find(": ") != std::string::npos ? i : original->second;
        Count& count = table[made[copy].kind][made[copy].script];
        ++count.all;
        const Stored& a = is[i];
        const Stored& b = is[original->second];
        if (a.article == b.article || (a.story != 0 && a.story == b.story)) ++count.found;
    }
    std::string header = "| recognised |";
    std::string rule = "|---|";
    for (const std::string& script : scripts) {
        header += " " + script + " |";
        rule += "---|";
    }
    fmt::print("{} all |\n{}---|\n", header, rule);
    for (const auto& [kind, of_script] : table) {
        Count all;
        fmt::print("| {} |", kind);
        for (const std::string& script : scripts) {
            const auto found = of_script.find(script);
            const Count count = found == of_script.end() ? Count{} : found->second;
            all.found += count.found;
            all.all += count.all;
            fmt::print(" {}/{} |", count.found, count.all);
        }
        fmt::print(" {:.3f} |\n", all.share());
    }
}

void print_mistakes(const std::vector<MadeArticle>& made, const Groups& by_story) {
    std::map<std::string, long> wrong;
    (void)pairs(by_story, [&](std::size_t a, std::size_t b) {
        if (made[a].story != made[b].story) ++wrong[made[a].kind];
        return true;
    });
    for (const auto& [kind, count] : wrong)
        fmt::print("wrong pairs, of {}: {}\n", kind, count);
}

void judge_corpus(const std::string& name, const std::vector<MadeArticle>& made) {
    Run run(400);
    run.writer().match_stories(make_story_matcher(std::chrono::days{7}));
    const double begin = cpu_seconds();
    run.commit(made);
    const double used = cpu_seconds() - begin;
    const std::vector<Stored> is = stored(run.path(), made.size());

    Groups true_documents;
    Groups documents;
    Groups true_stories;
    Groups stories;
    std::set<std::int64_t> seen;
    for (std::size_t i = 0; i < made.size(); ++i) {
        true_documents[made[i].document].push_back(i);
        documents[is[i].article].push_back(i);
        if (!seen.insert(is[i].article).second) continue;
        true_stories[made[i].story].push_back(i);
        if (is[i].story != 0) stories[is[i].story].push_back(i);
    }
    const Count document_recall = pairs(true_documents, [&](std::size_t a, std::size_t b) {
        return is[a].article == is[b].article;
    });
    const Count document_precision = pairs(documents, [&](std::size_t a, std::size_t b) {
        return made[a].document == made[b].document;
    });
    const Count recall = pairs(true_stories, [&](std::size_t a, std::size_t b) {
        return is[a].story != 0 && is[a].story == is[b].story;
    });
    const Count precision = pairs(
        stories, [&](std::size_t a, std::size_t b) { return made[a].story == made[b].story; });
    fmt::print("\n### {}: {} articles\n\n", name, made.size());
    fmt::print("documents: precision {:.4f}, recall {:.4f} ({} pairs)\n",
               document_precision.share(), document_recall.share(), document_recall.all);
    fmt::print("stories: precision {:.4f}, recall {:.4f} ({} pairs)\n", precision.share(),
               recall.share(), recall.all);
    fmt::print("{:.1f} µs of processor time an article, normalised and committed\n\n",
               used * 1e6 / static_cast<double>(made.size()));
    print_recall(made, is);
    print_mistakes(made, stories);
}

MadeArticle short_article(const std::vector<bench::Language>& languages, bench::Random& random,
                          std::size_t number, Time at) {
    const bench::Language& language = languages[number % languages.size()];
    bench::Paragraph paragraph;
    for (int i = 0; i < 3; ++i) {
        bench::Sentence sentence;
        for (int j = 0; j < 20; ++j)
            sentence.push_back(language.word(random));
        paragraph.push_back(std::move(sentence));
    }
    return {.feed = static_cast<int>(number % 400),
            .script = language.script,
            .title = fmt::format("Article {}", number),
            .url = fmt::format("https://made.example/{}", number),
            .paragraphs = {written(language, paragraph)},
            .at = at};
}

struct Stopwatch {
    double& sum;
    double begin = cpu_seconds();
    ~Stopwatch() { sum += cpu_seconds() - begin; }
};

// What a matcher's own work takes, beside the store's for it.
class TimedMatcher final : public StoryMatcher {
  public:
    struct Times {
        double near = 0;
        double decide = 0;
        double keep = 0;  // add and learn
        long compared = 0;
    };
    TimedMatcher(std::unique_ptr<StoryMatcher> matcher, Times& times)
        : matcher_(std::move(matcher)), times_(times) {}

    Seconds window() const override { return matcher_->window(); }
    void clear() override { matcher_->clear(); }
    void add(const StoryMember& member, std::span<const std::uint32_t> kept) override {
        const Stopwatch watch{times_.keep};
        matcher_->add(member, kept);
    }
    void add_all(std::span<const FoundBy> articles, std::size_t to_come) override {
        const Stopwatch watch{times_.keep};
        matcher_->add_all(articles, to_come);
    }
    void learn(std::span<const std::uint32_t> terms) override {
        const Stopwatch watch{times_.keep};
        matcher_->learn(terms);
    }
    void assign(ArticleId article, std::optional<StoryId> story) override {
        matcher_->assign(article, story);
    }
    std::vector<ArticleId> near(const StoryMember& member,
                                const Fingerprint& fingerprint) override {
        const Stopwatch watch{times_.near};
        std::vector<ArticleId> found = matcher_->near(member, fingerprint);
        times_.compared += static_cast<long>(found.size());
        return found;
    }
    StoryDecision decide(const StoryText& told, std::span<const StoryText> others) const override {
        const Stopwatch watch{times_.decide};
        return matcher_->decide(told, others);
    }
    Fingerprint fingerprint(std::string_view text) const override {
        return matcher_->fingerprint(text);
    }

  private:
    std::unique_ptr<StoryMatcher> matcher_;
    Times& times_;
};

// All of them within the window: the most that there can be to choose from. The microseconds that
// stories take of an article: its fingerprint, and what the store's thread does with it.
double print_cost(std::size_t stored_articles) {
    constexpr std::size_t kMeasured = 250 * kTogether;  // with stories, and as many without
    constexpr std::int64_t kWindow = std::int64_t{6} * 86'400;
    const std::vector<bench::Language> languages = bench::languages(5);
    bench::Random random(5);
    Run run(400);
    TimedMatcher::Times times;
    run.writer().match_stories(
        std::make_unique<TimedMatcher>(make_story_matcher(std::chrono::days{7}), times));
    const Time begin = std::chrono::sys_days{std::chrono::year{2025} / 3 / 1};
    const std::size_t all = stored_articles + 3 * kMeasured;
    std::size_t number = 0;
    const auto batch = [&] {
        std::vector<MadeArticle> made;
        for (std::size_t i = 0; i < kTogether; ++i, ++number) {
            const auto after =
                static_cast<std::int64_t>(number) * kWindow / static_cast<std::int64_t>(all);
            made.push_back(short_article(languages, random, number, begin + Seconds{after}));
        }
        return made;
    };
    while (number < stored_articles)
        run.commit(batch(), Run::Fingerprints::made);
    times = {};
    // Both in any order, and the usual batch of each: the store has work of its own now and then.
    std::vector<double> with;
    std::vector<double> fingerprinting;
    std::vector<double> without;
    while (with.size() < kMeasured / kTogether || without.size() < kMeasured / kTogether) {
        if (bench::chance(random, 0.5)) {
            with.push_back(run.commit(batch(), Run::Fingerprints::made));
            fingerprinting.push_back(run.fingerprinting());
        } else {
            without.push_back(run.commit(batch(), Run::Fingerprints::none));
        }
    }
    const auto each = [&](double seconds) {
        return seconds * 1e6 / static_cast<double>(with.size() * kTogether);
    };
    const auto usual = [&](std::vector<double>& batches) {
        std::ranges::sort(batches);
        return batches[batches.size() / 2] * 1e6 / static_cast<double>(kTogether);
    };
    const double beside = usual(without);
    const double fingerprint = usual(fingerprinting);
    const double placing = usual(with) - beside;
    fmt::print(
        "{} articles stored: stories take {:.1f} µs an article ({:.1f} its fingerprint, {:.1f} in "
        "the store), beside {:.1f} to judge and store it\n"
        "  in the store finding {:.1f}, comparing {:.1f} (with {:.2f} others), remembering "
        "{:.1f}\n",
        stored_articles, fingerprint + placing, fingerprint, placing, beside, each(times.near),
        each(times.decide),
        static_cast<double>(times.compared) / static_cast<double>(with.size() * kTogether),
        each(times.keep));
    std::fflush(stdout);
    return fingerprint + placing;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (!words.empty() && words[0] == "cost") {
        if (words.size() == 2) {
            print_cost(std::stoul(words[1]));
            return 0;
        }
        const double few = print_cost(10'000);
        fmt::print("{:.2f} times\n", print_cost(1'000'000) / few);
        return 0;
    }
    const int count = words.empty() ? 24'000 : std::stoi(words[0]);
    const std::uint64_t seed = words.size() < 2 ? 1 : std::stoull(words[1]);
    judge_corpus("The corpus that the rules were made by", bench::story_corpus(count, seed));
    judge_corpus("Another one", bench::story_check_corpus(count, seed));
    judge_corpus("A third one", bench::wire_corpus(count, seed));
    return 0;
}
