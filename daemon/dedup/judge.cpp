#include "dedup/judge.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "dedup/alike.h"
#include "dedup/edit.h"
#include "dedup/settled.h"

namespace feedd {

namespace {

using Kind = Verdict::Kind;

// Unrelated headlines of one language share a quarter to a third of their pairs, a headline and its
// edited form more than half.
constexpr double kAlike = 0.5;
// Other sites carry a text over within days; the same words much later are another occasion.
constexpr Seconds kSyndicated = std::chrono::days{7};

bool same_content(const Article& article, const KnownArticle& known) {
    return article.content_hash == known.content_hash ||
           (!article.text_hash.empty() && article.text_hash == known.text_hash);
}

bool alike(std::string_view a, std::string_view b) {
    return likeness(a, b) >= kAlike;
}

// nullopt: one of them has no date.
std::optional<Seconds> time_between(const Article& article, const KnownArticle& known) {
    if (!article.published_at || !known.published_at) return std::nullopt;
    return std::chrono::abs(*article.published_at - *known.published_at);
}

bool keyed_by_guid(const Candidate& candidate) {
    return candidate.key.starts_with("guid:");
}

// A guid made of the link, as "<link>#2" for the second version, claims no identity of its own.
bool guid_follows_link(const Candidate& candidate) {
    const std::string_view guid = trim(candidate.guid);
    const std::string_view link = candidate.article.link;
    const std::string_view url = candidate.article.url;
    return (!link.empty() && guid.starts_with(link)) || (!url.empty() && guid.starts_with(url));
}

// A guid that is the address of the home page, as many write where nothing else is to be named.
bool guid_names_home_page(const Candidate& candidate) {
    const auto bare = [](std::string_view url) {
        return url.ends_with('/') ? url.substr(0, url.size() - 1) : url;
    };
    const std::string_view guid = bare(trim(candidate.guid));
    return !candidate.url_identifies && !guid.empty() && guid == bare(candidate.article.link);
}

// Some generators count their items anew, "item-1" being whatever comes first. One thing that
// stayed the same is enough for a retitled, moved, rewritten or redated article to remain itself.
bool key_reused(const Candidate& candidate, const KnownArticle& known) {
    const Article& article = candidate.article;
    if (!keyed_by_guid(candidate)) return false;
    const bool redated = time_between(article, known).value_or(Seconds{0}) != Seconds{0};
    if (guid_names_home_page(candidate)) return redated && !same_content(article, known);
    if (!candidate.url_identifies) return false;
    const bool moved = !article.url.empty() && !known.url.empty() && article.url != known.url;
    if (!moved || !redated || same_content(article, known)) return false;
    return (article.title.empty() && known.title.empty()) || !alike(article.title, known.title);
}

// One address for a new document every week. Were it taken for a revision, the old document would
// be gone from the articles; so it takes a new guid, a new title, a new text and no equal date.
bool url_reused(const Candidate& candidate, const KnownArticle& known) {
    const Article& article = candidate.article;
    if (!known.from_this_feed || !keyed_by_guid(candidate) || guid_follows_link(candidate)) {
        return false;
    }
    if (article.title.empty() || known.title.empty()) return false;
    const bool same_date = time_between(article, known) == Seconds{0};
    return !same_date && !same_content(article, known) && !alike(article.title, known.title);
}

// A text may be the site's plea to subscribe, under every article, or the opening of a thread every
// week. Within a feed only the same title of the same date is a repetition (a site that moved);
// elsewhere the title must be alike and the date near.
bool text_is_same_document(const Article& article, const KnownArticle& known) {
    const std::optional<Seconds> apart = time_between(article, known);
    if (known.from_this_feed) {
        return article.title == known.title && apart.value_or(Seconds{0}) == Seconds{0};
    }
    if (apart && *apart > kSyndicated) return false;
    if (article.title.empty() || known.title.empty()) return true;
    return same_digits(article.title, known.title) && alike(article.title, known.title);
}

// "Storm hits the coast" and "Storm hits the coast - The Daily News".
bool one_extends_the_other(std::string_view a, std::string_view b) {
    constexpr std::size_t kShortestTitle = 12;  // bytes: 'News' begins and ends many titles
    std::string longer = fold_case(settled_title(a));
    std::string shorter = fold_case(settled_title(b));
    if (longer.size() < shorter.size()) std::swap(longer, shorter);
    if (longer == shorter) return true;
    if (shorter.size() < kShortestTitle) return false;
    const std::size_t more = longer.size() - shorter.size();
    const auto ends_word = [](char c) { return !is_alpha(c) && !is_digit(c); };
    return (longer.starts_with(shorter) && ends_word(longer[shorter.size()])) ||
           (longer.ends_with(shorter) && ends_word(longer[more - 1]));
}

// The same long text below a headline to which a site has added its name, unless it stands below
// many: a notice, or the wall that a reader of articles was shown. Below a headline of its own it
// is another outlet's article, and level 3 makes them one story.
bool long_text_is_same_document(const Article& article, const KnownArticle& known,
                                const Evidence& evidence) {
    if (evidence.long_text_repeats) return false;
    const bool untitled = article.title.empty() || known.title.empty();
    if (!untitled && !one_extends_the_other(article.title, known.title)) return false;
    if (known.from_this_feed || known.in_this_feed) {
        return time_between(article, known) == Seconds{0};
    }
    const Seconds apart = std::chrono::abs(article.published_at.value_or(evidence.at) -
                                           known.published_at.value_or(known.first_seen_at));
    return apart <= kSyndicated;
}

// Feeds of feeds keep guids, but not all of them keep them whole: one more sign is wanted.
bool source_is_same_document(const Article& article, const KnownArticle& known) {
    return same_content(article, known) || time_between(article, known) == Seconds{0} ||
           (!article.title.empty() && alike(article.title, known.title));
}

bool is_revised(const Article& article, const KnownArticle& known, Time at) {
    if (!known.from_this_feed || article.content_hash == known.content_hash) return false;
    const Said now{.title = article.title, .text = article.content_text};
    return edit_verdict(known, now, at) == EditVerdict::edit;
}

Verdict same_item(const Article& article, const KnownArticle& known, Time at) {
    const auto answer = [&](Kind kind, std::string_view reason) {
        return Verdict{.kind = kind, .article = known.id, .reason = reason};
    };
    if (article.content_hash == known.content_hash) {
        return answer(Kind::unchanged, "same item, same content");
    }
    // Else two feeds that shorten an article differently would revise it in turns for ever.
    if (!known.from_this_feed) {
        return answer(Kind::unchanged, "same item; the words of the feed that was first stand");
    }
    switch (edit_verdict(known, {.title = article.title, .text = article.content_text}, at)) {
        case EditVerdict::noise:
            return answer(Kind::unchanged, "same item; only spacing, counters or ads differ");
        case EditVerdict::restless: {
            Verdict verdict = answer(Kind::unchanged, "same item; it changes too restlessly");
            verdict.waits = true;
            return verdict;
        }
        case EditVerdict::edit:
            break;
    }
    return answer(Kind::revised, "same item, new content");
}

Verdict same_reissued(const Article& article, const KnownArticle& known, Time at) {
    const bool revises = is_revised(article, known, at);
    return {.kind = Kind::sighted,
            .article = known.id,
            .revises = revises,
            .moves = known.from_this_feed,
            .reason = revises ? "issued again under another key, new content"
                              : "issued again under another key"};
}

Verdict same_url(const Article& article, const KnownArticle& known, Time at) {
    const bool revises = is_revised(article, known, at);
    std::string_view reason = "same address";
    if (known.from_this_feed) reason = "same address under another key";
    if (revises) reason = "same address under another key, new content";
    return {.kind = Kind::sighted, .article = known.id, .revises = revises, .reason = reason};
}

}  // namespace

Verdict judge(const Candidate& candidate, const Evidence& evidence) {
    const Article& article = candidate.article;
    const std::optional<KnownArticle>& by_key = evidence.by_key;
    const std::optional<KnownArticle>& by_url = evidence.by_url;
    const std::optional<KnownArticle>& by_text = evidence.by_text;
    const bool reused = by_key && key_reused(candidate, *by_key);
    if (by_key && !reused) return same_item(article, *by_key, evidence.at);

    // What the key stood for until now is not what it stands for now.
    const auto eligible = [&](const std::optional<KnownArticle>& known) {
        return known && !known->held_by_sibling && !(by_key && known->id == by_key->id);
    };
    const bool at_url = candidate.url_identifies && eligible(by_url);
    const bool url_taken_over = at_url && url_reused(candidate, *by_url);
    if (at_url && !url_taken_over) return same_url(article, *by_url, evidence.at);
    if (eligible(evidence.by_reissue))
        return same_reissued(article, *evidence.by_reissue, evidence.at);
    if (eligible(evidence.by_source) && source_is_same_document(article, *evidence.by_source)) {
        return {.kind = Kind::sighted,
                .article = evidence.by_source->id,
                .reason = "same item of the feed that it was taken from"};
    }
    if (eligible(evidence.by_date) && article.content_hash == evidence.by_date->content_hash) {
        return {.kind = Kind::sighted,
                .article = evidence.by_date->id,
                .moves = evidence.by_date->from_this_feed,
                .reason = "same title, text and date under another key"};
    }
    if (eligible(by_text) && text_is_same_document(article, *by_text)) {
        return {.kind = Kind::sighted, .article = by_text->id, .reason = "same text"};
    }
    if (eligible(evidence.by_long_text) &&
        long_text_is_same_document(article, *evidence.by_long_text, evidence)) {
        return {.kind = Kind::sighted,
                .article = evidence.by_long_text->id,
                .reason = "same long text, a longer title"};
    }
    std::string_view reason = "new";
    if (reused) reason = "new: its guid stood for another document before";
    if (url_taken_over) reason = "new: its address stood for another document before";
    return {.kind = Kind::added, .reason = reason};
}

}  // namespace feedd
