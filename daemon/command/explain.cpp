#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <sysexits.h>
#include <unistd.h>

#include "command/change_json.h"
#include "command/command.h"
#include "command/common.h"
#include "command/table.h"
#include "command/word_diff.h"
#include "dedup/resemblance.h"
#include "schedule/words.h"

namespace feedd {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kPolls = 12;

struct Options {
    Places places;
    std::vector<std::string> what;
    OutputFormat format = OutputFormat::text;
};

std::string or_never(const std::optional<Time>& time) {
    return time ? format_utc(*time) : "never";
}

Json json_time(const std::optional<Time>& time) {
    return time ? Json(format_utc(*time)) : Json();
}

// What comes from outside must not command the terminal.
std::string plain(std::string_view text) {
    return fitted(text, text.size());
}

void line(std::string_view name, std::string_view value) {
    std::fputs(fmt::format("{:<14} {}\n", name, plain(value)).c_str(), stdout);
}

std::string status_text(const FeedState& state) {
    std::string text(name(state.status));
    if (state.failures > 0) text += fmt::format(", {} failures in a row", state.failures);
    if (!state.last_error.empty()) text += ": " + state.last_error;
    return text;
}

// Why there is no next poll, or what decided it.
std::string next_text(const FeedRow& row) {
    const FeedState& state = row.state;
    if (state.status == FeedStatus::gone) {
        return "never: the server said 410 Gone; touch the entry in the list to ask again";
    }
    if (state.status == FeedStatus::removed) return "never: it is no longer on the list";
    if (!state.next_poll_at) return "now";
    return fmt::format("{}: {}", format_utc(*state.next_poll_at), row.next_poll_reason);
}

std::string poll_result(const PollRow& poll) {
    if (!poll.error.empty()) return poll.error;
    std::string text = fmt::format("{} new", poll.added);
    if (poll.revised > 0) text += fmt::format(", {} revised", poll.revised);
    if (poll.sighted > 0) text += fmt::format(", {} seen elsewhere", poll.sighted);
    if (poll.gap_suspected) text += "; none of its items was known: some may have been missed";
    return text;
}

void print_polls(const std::vector<PollRow>& polls) {
    std::vector<std::vector<std::string>> rows;
    rows.reserve(polls.size());
    for (const PollRow& poll : polls) {
        rows.push_back({format_utc(poll.at), poll.outcome,
                        poll.http_status ? std::to_string(*poll.http_status) : "-",
                        std::to_string(poll.duration_ms), std::to_string(poll.bytes),
                        std::to_string(poll.items), poll_result(poll)});
    }
    std::fputs("\n", stdout);
    std::fputs(table({{"POLLED AT"},
                      {"OUTCOME"},
                      {"HTTP", true},
                      {"MS", true},
                      {"BYTES", true},
                      {"ITEMS", true},
                      {"RESULT", false, true}},
                     rows, terminal_width())
                   .c_str(),
               stdout);
}

void print_feed(const FeedRow& row, const std::vector<PollRow>& polls) {
    const FeedState& state = row.state;
    line("feed", fmt::format("{} ({})", state.name, row.info.title));
    line("url", state.url);
    if (state.url != state.listed_url) line("listed as", state.listed_url + " (it has moved)");
    if (state.move) {
        line("moving to", fmt::format("{} ({} good polls in a row ended there)", state.move->to,
                                      state.move->polls));
    }
    line("status", status_text(state));
    line("next poll", next_text(row));
    line("last poll", or_never(state.last_polled_at));
    line("last success", or_never(state.last_success_at));
    line("last new", or_never(state.last_new_at));
    if (state.silent_since) {
        line("silent since",
             format_utc(*state.silent_since) + ": longer than its rhythm makes likely");
    }
    if (state.rhythm) {
        std::string_view title = "rhythm";
        for (const std::string& words : in_words(*state.rhythm))
            line(std::exchange(title, ""), words);
    } else {
        line("rhythm", "not known yet");
    }
    line("items known", std::to_string(row.articles));
    if (!polls.empty()) print_polls(polls);
}

Json feed_json(const FeedRow& row, const std::vector<PollRow>& polls) {
    const FeedState& state = row.state;
    Json history = Json::array();
    for (const PollRow& poll : polls) {
        history.push_back({{"at", format_utc(poll.at)},
                           {"outcome", poll.outcome},
                           {"http_status", poll.http_status ? Json(*poll.http_status) : Json()},
                           {"duration_ms", poll.duration_ms},
                           {"bytes", poll.bytes},
                           {"items", poll.items},
                           {"new", poll.added},
                           {"revised", poll.revised},
                           {"sighted", poll.sighted},
                           {"gap_suspected", poll.gap_suspected},
                           {"error", poll.error}});
    }
    return {{"name", state.name},
            {"url", state.url},
            {"listed_url", state.listed_url},
            {"moving_to", state.move ? Json(state.move->to) : Json()},
            {"status", name(state.status)},
            {"failures", state.failures},
            {"last_error", state.last_error},
            {"next_poll_at", json_time(state.next_poll_at)},
            {"next_poll_reason", row.next_poll_reason},
            {"last_polled_at", json_time(state.last_polled_at)},
            {"last_success_at", json_time(state.last_success_at)},
            {"last_new_at", json_time(state.last_new_at)},
            {"silent_since", json_time(state.silent_since)},
            {"rhythm", state.rhythm ? Json(in_words(*state.rhythm)) : Json()},
            {"items_known", row.articles},
            {"polls", history}};
}

int explain_feed(StoreReader& reader, const std::string& wanted, OutputFormat format) {
    const auto feeds = reader.feeds({.removed = true});
    if (!feeds) return report(feeds.error());
    const FeedRow* found = nullptr;
    for (const FeedRow& row : *feeds) {
        const FeedState& state = row.state;
        if (state.name != wanted && state.url != wanted && state.listed_url != wanted) continue;
        // Of several of that name the one that is on the list.
        if (found == nullptr || found->state.status == FeedStatus::removed) found = &row;
    }
    if (found == nullptr) {
        return report(Error{ErrorKind::not_found,
                            {},
                            fmt::format("there is no feed '{}'", wanted),
                            "'feedd feeds' lists their names; an article is 'article ID'"});
    }
    const auto polls = reader.polls(found->state.id, kPolls);
    if (!polls) return report(polls.error());
    if (format == OutputFormat::json) {
        std::fprintf(stdout, "%s\n", json_text(feed_json(*found, *polls), 2).c_str());
    } else {
        print_feed(*found, *polls);
    }
    return EX_OK;
}

DiffMarks diff_marks() {
    const char* terminal = std::getenv("TERM");
    const char* no_colour = std::getenv("NO_COLOR");
    const bool plain = (no_colour != nullptr && *no_colour != '\0') || terminal == nullptr ||
                       std::string_view(terminal) == "dumb" || isatty(STDOUT_FILENO) == 0;
    return plain ? DiffMarks::brackets : DiffMarks::colours;
}

// What each revision said, against what took its place.
void print_revisions(const ArticleHistory& history) {
    const Article& now = history.article.article;
    const DiffMarks marks = diff_marks();
    for (std::size_t i = 0; i < history.revisions.size(); ++i) {
        const RevisionRow& revision = history.revisions[i];
        const bool last = i + 1 == history.revisions.size();
        const std::string& title = last ? now.title : history.revisions[i + 1].title;
        const std::string& text = last ? now.content_text : history.revisions[i + 1].content_text;
        std::fputs("\n", stdout);
        line(fmt::format("revision {}", revision.number),
             fmt::format("stood from {} to {}", format_utc(revision.seen_at),
                         format_utc(revision.replaced_at)));
        for (const auto& [name, diff] :
             {std::pair{"  title", word_diff(revision.title, title, marks)},
              std::pair{"  text", word_diff(revision.content_text, text, marks)}}) {
            if (!diff.empty()) std::fputs(fmt::format("{:<14} {}\n", name, diff).c_str(), stdout);
        }
    }
}

constexpr std::size_t kPassages = 12;

void print_story(const ArticleHistory& history) {
    if (!history.story) return;
    const StoryRow& story = *history.story;
    std::fputs("\n", stdout);
    line("story", fmt::format("{}: {} articles in {} outlets: {}", story.id, story.articles,
                              story.outlets, story.title));
    if (!story.others.empty())
        line("with", fmt::format("articles {}", fmt::join(story.others, ", ")));
    if (!story.other) {
        line("because", "others are like it: 'feedd explain article' of them says why");
        return;
    }
    line("because", fmt::format("{:.0f} % of the shorter text stand in article {}, too (rules {})",
                                100 * story.score, *story.other, story.version));
    if (story.other_text.empty()) {
        line("shared", "nothing any more: that article was purged");
        return;
    }
    const auto passages = shared_passages(history.article.article.content_text, story.other_text);
    for (std::size_t i = 0; i < passages.size() && i < kPassages; ++i)
        line(i == 0 ? "shared" : "", passages[i]);
    if (passages.size() > kPassages) {
        line("", fmt::format("and {} more passages", passages.size() - kPassages));
    }
}

void print_article(const ArticleHistory& history) {
    const StoredArticle& stored = history.article;
    line("article", fmt::format("{}: {}", stored.id, stored.article.title));
    line("link", stored.article.link.empty() ? stored.article.url : stored.article.link);
    line("first seen", format_utc(stored.first_seen_at));
    line("published", or_never(stored.article.published_at));
    if (stored.withdrawn_at) {
        line("withdrawn", format_utc(*stored.withdrawn_at) +
                              ": it left its feed while older and newer ones stayed");
    }
    std::vector<std::vector<std::string>> rows;
    rows.reserve(history.sightings.size());
    for (const SightingRow& sighting : history.sightings) {
        rows.push_back({sighting.feed, format_utc(sighting.first_seen_at),
                        format_utc(sighting.last_seen_at), sighting.key, sighting.reason});
    }
    std::fputs("\n", stdout);
    std::fputs(table({{"CARRIED BY"},
                      {"FIRST SEEN"},
                      {"LAST SEEN"},
                      {"AS", false, true},
                      {"WHY IT IS THIS ARTICLE", false, true}},
                     rows, terminal_width())
                   .c_str(),
               stdout);
    print_story(history);
    print_revisions(history);
}

Json story_json(const ArticleHistory& history) {
    if (!history.story) return {};
    const StoryRow& story = *history.story;
    Json out{{"id", story.id},           {"title", story.title},   {"articles", story.articles},
             {"outlets", story.outlets}, {"others", story.others}, {"match", Json()}};
    if (!story.other) return out;
    out["match"] = {{"article_id", *story.other},
                    {"score", story.score},
                    {"version", story.version},
                    {"shared_passages",
                     shared_passages(history.article.article.content_text, story.other_text)}};
    return out;
}

Json article_json(const ArticleHistory& history) {
    Json out = stored_article_json(history.article);
    out["sightings"] = Json::array();
    for (const SightingRow& sighting : history.sightings) {
        out["sightings"].push_back({{"feed", sighting.feed},
                                    {"key", sighting.key},
                                    {"url", sighting.url},
                                    {"reason", sighting.reason},
                                    {"first_seen_at", format_utc(sighting.first_seen_at)},
                                    {"last_seen_at", format_utc(sighting.last_seen_at)},
                                    {"left_at", json_time(sighting.left_at)},
                                    {"withdrawn_at", json_time(sighting.withdrawn_at)}});
    }
    out["story"] = story_json(history);
    out["revisions"] = Json::array();
    for (const RevisionRow& revision : history.revisions) {
        out["revisions"].push_back({{"number", revision.number},
                                    {"seen_at", format_utc(revision.seen_at)},
                                    {"replaced_at", format_utc(revision.replaced_at)},
                                    {"title", revision.title},
                                    {"content_text", revision.content_text}});
    }
    return out;
}

int explain_article(StoreReader& reader, const std::string& id, OutputFormat format) {
    ArticleId article = 0;
    const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), article);
    if (error != std::errc{} || end != id.data() + id.size()) {
        return report(Error{ErrorKind::usage,
                            {},
                            fmt::format("'{}' is no article's id", id),
                            "'feedd articles' and 'feedd search' show them"});
    }
    const auto history = reader.history(article);
    if (!history) return report(history.error());
    if (format == OutputFormat::json) {
        std::fprintf(stdout, "%s\n", json_text(article_json(*history), 2).c_str());
    } else {
        print_article(*history);
    }
    return EX_OK;
}

int explain(const Options& options) {
    auto reader = open_reader_of(options.places);
    if (!reader) return report(reader.error());
    if (options.what.size() == 2 && options.what.front() == "article") {
        return explain_article(**reader, options.what.back(), options.format);
    }
    if (options.what.size() == 1) {
        return explain_feed(**reader, options.what.front(), options.format);
    }
    return report(Error{ErrorKind::usage, {}, "one feed, or 'article' and an id, are wanted", {}});
}

}  // namespace

void add_explain(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<Options>();
    CLI::App& command = *app.add_subcommand(
        "explain", "Why a feed is polled when it is, or how an article came about");
    add_config_option(command, options->places);
    add_db_option(command, options->places);
    command.add_option("WHAT", options->what, "A feed, by name or URL; or 'article' and an id")
        ->required()
        ->expected(1, 2);
    add_format_option(command, options->format, {"text", "json"});
    command.callback([options, &exit_code] { exit_code = explain(*options); });
}

}  // namespace feedd
