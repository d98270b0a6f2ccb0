// What the store knows about a candidate (Evidence) and what dedup/judge makes of it (Verdict).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/article.h"
#include "model/feed.h"

namespace feedd {

// A stored article that may be the same document.
struct KnownArticle {
    ArticleId id = 0;
    std::string url;
    std::string title;
    std::string content_hash;
    std::string text_hash;
    std::optional<Time> published_at;
    Time first_seen_at{};
    // The article's words are the polled feed's to change: it was the first to bring the article,
    // or the first that did has left the list. Filled for by_key, by_url and by_text alike.
    bool from_this_feed = false;
    // Another key of the polled feed already stands for this article and is in the very document
    // that is judged: two items listed side by side are two documents, whatever they share.
    bool held_by_sibling = false;
    bool in_this_feed = false;  // the polled feed carries it, or has

    // Filled only where the words are this feed's and the candidate's differ.
    std::string content_text;
    int revisions = 0;
    std::optional<Time> revised_at;  // the last time
    struct Past {
        std::string title;
        std::string text;
    };
    std::vector<Past> past;         // the last two revisions, the newest first
    bool said_this_before = false;  // what the candidate says is a revision
    bool says_again = false;        // what the article says now is a revision, too
};

// Read inside the write transaction, so that two polls in one commit see each other.
struct Evidence {
    Time at{};                           // of the poll
    std::optional<KnownArticle> by_key;  // the same key in the same feed
    // What this feed listed until now under a key that it lists no longer (Candidate::reissue_of).
    std::optional<KnownArticle> by_reissue;
    // The item with this guid in the feed that the candidate names as its source.
    std::optional<KnownArticle> by_source;
    // Of this feed, with the same title and date; asked only where nothing above is known.
    std::optional<KnownArticle> by_date;
    std::optional<KnownArticle> by_url;        // the same canonical URL, in whatever feed
    std::optional<KnownArticle> by_text;       // the same non-empty text_hash, in whatever feed
    std::optional<KnownArticle> by_long_text;  // the same for long_text_hash
    // The long text stands more than once, in the store or in the document that is judged.
    bool long_text_repeats = false;
};

struct Verdict {
    enum class Kind : std::uint8_t {
        unchanged,  // known in this feed, says the same
        revised,    // known in this feed, says something else now
        sighted,    // known from elsewhere (or under another key): one more sighting
        added,      // new
    };
    Kind kind = Kind::added;
    ArticleId article = 0;  // of the known one; 0 for added
    // `sighted` and the known text differs: the article also gets a revision. Only from the feed
    // that first brought it, else two outlets that shorten differently would revise for ever.
    bool revises = false;
    // The article was edited, but so restlessly that it is not followed yet: to be asked again.
    bool waits = false;
    bool moves = false;       // `sighted`: the article's own feed has given it this address
    std::string_view reason;  // for logs and `explain`: a literal
};

// Pure; called by the store inside its transaction (dedup/judge.h).
using Judge = Verdict (*)(const Candidate& candidate, const Evidence& evidence);

}  // namespace feedd
