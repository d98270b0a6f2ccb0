// Writes articles: the row, its people, categories and enclosures, and what it said before.
#pragma once

#include "model/article.h"
#include "model/feed.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// Where and when an article was found.
struct Found {
    FeedId feed = 0;
    Time at{};
};

[[nodiscard]] ArticleId insert_article(Connection& connection, const Candidate& candidate,
                                       const Found& found);

// Keeps what the article says as a revision, replaced at `at`.
void keep_revision(Connection& connection, ArticleId article, Time at);

// Keeps what the article says as a revision, then lets it say what the candidate says. Its date of
// publication stays.
void revise_article(Connection& connection, ArticleId article, const Candidate& candidate,
                    const Found& found);

// The article's own feed has given it another address.
void move_article(Connection& connection, ArticleId article, const Candidate& candidate);

// nullopt: it is there again. False: it was marked so already.
bool set_withdrawn(Connection& connection, ArticleId article, std::optional<Time> at);
// How often it has been there again.
[[nodiscard]] std::int64_t returns_of(Connection& connection, ArticleId article);

// The words are the same: what stands beside them (image, comments, date of the last update,
// people, categories, enclosures) follows the item, written only where it differs. No revision; nor
// does the HTML follow, which with some publishers is another one at every poll.
void refresh_details(Connection& connection, ArticleId article, const Article& details);

}  // namespace feedd::sqlite
