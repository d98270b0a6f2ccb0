// feedd add: feeds by their URLs, or by those of pages that have some, onto the list.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sysexits.h>

#include "base/text.h"
#include "base/url.h"
#include "command/command.h"
#include "command/list_edit.h"
#include "command/table.h"
#include "config/feed_entry.h"
#include "config/feed_url.h"
#include "config/names.h"
#include "config/secret_url.h"
#include "service/find_feeds.h"
#include "service/listed_feeds.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestTitle = 80;  // columns

struct AddOptions {
    EditOptions edit;
    std::vector<std::string> urls;
    std::string name;
    std::string interval;
    bool first = false;
    bool all = false;
    bool no_fetch = false;
};

// A URL as a person types it.
struct Typed {
    std::string url;      // as the list would write it
    std::string or_else;  // by http, where the person named no scheme; "" nothing
};

bool has_scheme(std::string_view word) {
    const std::string scheme = scheme_of(word);
    if (scheme.empty() || scheme.find('.') != std::string::npos) return false;
    // "localhost:8080/feed" has none.
    const std::string_view rest = word.substr(scheme.size() + 1);
    return rest.empty() || !is_digit(rest.front());
}

Result<Typed> typed(std::string_view word) {
    word = trim(word);
    if (istarts_with(word, "feed:")) {
        word.remove_prefix(std::string_view("feed:").size());
        if (word.starts_with("//")) word.remove_prefix(2);
    }
    if (has_scheme(word)) return Typed{.url = std::string(word)};
    if (word.starts_with("//")) word.remove_prefix(2);
    const std::string path(word);
    if (word.empty() || word.starts_with('/') || word.starts_with('.') ||
        std::filesystem::exists(path)) {
        const std::string absolute = std::filesystem::absolute(path).lexically_normal().string();
        return fail(ErrorKind::usage, path, "is no URL",
                    word.empty() ? "" : fmt::format("a file is file://{}", absolute));
    }
    return Typed{.url = "https://" + path, .or_else = "http://" + path};
}

std::string with_userinfo_of(const std::string& typed, const std::string& url) {
    const auto authority = split_url(typed).authority.value_or("");
    const auto at = authority.rfind('@');
    if (at == std::string_view::npos || origin_of(typed) != origin_of(url)) return url;
    const auto host = url.find("://") + 3;
    return url.substr(0, host) + std::string(authority.substr(0, at + 1)) + url.substr(host);
}

class Adding {
  public:
    Adding(const AddOptions& options, EditedList list)
        : options_(options), list_(std::move(list)), listed_(list_.config) {}

    int run() {
        for (const std::string& word : options_.urls)
            ask_for(word);
        if (!questions_.empty()) {
            const auto answers = find_feeds(questions_, list_.config.fetch);
            for (std::size_t i = 0; i < answers.size(); ++i)
                take(asked_[i], questions_[i], answers[i]);
        }
        write();
        return exit_code_;
    }

  private:
    struct Addition {
        NewFeed entry;
        KnownFeed found;
    };

    void fail_with(const Error& error) {
        const int code = report(error);
        if (exit_code_ == EX_OK) exit_code_ = code;
    }

    void ask_for(const std::string& word) {
        const auto url = typed(word);
        if (!url) return fail_with(url.error());
        const Environment environment =
            options_.no_fetch ? with_stand_ins(process_environment()) : process_environment();
        auto address = read_feed_url(url->url, list_.directory(), environment);
        if (!address) {
            Error error = address.error();
            error.kind = ErrorKind::usage;
            return fail_with(error);
        }
        const FeedSpec* known =
            options_.no_fetch ? listed_.by_url(address->url) : listed_.by_document(address->url);
        if (known != nullptr) return say_known(*known, url->url);
        if (options_.no_fetch) return put(url->url, {.url = address->url});
        Question question{.spec = list_.config.defaults,
                          .or_else = url->or_else,
                          .follow_links = !address->filled_in};
        question.spec.url = std::move(address->url);
        question.spec.secret_url = address->filled_in;
        question.spec.place = shown_url(url->url);
        if (address->authorization)
            question.spec.access.headers.push_back({"Authorization", *address->authorization});
        questions_.push_back(std::move(question));
        asked_.push_back(url->url);
    }

    void take(const std::string& typed, const Question& question, const Result<Answer>& answer) {
        if (!answer) {
            Error error = answer.error();
            error.where = shown_url(typed);
            // What the page says may have the secret in it.
            if (question.spec.secret_url) error.hint.clear();
            return fail_with(error);
        }
        std::vector<KnownFeed> fresh;
        const FeedSpec* known = nullptr;
        for (const KnownFeed& feed : answer->feeds) {
            const FeedSpec* same = listed_.by_document(feed.url);
            if (same == nullptr) same = listed_.by_document(feed.at);
            if (same == nullptr) {
                fresh.push_back(feed);
            } else if (known == nullptr || options_.all) {
                known = same;
                if (options_.all) say_known(*same, feed.url);
            }
        }
        // A page whose first feed is listed has nothing else that its visitor could mean.
        const bool first_known = known != nullptr && fresh.size() < answer->feeds.size() &&
                                 (fresh.empty() || fresh.front().url != answer->feeds.front().url);
        if (first_known && !options_.all) return say_known(*known, typed);
        if (options_.first && fresh.size() > 1) fresh.resize(1);
        if (fresh.size() > 1 && !options_.all) return offer(typed, fresh);
        if (fresh.size() > 1 && !options_.name.empty()) {
            return fail_with({ErrorKind::usage, shown_url(typed), "one name for several feeds",
                              "leave --name out"});
        }
        for (const KnownFeed& feed : fresh)
            put(url_to_list(typed, question, *answer, feed), feed);
    }

    // As it was typed where it is the feed; else where the feed is.
    [[nodiscard]] static std::string url_to_list(const std::string& typed, const Question& question,
                                                 const Answer& answer, const KnownFeed& feed) {
        const bool as_typed = !answer.from_page && feed.url == question.spec.url;
        if (as_typed || question.spec.secret_url) return typed;
        return with_userinfo_of(typed, list_url(feed.url));
    }

    void put(const std::string& url, const KnownFeed& found) {
        if (!put_.insert(url_key(found.url)).second) return;
        additions_.push_back({.entry = {.url = url,
                                        .name = options_.name,
                                        .tags = options_.edit.tags,
                                        .interval = options_.interval},
                              .found = found});
    }

    static void say_known(const FeedSpec& feed, std::string_view url) {
        fmt::print("{}: on the list already, {} ({})\n", feed.name, shown_url(url), feed.place);
    }

    static std::string about(const KnownFeed& feed) {
        const std::string title = fitted(feed.title, kLongestTitle);
        if (title.empty() || feed.what.empty()) return title + feed.what;
        return title + "; " + feed.what;
    }

    void offer(const std::string& typed, const std::vector<KnownFeed>& feeds) {
        fmt::print(stderr, "feedd: {}: there are {} feeds, and none was added:\n", shown_url(typed),
                   feeds.size());
        for (const KnownFeed& feed : feeds) {
            const std::string words = about(feed);
            fmt::print(stderr, "  {}{}\n", shown_url(feed.url),
                       words.empty() ? "" : fmt::format("  ({})", words));
        }
        fmt::print(stderr,
                   "Add the one that you want by its URL; --first adds the first, --all all.\n");
        if (exit_code_ == EX_OK) exit_code_ = EX_USAGE;
    }

    void write() {
        if (additions_.empty()) return;
        std::vector<NewFeed> feeds;
        feeds.reserve(additions_.size());
        for (const Addition& addition : additions_)
            feeds.push_back(addition.entry);
        const auto after = write_feeds(list_, options_.edit.file, feeds, exit_code_);
        if (!after) return;
        for (const Addition& addition : additions_) {
            const FeedSpec* feed = feed_of(addition.entry, *after, list_.directory());
            const std::string words = about(addition.found);
            fmt::print("{}: added, {}{}\n", feed == nullptr ? "?" : feed->name,
                       shown_url(addition.entry.url),
                       words.empty() ? "" : fmt::format(" ({})", words));
        }
    }

    const AddOptions& options_;
    EditedList list_;
    ListedFeeds listed_;
    std::vector<Question> questions_;
    std::vector<std::string> asked_;  // as typed, of each question
    std::vector<Addition> additions_;
    std::unordered_set<std::string> put_;  // url_key of the additions
    int exit_code_ = EX_OK;
};

// What can be told before anybody is asked.
Result<void> check(const AddOptions& options, const EditedList& list) {
    if (!options.interval.empty()) {
        if (auto interval = read_interval_or_auto(options.interval); !interval) {
            Error error = interval.error();
            return fail(ErrorKind::usage, "--interval", error.what, error.hint);
        }
    }
    if (options.name.empty()) return {};
    if (options.urls.size() > 1)
        return fail(ErrorKind::usage, "--name", "one name for several feeds",
                    "add them one by one");
    if (const auto name = read_name(options.name); !name)
        return fail(ErrorKind::usage, "--name", name.error().what, name.error().hint);
    const ListedFeeds listed(list.config);
    if (const FeedSpec* other = listed.by_name(options.name)) {
        return fail(ErrorKind::usage, "--name",
                    fmt::format("'{}' is the name of another feed", options.name),
                    fmt::format("{}, {}", other->place, shown_url(other->url)));
    }
    return {};
}

int add(const AddOptions& options) {
    int exit_code = EX_OK;
    auto list = read_list_to_edit(options.edit.places, exit_code);
    if (!list) return exit_code;
    if (const auto good = check(options, *list); !good) return report(good.error());
    return Adding(options, std::move(*list)).run();
}

}  // namespace

void add_add(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<AddOptions>();
    CLI::App& command =
        *app.add_subcommand("add", "Put feeds on the list, by their URLs or those of pages");
    add_edit_options(command, options->edit);
    command.add_option("--name", options->name, "Its name on the command line and in the log");
    command.add_option("--interval", options->interval, "auto, or how often to poll: 30m, 2h, 1d");
    CLI::Option* first =
        command.add_flag("--first", options->first, "Of a page with several feeds the first");
    CLI::Option* all = command.add_flag("--all", options->all, "Of a page all its feeds");
    first->excludes(all);
    command.add_flag("--no-fetch", options->no_fetch, "Put the URL on the list as it is, unasked");
    command.add_option("URL", options->urls, "Feeds, or pages that link to theirs")->required();
    command.footer(
        "Entries and comments that are in the list stay as they are. A daemon that runs notices.\n"
        "Exit status: 0 all are on the list, 64 there are several feeds to choose from, 65 there\n"
        "is no feed, 69 there was no answer; the others have been added all the same.");
    command.callback([options, &exit_code] { exit_code = add(*options); });
}

}  // namespace feedd
