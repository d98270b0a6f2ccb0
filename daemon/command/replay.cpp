#include "service/replay.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdlib.h>
#include <sysexits.h>

#include "command/command.h"
#include "command/common.h"
#include "command/instant.h"
#include "command/table.h"
#include "command/word_diff.h"
#include "store/open.h"

namespace feedd {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct ReplayOptions {
    Places places;
    ReplayRequest request;
    std::string since;
    std::string into;
    bool apply = false;
    OutputFormat format = OutputFormat::text;
};

constexpr std::size_t kDiffColumns = 300;
constexpr std::size_t kTitleColumns = 60;

// A directory that goes with all that is in it.
class Scratch {
  public:
    static Result<Scratch> make() {
        std::error_code error;
        std::string name = (fs::temp_directory_path(error) / "feedd-replay-XXXXXX").string();
        if (error || ::mkdtemp(name.data()) == nullptr) {
            return fail(ErrorKind::io, name, "cannot be made",
                        "TMPDIR names the directory for what is rebuilt");
        }
        return Scratch(std::move(name));
    }
    Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    Scratch& operator=(Scratch&&) = delete;
    ~Scratch() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string store() const { return path_ + "/feedd.db"; }

  private:
    explicit Scratch(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

std::string_view name(ReplayedArticle::Kind kind) {
    switch (kind) {
        case ReplayedArticle::Kind::added:
            return "new";
        case ReplayedArticle::Kind::revised:
            return "revised";
        case ReplayedArticle::Kind::found:
            break;
    }
    return "found";
}

// By the names that the JSON has.
std::vector<std::pair<std::string_view, std::int64_t>> figures(const ReplayTotals& totals) {
    return {{"documents", totals.documents}, {"unreadable", totals.unreadable},
            {"damaged", totals.damaged},     {"articles", totals.articles},
            {"new", totals.added},           {"revised", totals.revised},
            {"found", totals.found},         {"unchanged", totals.unchanged},
            {"newer", totals.newer},         {"others", totals.others},
            {"purged", totals.purged},       {"lost", totals.lost}};
}

// Prints as it goes: there may be very many.
class Report {
  public:
    explicit Report(OutputFormat format) : json_(format == OutputFormat::json) {}

    void article(const ReplayedArticle& article) {
        if (!json_) return print(article);
        Json out{{"change", name(article.kind)},
                 {"id", article.id == 0 ? Json() : Json(article.id)},
                 {"feed", article.feed},
                 {"title", article.title},
                 {"fields", Json::array()}};
        for (const FieldChange& change : article.fields) {
            out["fields"].push_back(
                {{"field", change.field}, {"before", change.before}, {"after", change.after}});
        }
        print(out);
    }

    void lost(const LostItem& item) {
        if (json_) {
            print(
                Json{{"change", "lost"}, {"id", item.id}, {"feed", item.feed}, {"key", item.key}});
        } else {
            fmt::print("lost     {} {}: {}\n", item.id, item.feed, fitted(item.key, kTitleColumns));
        }
    }

    void end(const ReplayTotals& totals, bool applied) {
        if (!json_) return print(totals, applied);
        fmt::print("{}],", separator_ == kBegin ? kBegin : std::string_view{});
        for (const auto& [what, number] : figures(totals))
            fmt::print("\"{}\":{},", what, number);
        fmt::print("\"applied\":{}}}\n", applied);
    }

  private:
    void print(const Json& entry) {
        fmt::print("{}{}", std::exchange(separator_, ",\n"), json_text(entry));
    }

    static void print(const ReplayedArticle& article) {
        fmt::print("{:<8} {}{}: {}\n", name(article.kind),
                   article.id == 0 ? "" : std::to_string(article.id) + " ", article.feed,
                   fitted(article.title, kTitleColumns));
        for (const FieldChange& change : article.fields) {
            const std::string diff = word_diff(change.before, change.after, DiffMarks::brackets);
            fmt::print("  {}: {}\n", change.field,
                       diff.empty() ? "other white space" : fitted(diff, kDiffColumns));
        }
    }

    static void print(const ReplayTotals& totals, bool applied) {
        fmt::print("{} documents read, {} of them no feeds, {} damaged\n", totals.documents,
                   totals.unreadable, totals.damaged);
        fmt::print("{} articles: {} new, {} revised, {} found by other items, {} unchanged\n",
                   totals.articles, totals.added, totals.revised, totals.found, totals.unchanged);
        if (totals.newer + totals.others + totals.purged > 0) {
            fmt::print(
                "left alone: {} newer than the archive, {} with the words of another feed, "
                "{} purged\n",
                totals.newer, totals.others, totals.purged);
        }
        if (totals.lost > 0) {
            fmt::print("{} items are found no more; their articles stay\n", totals.lost);
        }
        if (totals.added + totals.revised + totals.found == 0) return;
        fmt::print("{}\n", applied ? "written" : "nothing was written; --apply does");
    }

    static constexpr std::string_view kBegin = "{\"changes\":[";

    bool json_;
    std::string_view separator_ = kBegin;
};

int rebuild_into(StoreReader& store, const ReplayOptions& options) {
    const auto rebuilt = rebuild(store, options.into, options.request);
    if (!rebuilt) return report(rebuilt.error());
    const auto made = open_reader(options.into);
    if (!made) return report(made.error());
    const auto stats = (*made)->stats();
    if (!stats) return report(stats.error());
    const ReplayTotals& totals = rebuilt->totals;
    if (options.format == OutputFormat::json) {
        const Json out{{"store", options.into},           {"documents", totals.documents},
                       {"unreadable", totals.unreadable}, {"damaged", totals.damaged},
                       {"articles", stats->articles},     {"revisions", stats->revisions}};
        fmt::print("{}\n", json_text(out));
    } else {
        fmt::print("{}: {} documents read, {} of them no feeds, {} damaged: {} articles\n",
                   options.into, totals.documents, totals.unreadable, totals.damaged,
                   stats->articles);
    }
    return totals.damaged > 0 ? EX_DATAERR : EX_OK;
}

int replay(ReplayOptions options) {
    if (!options.since.empty()) {
        const auto since = instant_of(options.since, now_utc());
        if (!since) return report(since.error());
        options.request.since = *since;
    }
    const auto path = store_path_of(options.places);
    if (!path) return report(path.error());
    // Before the long work: a running daemon is a reason to say so at once.
    std::unique_ptr<StoreWriter> writer;
    if (options.apply) {
        if (const auto there = open_reader(*path); !there) return report(there.error());
        auto opened = open_writer(*path);
        if (!opened) return report(opened.error());
        writer = std::move(*opened);
    }
    const auto store = open_reader(*path);
    if (!store) return report(store.error());
    if (!options.into.empty()) return rebuild_into(**store, options);
    const auto scratch = Scratch::make();
    if (!scratch) return report(scratch.error());
    const auto rebuilt = rebuild(**store, scratch->store(), options.request);
    if (!rebuilt) return report(rebuilt.error());
    const auto made = open_reader(scratch->store());
    if (!made) return report(made.error());
    Report out(options.format);
    const auto totals =
        compare(**store, **made, *rebuilt,
                {.article = [&](const ReplayedArticle& article) { out.article(article); },
                 .lost = [&](const LostItem& item) { out.lost(item); }},
                writer.get(), now_utc());
    if (!totals) return report(totals.error());
    out.end(*totals, options.apply);
    return totals->damaged > 0 ? EX_DATAERR : EX_OK;
}

}  // namespace

void add_replay(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<ReplayOptions>();
    CLI::App& command = *app.add_subcommand(
        "replay", "Reads the archived documents again: what would be otherwise today?");
    add_config_option(command, options->places);
    add_db_option(command, options->places);
    command.add_option("FEED", options->request.feeds, "Only of these feeds, by name");
    command.add_option("--since", options->since, "Only what was received at or after this time")
        ->type_name("TIME");
    CLI::Option* apply = command.add_flag(
        "--apply", options->apply,
        "Write it: articles become what is read today, and what they said is kept as revisions. "
        "Not while the daemon runs");
    command.add_option("--into", options->into, "Make a new store of the documents, and leave it")
        ->type_name("FILE")
        ->excludes(apply);
    add_format_option(command, options->format, {"text", "json"});
    command.callback([options, &exit_code] { exit_code = replay(*options); });
}

}  // namespace feedd
