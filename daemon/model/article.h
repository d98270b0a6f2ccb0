// An article: what an item says, normalised, as the store keeps it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/document.h"
#include "model/fingerprint.h"

namespace feedd {

using ArticleId = std::int64_t;

// Every text is valid UTF-8 in NFC; every HTML is sanitised; every URL is absolute or empty.
struct Article {
    std::string url;      // canonical; "" if the item has no link
    std::string url_key;  // of it, what identifies the document: without scheme and www; "" none
    std::string link;     // as published and resolved: what a person opens
    std::string title;    // plain text, one line
    std::string summary_html;
    std::string content_html;
    std::string content_text;  // plain; of the content, else of the summary: what is searched
    std::string language;      // BCP 47, "" unknown
    std::string image_url;
    std::string comments_url;
    std::vector<Person> authors;
    std::vector<Category> categories;
    std::vector<Enclosure> enclosures;
    std::optional<Time> published_at;  // nullopt: the item has no (credible) date
    std::optional<Time> updated_at;
    std::string content_hash;  // over title and content_text (normalize): 'has it been edited?'
    // Over title and text, where that is long enough to be nobody else's; "" where it is too short
    // to identify anything.
    std::string text_hash;
    std::string long_text_hash;  // over the text alone, where that is longer still; "" none
};

// One item of a poll on its way to the store, with what identifies it within its feed.
struct Candidate {
    std::string key;              // identity in its feed (dedup/item_key), never empty
    std::string guid;             // as published, "" none
    std::uint64_t item_hash = 0;  // of the item as published: what the screen compares
    int position = 0;             // in the document, from 0
    // False when several items of the document share the link, or it is the site's home page: then
    // it says nothing about which document this is.
    bool url_identifies = true;
    // The feed it was taken from, where it says so (atom:source, RSS <source>); "" unknown.
    std::string source_url;
    // Hashes of title and words, white space aside; nullopt: there are none.
    std::optional<std::uint64_t> title_hash;
    std::optional<std::uint64_t> words_hash;
    // Key of an item that left the feed as this one came, and is this one (dedup/reissue); "" none.
    std::string reissue_of;
    bool backfill = false;  // it was old already when it came (dedup/backfill)
    Article article;
    std::optional<Fingerprint> fingerprint;  // of its text; nullopt: not made yet
};

// An item that the feed listed in the last document that was read whole.
struct Listed {
    std::string key;
    std::string guid;
    std::string link;  // as published
    int position = 0;  // in that document
    Time first_seen_at{};
    std::optional<Time> published_at;
    std::optional<std::uint64_t> title_hash;
    std::optional<std::uint64_t> words_hash;
};

// An item that the feed lists no longer.
struct Departed {
    std::string key;
    bool withdrawn = false;  // older and newer ones stayed; else it scrolled out
};

// An item that the store already holds unchanged: only its sighting is renewed.
struct Reseen {
    std::string key;
    int position = 0;
};

}  // namespace feedd
