#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "command/command.h"
#include "command/common.h"
#include "command/instant.h"
#include "command/table.h"

namespace feedd {

namespace {

struct ArticlesOptions {
    Places places;
    ArticleFilter filter;
    std::string since;
    std::string until;
    std::string sort = "relevance";
    OutputFormat format = OutputFormat::table;
};

std::string minute_of(Time time) {
    const std::string date = format_utc(time);
    return date.size() < 16 ? "-" : date.substr(0, 10) + " " + date.substr(11, 5);
}

void print_table(const std::vector<ArticleRow>& rows, const ArticleFilter& filter) {
    const bool snippets = !filter.query.empty();
    std::vector<std::vector<std::string>> cells;
    for (const ArticleRow& row : rows) {
        const Time shown = row.published_at.value_or(row.first_seen_at);
        std::vector<std::string> line{
            std::to_string(row.id), minute_of(row.revised_at.value_or(shown)),
            row.feeds.empty() ? "" : row.feeds.front(), row.title.empty() ? row.url : row.title};
        if (!filter.stories && row.feeds.size() > 1)
            line[2] += fmt::format(" +{}", row.feeds.size() - 1);
        if (filter.stories) line.insert(line.begin() + 2, std::to_string(row.outlets));
        if (filter.revised) line.push_back(std::to_string(row.revisions));
        if (snippets) line.push_back(row.snippet);
        cells.push_back(std::move(line));
    }
    std::vector<Column> columns{{"ID", true},
                                {filter.revised ? "REVISED (UTC)" : "DATE (UTC)"},
                                {"FEED"},
                                {"TITLE", false, true}};
    if (filter.stories) columns.insert(columns.begin() + 2, Column{"OUTLETS", true});
    if (filter.revised) columns.push_back({"REVISIONS", true});
    if (snippets) columns.push_back({"FOUND", false, true});
    std::fputs(table(columns, cells, terminal_width()).c_str(), stdout);
}

nlohmann::ordered_json json_of(const ArticleRow& row) {
    nlohmann::ordered_json out{{"id", row.id},
                               {"title", row.title},
                               {"url", row.url},
                               {"feeds", row.feeds},
                               {"authors", row.authors},
                               {"language", row.language},
                               {"published_at", nullptr},
                               {"first_seen_at", format_utc(row.first_seen_at)}};
    out["story_id"] = row.story_id ? nlohmann::ordered_json(*row.story_id) : nullptr;
    out["outlets"] = row.outlets;
    if (row.published_at) out["published_at"] = format_utc(*row.published_at);
    if (row.revised_at) {
        out["revised_at"] = format_utc(*row.revised_at);
        out["revisions"] = row.revisions;
    }
    if (!row.snippet.empty()) out["snippet"] = row.snippet;
    return out;
}

void print_json(const std::vector<ArticleRow>& rows) {
    auto all = nlohmann::ordered_json::array();
    for (const ArticleRow& row : rows)
        all.push_back(json_of(row));
    std::fprintf(stdout, "%s\n", json_text(all, 2).c_str());
}

void print_jsonl(const std::vector<ArticleRow>& rows) {
    for (const ArticleRow& row : rows)
        std::fprintf(stdout, "%s\n", json_text(json_of(row)).c_str());
}

// The columns of every list first, then those of this one, as in the table.
void print_csv(const std::vector<ArticleRow>& rows, const ArticleFilter& filter) {
    std::string header = "id,published_at,first_seen_at,title,url,language,feeds,authors";
    if (filter.stories) header += ",story_id,outlets";
    if (filter.revised) header += ",revised_at,revisions";
    if (!filter.query.empty()) header += ",snippet";
    std::fprintf(stdout, "%s\r\n", header.c_str());
    const auto text_of = [](const std::optional<Time>& time) {
        return time ? format_utc(*time) : std::string();
    };
    for (const ArticleRow& row : rows) {
        std::vector<std::string> cells{std::to_string(row.id),
                                       text_of(row.published_at),
                                       format_utc(row.first_seen_at),
                                       row.title,
                                       row.url,
                                       row.language,
                                       fmt::format("{}", fmt::join(row.feeds, "; ")),
                                       fmt::format("{}", fmt::join(row.authors, "; "))};
        if (filter.stories) {
            cells.push_back(row.story_id ? std::to_string(*row.story_id) : "");
            cells.push_back(std::to_string(row.outlets));
        }
        if (filter.revised) {
            cells.push_back(text_of(row.revised_at));
            cells.push_back(std::to_string(row.revisions));
        }
        if (!filter.query.empty()) cells.push_back(row.snippet);
        std::fprintf(stdout, "%s\r\n", csv_line(cells).c_str());
    }
}

// A search must not look complete when it is not.
void note_what_is_not_found(StoreReader& reader, const ArticleFilter& filter) {
    if (filter.query.empty()) return;
    const auto waiting = reader.not_indexed();
    if (!waiting || *waiting == 0) return;
    std::fprintf(stderr, "feedd: %lld articles are not in the full-text index yet\n",
                 static_cast<long long>(*waiting));
}

int articles(ArticlesOptions options) {
    const Time now = now_utc();
    for (const auto& [text, time] : {std::pair{&options.since, &options.filter.since},
                                     std::pair{&options.until, &options.filter.until}}) {
        if (text->empty()) continue;
        const auto instant = instant_of(*text, now);
        if (!instant) return report(instant.error());
        *time = *instant;
    }
    options.filter.now = now;
    options.filter.by_date = options.sort == "date";
    auto reader = open_reader_of(options.places);
    if (!reader) return report(reader.error());
    const auto rows = (*reader)->articles(options.filter);
    if (!rows) return report(rows.error());
    note_what_is_not_found(**reader, options.filter);
    switch (options.format) {
        case OutputFormat::table:
        case OutputFormat::text:
            print_table(*rows, options.filter);
            break;
        case OutputFormat::json:
            print_json(*rows);
            break;
        case OutputFormat::jsonl:
            print_jsonl(*rows);
            break;
        case OutputFormat::csv:
            print_csv(*rows, options.filter);
            break;
    }
    return 0;
}

void add_filters(CLI::App& command, ArticlesOptions& options) {
    add_config_option(command, options.places);
    add_db_option(command, options.places);
    command.add_option(
        "--since", options.since,
        "First seen at or after: 24h, '3 days ago', yesterday, monday, 2025-04-08 or "
        "2025-04-08T01:02:03Z (UTC)");
    command.add_option("--until", options.until, "First seen before (same forms)");
    command.add_option("--feed", options.filter.feed, "Only what this feed carries, by name");
    command.add_option("--tag", options.filter.tag, "Only what feeds with this tag carry");
    command.add_option("--language", options.filter.language,
                       "Only this language; en finds en-GB, too");
    command.add_option("--author", options.filter.author,
                       "Only by people whose name or address has this in it");
    command.add_flag("--revised", options.filter.revised,
                     "Only what was edited, the last edited first; --since and --until mean when");
    command.add_flag("--stories", options.filter.stories,
                     "Each story once, with how many outlets carry it");
    command.add_option("--limit", options.filter.limit, "At most so many")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    add_format_option(command, options.format, {"table", "json", "jsonl", "csv"});
}

}  // namespace

void add_articles(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<ArticlesOptions>();
    CLI::App& command = *app.add_subcommand("articles", "The newest articles");
    add_filters(command, *options);
    command.callback([options, &exit_code] { exit_code = articles(*options); });
}

void add_search(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<ArticlesOptions>();
    CLI::App& command = *app.add_subcommand("search", "Articles by full text, best first");
    command.add_option("QUERY", options->filter.query, "What to look for")->required();
    command.footer(
        "QUERY is words, all of which must be there, in any order and without regard to case and\n"
        "accents; \"several words\" is a phrase, clim* any word that begins so, title:word one in "
        "the\ntitle. OR, NOT (or -word) and parentheses combine them. It is one argument: quote "
        "it, "
        "as in\nfeedd search '\"climate summit\" (eu* OR oslo) -sport'.");
    add_filters(command, *options);
    command
        .add_option("--sort", options->sort, "relevance (of two alike the newer first), or date")
        ->check(CLI::IsMember({"relevance", "date"}))
        ->capture_default_str();
    command.callback([options, &exit_code] { exit_code = articles(*options); });
}

}  // namespace feedd
