#include "config/edit_list.h"

#include <algorithm>
#include <filesystem>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "config/diagnostic.h"
#include "config/edit.h"
#include "config/feed_url.h"
#include "config/file.h"

namespace feedd {

namespace {

namespace fs = std::filesystem;

tl::unexpected<ListRefusal> refuse(Error error, bool by_hand) {
    return tl::unexpected(ListRefusal{.errors = {std::move(error)}, .by_hand = by_hand});
}

std::string file_of(const ListAddition& addition) {
    return addition.file.empty() ? addition.list : addition.file;
}

bool same_file(const std::string& a, const std::string& b) {
    std::error_code failed;
    // Of a relative path that is not there weakly_canonical makes no absolute one.
    return fs::weakly_canonical(fs::absolute(a), failed) ==
           fs::weakly_canonical(fs::absolute(b), failed);
}

// Wherever an entry has come to stand.
bool same_feed(FeedSpec a, FeedSpec b) {
    a.place.clear();
    b.place.clear();
    return a == b;
}

// The entry of the list is what it was meant to be; "" or what is different.
std::string difference(const NewFeed& meant, const FeedSpec& found) {
    if (!meant.name.empty() && found.name != meant.name) return "its name is another one";
    if (found.tags != meant.tags) return "its tags are others";
    return {};
}

// Every old feed as it was, every new one as it was meant, and nothing else.
Result<void> compare(const ListAddition& addition, const Config& before, const Config& after,
                     const Environment& environment) {
    const std::string directory = fs::absolute(file_of(addition)).parent_path().string();
    const auto doubt = [](std::string_view what) {
        return fail(ErrorKind::config, {},
                    fmt::format("the edit would do more than add: {}", what));
    };
    std::unordered_map<std::string, const NewFeed*> meant;
    for (const NewFeed& feed : addition.feeds) {
        const auto address = read_feed_url(feed.url, directory, environment);
        if (!address) return tl::unexpected<Error>(address.error());
        meant.emplace(url_key(address->url), &feed);
    }
    auto old = before.feeds.begin();
    for (const FeedSpec& feed : after.feeds) {
        if (old != before.feeds.end() && old->url == feed.url) {
            if (!same_feed(*old, feed)) return doubt(fmt::format("'{}' changes", old->name));
            ++old;
            continue;
        }
        const auto fresh = meant.find(url_key(feed.url));
        if (fresh == meant.end()) return doubt(fmt::format("'{}' appears", feed.name));
        if (const std::string what = difference(*fresh->second, feed); !what.empty())
            return doubt(fmt::format("{} at {}", what, feed.place));
        meant.erase(fresh);
    }
    if (old != before.feeds.end()) return doubt(fmt::format("'{}' goes", old->name));
    if (!meant.empty()) return doubt("a new feed is not where it should be");
    if (before.store != after.store || before.search != after.search ||
        before.retention != after.retention || before.keep_tags != after.keep_tags ||
        before.archive != after.archive || before.metrics != after.metrics ||
        before.files != after.files) {
        return doubt("other settings change");
    }
    return {};
}

}  // namespace

tl::expected<CheckedEdit, ListRefusal> checked_edit(const ListAddition& addition,
                                                    const std::string& text,
                                                    const Environment& environment) {
    const std::string file = file_of(addition);
    const auto edited = with_feeds(text, addition.feeds);
    // Of a text that is no YAML the loader tells more.
    const std::string before_text = edited ? edited->before : text;
    const auto before = load_draft(addition.list, {file, before_text}, environment);
    if (!before) return tl::unexpected(ListRefusal{.errors = before.error(), .by_hand = false});
    const bool part = std::any_of(before->files.begin(), before->files.end(),
                                  [&](const std::string& other) { return same_file(file, other); });
    if (!part) {
        return refuse({ErrorKind::usage, file, "is no file of the list",
                       fmt::format("it has to be there, and included by {}", addition.list)},
                      false);
    }
    if (!edited) {
        Error error = edited.error();
        error.where = file;
        return refuse(std::move(error), true);
    }
    auto after = load_draft(addition.list, {file, edited->text}, environment);
    if (!after) return tl::unexpected(ListRefusal{.errors = after.error(), .by_hand = true});
    const auto same = compare(addition, *before, *after, with_stand_ins(environment));
    if (!same) {
        Error error = same.error();
        error.where = file;
        return refuse(std::move(error), true);
    }
    return CheckedEdit{.after = std::move(*after), .text = edited->text};
}

tl::expected<Config, ListRefusal> add_to_list(const ListAddition& addition,
                                              const Environment& environment) {
    const auto file = Replacement::open(file_of(addition));
    if (!file) return refuse(file.error(), true);
    auto edit = checked_edit(addition, file->text(), environment);
    if (!edit) return tl::unexpected(edit.error());
    if (const auto written = file->replace(edit->text); !written)
        return refuse(written.error(), true);
    return std::move(edit->after);
}

tl::expected<Config, std::vector<Error>> editable_list(const std::string& list,
                                                       const Environment& environment) {
    std::error_code failed;
    auto text =
        fs::exists(list, failed) ? read_list_file(list) : Result<std::string>(std::string());
    if (!text) {
        Error error = text.error();
        error.where = list;
        return tl::unexpected(std::vector{std::move(error)});
    }
    const auto edited = with_feeds(*text, {});
    return load_draft(list, {list, edited ? edited->before : *text}, environment);
}

}  // namespace feedd
