// What a commit costs per article as the store grows: the indices of hashes and URLs are written to
// in no order, and outgrow every cache.
//   store_growth DB [ARTICLES]
// Fills a new store with short articles, ten a poll, and prints the processor time of each (user +
// system) around 10,000, 100,000 and so on, up to ARTICLES (1,000,000).
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sys/resource.h>

#include "dedup/judge.h"
#include "prose.h"
#include "store/open.h"

namespace {

using namespace feedd;

constexpr std::size_t kFeeds = 10'000;
constexpr int kItems = 10;         // new in a poll
constexpr int kTogether = 64;      // polls in a commit, as service/committer
constexpr int kMeasured = 10'000;  // articles

double processor_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::string hex(bench::Dice& dice) {
    return fmt::format("{:016x}{:016x}", dice.next(), dice.next());
}

// Of the feed's own site, as nearly all are.
Candidate candidate(bench::Dice& dice, const std::string& host, int position) {
    const std::string words = bench::text(bench::Writing::latin, dice, 200);
    const std::string path = fmt::format("/2025/04/{:x}/", dice.next());
    Candidate made{.key = fmt::format("guid:https://{}/?p={:x}", host, dice.next()),
                   .guid = host,
                   .item_hash = dice.next(),
                   .position = position};
    Article& article = made.article;
    article.url = "https://" + host + path;
    article.url_key = host + path;
    article.link = article.url;
    article.title = words.substr(0, 40);
    article.content_html = "<p>" + words + "</p>";
    article.content_text = words;
    article.content_hash = hex(dice);
    article.text_hash = hex(dice);
    article.authors = {{.name = "Ann Lee"}};
    return made;
}

std::vector<FeedState> feeds_of(StoreWriter& writer, Time now) {
    std::vector<FeedSpec> list(kFeeds);
    for (std::size_t i = 0; i < kFeeds; ++i) {
        list[i].url = fmt::format("https://site{}.example/feed", i);
        list[i].name = fmt::format("site{}", i);
    }
    return writer.apply_list(list, now).value();
}

std::vector<PollOutcome> polls(const std::vector<FeedState>& feeds, bench::Dice& dice, Time now) {
    std::vector<PollOutcome> outcomes;
    for (int i = 0; i < kTogether; ++i) {
        const FeedState& feed = feeds[dice.below(feeds.size())];
        PollOutcome outcome{.feed = feed.id, .at = now, .result = PollResult::ok, .state = feed};
        for (int position = 0; position < kItems; ++position)
            outcome.candidates.push_back(
                candidate(dice, outcome.state.name + ".example", position));
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fputs("usage: store_growth DB [ARTICLES]\n", stderr);
        return 64;
    }
    const long most = count > 2 ? std::strtol(arguments[2], nullptr, 10) : 1'000'000;
    auto writer = open_writer(arguments[1]);
    if (!writer) {
        std::fprintf(stderr, "store_growth: %s\n", message(writer.error()).c_str());
        return 1;
    }
    Time now = std::chrono::sys_days{std::chrono::year{2025} / 5 / 1};
    const std::vector<FeedState> feeds = feeds_of(**writer, now);
    bench::Dice dice(1);
    long articles = 0;
    double first = 0;
    for (long next = 10'000; next <= most; next *= 10) {
        double spent = 0;
        long measured = 0;
        while (articles < next + kMeasured / 2) {
            now += Seconds{1};
            const std::vector<PollOutcome> outcomes = polls(feeds, dice, now);
            const double start = processor_seconds();
            for (const PollReport& report : (*writer)->commit(outcomes, judge)) {
                articles += report.added;
                if (articles <= next - kMeasured / 2) continue;
                measured += report.added;
            }
            if (measured > 0) spent += processor_seconds() - start;
        }
        const double each = spent / static_cast<double>(measured);
        if (first == 0) first = each;
        fmt::print("{:>9} articles: {:.1f} us an article, {:.2f} times\n", next, each * 1e6,
                   each / first);
        std::fflush(stdout);
    }
    return 0;
}
