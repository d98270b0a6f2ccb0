// Makes articles part of stories: candidates → decision → stored, and the index of them kept.
#pragma once

#include <memory>
#include <utility>

#include "model/article.h"
#include "model/story.h"
#include "store/sqlite/articles.h"
#include "store/sqlite/commit.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// Of each story that an article may become part of, so many are looked at beside those found: a
// story is more than the one text that is most like the new one.
inline constexpr int kFellows = 2;

// What the matcher knows is read from `fingerprints` when it is first needed, and again after what
// it was told of was rolled back.
class Stories {
  public:
    explicit Stories(std::unique_ptr<StoryMatcher> matcher) : matcher_(std::move(matcher)) {}

    // The article is new, or says something else now. Inside the write transaction, after the row
    // was written. Throws SQLite::Exception.
    void place(Connection& connection, ChangeLog& changes, ArticleId article,
               const Candidate& candidate, const Found& found);
    // To be called after a rollback.
    void forget() noexcept { loaded_ = false; }

    [[nodiscard]] StoryMatcher& matcher() noexcept { return *matcher_; }

  private:
    void load(Connection& connection, Time now);
    void learn(Connection& connection);

    std::unique_ptr<StoryMatcher> matcher_;
    bool loaded_ = false;
    bool learned_ = false;       // which words were rare before
    ArticleId last_loaded_ = 0;  // what came later was learned when it was placed
};

// What the store has of an article that may be part of a story.
[[nodiscard]] std::optional<StoryText> told_by(Connection& connection, ArticleId article);

void write_fingerprint(Connection& connection, const StoryMember& member,
                       const Fingerprint& fingerprint);
void remove_match(Connection& connection, ArticleId article);
void write_match(Connection& connection, ArticleId article, const StoryDecision& decision, Time at);

// The article becomes part of the story, or of none; the log says so. The story's own row is left
// as it is.
void move_to_story(Connection& connection, ChangeLog& changes, ArticleId article,
                   std::optional<StoryId> story, const Found& found);
[[nodiscard]] StoryId insert_story(Connection& connection, Time at);
// Sets the row of the story by its articles; without any it goes.
void refresh_story(Connection& connection, StoryId story);
// The article is about to be deleted.
void leave_story(Connection& connection, ArticleId article);

// Deletes fingerprints of articles first seen before `before`, of at most `most` that come first.
[[nodiscard]] int prune_fingerprints(Connection& connection, Time before, int most);

}  // namespace feedd::sqlite
