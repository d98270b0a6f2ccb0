// Each stage of a poll by itself, on the feeds of bench/made_feeds.h; the time is that of an item.
// How long a whole poll takes is in poll_bench, and beside the bare libraries in bench/whole-job.
#include <array>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include "base/hash.h"
#include "dedup/item_key.h"
#include "dedup/judge.h"
#include "html/sanitize.h"
#include "html/to_text.h"
#include "made_feeds.h"
#include "normalize/article.h"
#include "normalize/canonical_url.h"
#include "parse/date.h"
#include "parse/encoding.h"
#include "parse/parse.h"

namespace {

using namespace feedd;

constexpr std::size_t kFeeds = 100;
constexpr const char* kBase = "https://news.example/feed";
constexpr Time kNow = std::chrono::sys_days{std::chrono::year{2025} / 5 / 1};

struct Corpus {
    std::vector<std::string> bodies;
    std::vector<std::string> damaged;  // XML that no parser takes: an end tag is missing
    std::vector<Document> documents;
    std::size_t items = 0;
    std::size_t bytes = 0;
};

const Corpus& corpus() {
    static const Corpus kCorpus = [] {
        Corpus made;
        for (std::size_t feed = 0; feed < kFeeds; ++feed) {
            std::string body = bench::made_feed(feed, 0);
            made.bytes += body.size();
            made.documents.push_back(parse(body, {.base = kBase}).value());
            made.items += made.documents.back().items.size();
            if (const auto end = body.find("</title>"); end != std::string::npos)
                made.damaged.push_back(std::string(body).erase(end, 8));
            made.bodies.push_back(std::move(body));
        }
        return made;
    }();
    return kCorpus;
}

// `work` is called with each body.
template <typename Work>
void each_body(benchmark::State& state, const std::vector<std::string>& bodies, Work work) {
    for (auto _ : state) {
        for (const std::string& body : bodies)
            work(body);
    }
    const auto share = bodies.size() * corpus().items / kFeeds;
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(share));
    state.SetBytesProcessed(state.iterations() *
                            static_cast<std::int64_t>(corpus().bytes * bodies.size() / kFeeds));
}

// `work` is called with each item and its document.
template <typename Work>
void each_item(benchmark::State& state, Work work) {
    for (auto _ : state) {
        for (const Document& document : corpus().documents) {
            for (const Item& item : document.items)
                work(item, document);
        }
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(corpus().items));
}

void Digesting(benchmark::State& state) {
    each_body(state, corpus().bodies,
              [](const std::string& body) { benchmark::DoNotOptimize(quick_digest_of(body)); });
}
BENCHMARK(Digesting);

void Decode(benchmark::State& state) {
    each_body(state, corpus().bodies,
              [](const std::string& body) { benchmark::DoNotOptimize(decode(body, "text/xml")); });
}
BENCHMARK(Decode);

void BarePugixml(benchmark::State& state) {
    each_body(state, corpus().bodies, [](const std::string& body) {
        pugi::xml_document tree;
        benchmark::DoNotOptimize(tree.load_buffer(body.data(), body.size()));
    });
}
BENCHMARK(BarePugixml);

void Parse(benchmark::State& state) {
    each_body(state, corpus().bodies, [](const std::string& body) {
        benchmark::DoNotOptimize(parse(body, {.base = kBase}));
    });
}
BENCHMARK(Parse);

void ParseAndRepair(benchmark::State& state) {
    each_body(state, corpus().damaged, [](const std::string& body) {
        benchmark::DoNotOptimize(parse(body, {.base = kBase}));
    });
}
BENCHMARK(ParseAndRepair);

void Dates(benchmark::State& state) {
    static constexpr std::array kDates{"Thu, 01 Jan 2004 19:48:21 +0200", "2025-04-08T01:02:03Z",
                                       "8 avril 2025 10:00"};
    std::size_t next = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(parse_date(kDates.at(next++ % kDates.size())));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Dates);

void Keys(benchmark::State& state) {
    for (auto _ : state) {
        for (const Document& document : corpus().documents)
            benchmark::DoNotOptimize(item_keys(document, GuidTrust::stable));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(corpus().items));
}
BENCHMARK(Keys);

void CanonicalUrl(benchmark::State& state) {
    each_item(state, [](const Item& item, const Document& /*document*/) {
        benchmark::DoNotOptimize(document_url_key(canonical_url(item.url)));
    });
}
BENCHMARK(CanonicalUrl);

void Sanitise(benchmark::State& state) {
    each_item(state, [](const Item& item, const Document& /*document*/) {
        benchmark::DoNotOptimize(sanitize_html(item.content.value, kBase));
        benchmark::DoNotOptimize(sanitize_html(item.summary.value, kBase));
    });
}
BENCHMARK(Sanitise);

// Everything that is made of an item: sanitised, turned into text, hashed.
void Normalise(benchmark::State& state) {
    each_item(state, [](const Item& item, const Document& document) {
        benchmark::DoNotOptimize(normalized(item, document.feed, kNow));
    });
}
BENCHMARK(Normalise);

void ToText(benchmark::State& state) {
    std::vector<std::string> clean;
    for (const Document& document : corpus().documents) {
        for (const Item& item : document.items)
            clean.push_back(normalized(item, document.feed, kNow).content_html);
    }
    for (auto _ : state) {
        for (const std::string& html : clean)
            benchmark::DoNotOptimize(readings_of(html));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(clean.size()));
}
BENCHMARK(ToText);

void Judge(benchmark::State& state) {
    const Document& document = corpus().documents.front();
    Candidate candidate{.key = "guid:a",
                        .article = normalized(document.items.front(), document.feed, kNow)};
    Evidence evidence;
    evidence.by_url = KnownArticle{.id = 1,
                                   .url = candidate.article.url,
                                   .title = candidate.article.title,
                                   .content_hash = "another"};
    for (auto _ : state)
        benchmark::DoNotOptimize(judge(candidate, evidence));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Judge);

}  // namespace
