#include "samples.h"

#include <cstdio>
#include <stdexcept>

#include <SQLiteCpp/Statement.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/hash.h"

namespace feedd::test {

Time at(int seconds) {
    return std::chrono::sys_days{std::chrono::year{2025} / 4 / 8} + Seconds{seconds};
}

FeedSpec spec(std::string url, std::string name) {
    FeedSpec entry;
    entry.url = std::move(url);
    entry.name = std::move(name);
    entry.place = "feeds.yaml:1";
    return entry;
}

Candidate item(const std::string& id, const std::string& text) {
    Candidate candidate;
    candidate.key = "guid:" + id;
    candidate.guid = id;
    candidate.item_hash = quick_hash(id + text);
    Article& article = candidate.article;
    article.url = "https://site.example/" + id;
    article.url_key = "site.example/" + id;
    article.link = "https://www.site.example/" + id + "?utm_source=feed";
    article.title = "Title of " + id;
    article.summary_html = "<p>" + text.substr(0, 20) + "</p>";
    article.content_html = "<p>" + text + "</p>";
    article.content_text = text;
    article.language = "en-GB";
    article.authors = {{.name = "Ada", .email = {}, .url = {}}};
    article.categories = {{.term = "news", .scheme = {}, .label = {}}};
    article.enclosures = {{.url = article.url + ".mp3",
                           .type = "audio/mpeg",
                           .title = {},
                           .length = 12,
                           .duration_seconds = 1.5}};
    article.published_at = at(-3600);
    article.content_hash = digest_of(article.title + text);
    return candidate;
}

PollOutcome poll(const FeedState& feed, Time when, std::vector<Candidate> items) {
    PollOutcome outcome;
    outcome.feed = feed.id;
    outcome.at = when;
    outcome.duration = std::chrono::milliseconds{120};
    outcome.result = PollResult::ok;
    outcome.http_status = 200;
    outcome.wire_bytes = 4096;
    outcome.items = static_cast<int>(items.size());
    outcome.candidates = std::move(items);
    for (std::size_t i = 0; i < outcome.candidates.size(); ++i)
        outcome.candidates[i].position = static_cast<int>(i);
    outcome.state = feed;
    outcome.state.last_polled_at = when;
    outcome.state.last_success_at = when;
    outcome.plan = {.at = when + Seconds{3600}, .never = false, .reasons = {"interval 1h"}};
    return outcome;
}

Verdict simple_judge(const Candidate& candidate, const Evidence& evidence) {
    using Kind = Verdict::Kind;
    if (evidence.by_key) {
        const bool same = evidence.by_key->content_hash == candidate.article.content_hash;
        return {.kind = same ? Kind::unchanged : Kind::revised,
                .article = evidence.by_key->id,
                .reason = "same key"};
    }
    for (const auto& known : {evidence.by_url, evidence.by_text}) {
        if (known && !known->held_by_sibling) {
            return {.kind = Kind::sighted, .article = known->id, .reason = "same document"};
        }
    }
    return {.kind = Kind::added, .reason = "not seen before"};
}

void exit_in_the_midst(const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            work();
        } catch (const std::exception& error) {
            std::fputs(error.what(), stderr);
            ::_exit(1);
        }
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw std::runtime_error("the work failed");
}

Store::Store() : path_(directory_.path("feedd.db")) {
    reopen();
    apply({spec("https://one.example/feed", "one"), spec("https://two.example/feed", "two")},
          at(0));
}

void Store::reopen() {
    writer_.reset();
    auto opened = open_writer(path_);
    if (!opened) throw std::runtime_error(message(opened.error()));
    writer_ = std::move(*opened);
}

std::unique_ptr<StoreReader> Store::reader() const {
    auto opened = open_reader(path_);
    if (!opened) throw std::runtime_error(message(opened.error()));
    return std::move(*opened);
}

PollReport Store::commit(const PollOutcome& outcome, Judge judge) {
    PollReport report = writer_->commit(std::span(&outcome, 1), judge).at(0);
    if (const auto indexed = writer_->index_articles(1000); !indexed) {
        throw std::runtime_error(message(indexed.error()));
    }
    return report;
}

int Store::prune(const RetentionRules& rules, Time now, int most) {
    int purged = 0;
    for (RetentionPlace place; place.stage != RetentionPlace::Stage::done;) {
        const auto slice = writer_->prune_articles(rules, place, most, now);
        if (!slice) throw std::runtime_error(message(slice.error()));
        purged += static_cast<int>(slice->outdated.size());
    }
    return purged;
}

int Store::prune_before(Time before, Time now) {
    return prune({.feeds = {}, .others = {.age = now - before}, .keep_tags = {}}, now);
}

const std::vector<FeedState>& Store::apply(const std::vector<FeedSpec>& list, Time now) {
    auto applied = writer_->apply_list(list, now);
    if (!applied) throw std::runtime_error(message(applied.error()));
    feeds_ = std::move(*applied);
    return feeds_;
}

std::string Store::value(const std::string& sql) const {
    const auto all = rows(sql);
    return all.empty() ? std::string("(no row)") : all.front();
}

std::vector<std::string> Store::rows(const std::string& sql) const {
    const SQLite::Database database(path_, SQLite::OPEN_READWRITE);
    SQLite::Statement statement(database, sql);
    std::vector<std::string> all;
    while (statement.executeStep()) {
        std::string row;
        for (int i = 0; i < statement.getColumnCount(); ++i) {
            if (i > 0) row += '|';
            row += statement.isColumnNull(i) ? "NULL" : statement.getColumn(i).getString();
        }
        all.push_back(std::move(row));
    }
    return all;
}

}  // namespace feedd::test
