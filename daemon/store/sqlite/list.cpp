#include "store/sqlite/list.h"

#include <string>
#include <string_view>
#include <unordered_map>

#include "base/hash.h"
#include "store/sqlite/feed_rows.h"
#include "store/sqlite/merge.h"

namespace feedd::sqlite {

namespace {

bool is_listed(const FeedRow& feed) {
    return feed.state.status != FeedStatus::removed;
}

// Tells that what an entry is asked with was edited. Eight bits of a hash: an edit passes unseen
// once in 256 times, and whoever reads the store, as everybody may, cannot guess a password by it:
// of those that he tries, every 256th fits. A key would have to lie in the store as well.
std::int64_t request_check(const FeedSpec& spec) {
    if (spec.access == Access{} && !spec.user_agent) return 0;
    const Access& access = spec.access;
    const Proxy proxy = access.proxy.value_or(Proxy{});
    Digest digest;
    for (const SecretHeader& header : access.headers)
        digest.field("name", header.name).field("value", header.value.reveal());
    digest.field("user_agent", spec.user_agent.value_or(""))
        .field("client_certificate", access.client_certificate)
        .field("client_key", access.client_key)
        .field("ca_file", access.ca_file)
        .field("proxy", proxy.url)
        .field("proxy_user", proxy.user.reveal())
        .field("proxy_password", proxy.password.reveal());
    return std::stoll(digest.hex().substr(0, 2), nullptr, 16);
}

void forget_body(FeedState& state) {
    state.validators = {};
    state.body_hash.clear();
}

// A healthy feed keeps its plan, so that a list that was empty for a moment sends nobody to all of
// its servers at once; one that failed is tried again as soon as its server allows.
void forgive(FeedRow& feed) {
    const bool healthy = feed.state.failures == 0 && feed.state.status != FeedStatus::gone;
    if (!healthy) feed.state.next_poll_at = feed.state.not_before;
    feed.state.status = FeedStatus::active;
    feed.state.failures = 0;
    feed.state.last_error.clear();
    feed.error_class.clear();
}

// The stored feed as the entry of the list wants it; pure.
FeedRow revised_feed(FeedRow feed, const FeedSpec& spec, Match how, bool request_edited) {
    FeedState& state = feed.state;
    const bool renamed = state.name != spec.name;
    state.name = spec.name;
    feed.tags = spec.tags;
    state.listed_url = spec.url;
    if (how == Match::name) {
        state.url = spec.url;
        state.move.reset();
        state.not_before.reset();  // the wish of another server
        forget_body(state);
        forgive(feed);
        state.next_poll_at.reset();
    }
    if (how == Match::adopted) state.move.reset();
    const bool returns = state.status == FeedStatus::removed;
    if (returns) forgive(feed);
    if (request_edited) {
        forget_body(state);  // other credentials may be shown another document
        state.next_poll_at = state.not_before;
    }
    const bool touched = renamed || request_edited || how == Match::adopted;
    if (touched || returns || how == Match::name) state.merged_into.reset();
    if (state.status == FeedStatus::gone && touched) forgive(feed);
    return feed;
}

// What revised_feed would give back as it is: nearly all entries, at every start.
bool is_untouched(const FeedRow& feed, const FeedSpec& spec, Match how, bool request_edited) {
    return how == Match::url && is_listed(feed) && !request_edited &&
           feed.state.name == spec.name && feed.tags == spec.tags;
}

bool same_entry(const FeedRow& a, const FeedRow& b) {
    return a.state.listed_url == b.state.listed_url && a.state.url == b.state.url &&
           a.state.name == b.state.name && a.tags == b.tags && a.state.status == b.state.status &&
           a.state.validators == b.state.validators && a.state.move == b.state.move &&
           a.state.next_poll_at == b.state.next_poll_at &&
           a.state.merged_into == b.state.merged_into;
}

void write_tags(Connection& connection, FeedId feed, const std::vector<std::string>& tags) {
    connection.query("UPDATE feeds SET tags = '[]' WHERE id = ?").bind(feed).run();
    for (const std::string& tag : tags) {
        connection.query("UPDATE feeds SET tags = json_insert(tags, '$[#]', ?) WHERE id = ?")
            .bind(tag, feed)
            .run();
    }
}

void write_entry(Connection& connection, const FeedRow& feed, std::int64_t check) {
    const FeedState& state = feed.state;
    std::optional<std::string> move_to;
    if (state.move) move_to = state.move->to;
    connection
        .query(R"sql(
UPDATE feeds SET listed_url = ?, url = ?, name = ?, status = ?, etag = ?, last_modified = ?,
    body_hash = ?, next_poll_at = ?, not_before = ?, failures = ?, error_class = ?, last_error = ?,
    move_to = ?, move_polls = ?, merged_into = ?, request_check = ?
WHERE id = ?
)sql")
        .bind(state.listed_url, state.url, state.name, name(state.status), state.validators.etag,
              state.validators.last_modified, state.body_hash, state.next_poll_at, state.not_before,
              state.failures, feed.error_class, state.last_error, move_to,
              state.move ? state.move->polls : 0, state.merged_into, check, state.id)
        .run();
    write_tags(connection, state.id, feed.tags);
}

void insert_entry(Connection& connection, const FeedSpec& spec, Time now) {
    connection
        .query(R"sql(
INSERT INTO feeds (listed_url, url, name, added_at, request_check) VALUES (?, ?, ?, ?, ?)
)sql")
        .bind(spec.url, spec.url, spec.name, now, request_check(spec))
        .run();
    write_tags(connection, connection.inserted(), spec.tags);
}

// Of the feeds that have one.
std::unordered_map<FeedId, std::int64_t> stored_checks(Connection& connection) {
    Query query = connection.query("SELECT id, request_check FROM feeds WHERE request_check <> 0");
    std::unordered_map<FeedId, std::int64_t> checks;
    while (query.next())
        checks.emplace(query.integer(0), query.integer(1));
    return checks;
}

void remove_entry(Connection& connection, FeedId feed) {
    connection.query("UPDATE feeds SET status = 'removed' WHERE id = ?").bind(feed).run();
}

// Names are unique: whoever gets another one lets go of the old one first, else two feeds could not
// swap theirs.
void release_name(Connection& connection, FeedId feed) {
    connection.query("UPDATE feeds SET name = char(1) || id WHERE id = ?").bind(feed).run();
}

}  // namespace

std::vector<Matched> match_list(std::span<const FeedSpec> list, std::span<const FeedRow> stored) {
    using Index = std::unordered_map<std::string_view, std::size_t>;
    std::vector<Matched> matches(list.size());
    std::vector<bool> taken(stored.size());
    std::size_t matched = 0;
    const auto take = [&](Match how, const auto& index, const auto& text_of) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (matches[i].how != Match::none) continue;
            const auto found = index.find(text_of(list[i]));
            if (found == index.end() || taken[found->second]) continue;
            matches[i] = {.how = how, .stored = found->second};
            taken[found->second] = true;
            ++matched;
        }
    };
    const auto url_of = [](const FeedSpec& spec) -> std::string_view { return spec.url; };
    const auto name_of = [](const FeedSpec& spec) -> std::string_view { return spec.name; };
    Index by_listed_url;
    by_listed_url.reserve(stored.size());
    for (std::size_t i = 0; i < stored.size(); ++i)
        by_listed_url.emplace(stored[i].state.listed_url, i);
    take(Match::url, by_listed_url, url_of);
    if (matched == list.size()) return matches;  // as at nearly every start
    Index by_url;
    Index by_name;
    for (std::size_t i = 0; i < stored.size(); ++i) {
        if (!is_listed(stored[i])) continue;
        by_url.emplace(stored[i].state.url, i);
        by_name.emplace(stored[i].state.name, i);
    }
    take(Match::adopted, by_url, url_of);
    take(Match::name, by_name, name_of);
    return matches;
}

namespace {

// Makes the stored feeds those of the list. False: they are already.
bool rewrite(Connection& connection, std::span<const FeedSpec> list,
             std::span<const FeedRow> stored, std::span<const Matched> matches, Time now) {
    bool changed = false;
    std::vector<bool> matched(stored.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (matches[i].how == Match::none) continue;
        const FeedRow& feed = stored[matches[i].stored];
        matched[matches[i].stored] = true;
        if (feed.state.name != list[i].name) release_name(connection, feed.state.id);
    }
    for (std::size_t i = 0; i < stored.size(); ++i) {
        if (matched[i] || !is_listed(stored[i])) continue;
        remove_entry(connection, stored[i].state.id);
        changed = true;
    }
    const auto checks = stored_checks(connection);
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (matches[i].how == Match::none) {
            insert_entry(connection, list[i], now);
            changed = true;
            continue;
        }
        const FeedRow& before = stored[matches[i].stored];
        const std::int64_t check = request_check(list[i]);
        const auto known = checks.find(before.state.id);
        const bool edited = check != (known == checks.end() ? 0 : known->second);
        if (is_untouched(before, list[i], matches[i].how, edited)) continue;
        const FeedRow after = revised_feed(before, list[i], matches[i].how, edited);
        if (edited || !same_entry(before, after)) {
            write_entry(connection, after, check);
            changed = true;
        }
        // What was merged into it knew its old URL.
        if (matches[i].how == Match::name) release_merged(connection, before.state.id);
    }
    return release_merged_into_unpolled(connection) > 0 || changed;
}

}  // namespace

std::vector<FeedState> apply_list(Connection& connection, std::span<const FeedSpec> list,
                                  Time now) {
    const std::size_t expected = list.size() + list.size() / 16;
    std::vector<FeedRow> stored = feeds_to_list(connection, expected);
    std::vector<Matched> matches = match_list(list, stored);
    if (rewrite(connection, list, stored, matches, now)) {
        stored = feeds_to_list(connection, expected);
        matches = match_list(list, stored);  // now each by its URL
    }
    std::vector<FeedState> states;
    states.reserve(list.size());
    for (const Matched& match : matches)
        states.push_back(std::move(stored[match.stored].state));
    return states;
}

}  // namespace feedd::sqlite
