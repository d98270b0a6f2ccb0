#include "store/sqlite/search_index.h"

#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "store/sqlite/search_text.h"

namespace feedd::sqlite {

namespace {

// In the order of their ids: FTS5 writes its batch out whenever an id is smaller than the last.
constexpr std::string_view kWaiting = R"sql(
SELECT a.id, a.title, a.content_text FROM search_queue AS q JOIN articles AS a ON a.id = q.article_id
ORDER BY q.article_id LIMIT ?
)sql";
constexpr std::string_view kIndex =
    "INSERT INTO article_search (rowid, title, content_text) VALUES (?, ?, ?)";
// An index of texts that are kept elsewhere must be told what it had been given
// (sqlite.org/fts5.html §4.4.3).
constexpr std::string_view kUnindex = R"sql(
INSERT INTO article_search (article_search, rowid, title, content_text) VALUES ('delete', ?, ?, ?)
)sql";

bool waits(Connection& connection, ArticleId article) {
    return connection.query("SELECT 1 FROM search_queue WHERE article_id = ?").bind(article).next();
}

}  // namespace

void queue_for_search(Connection& connection, ArticleId article) {
    connection.query("INSERT OR IGNORE INTO search_queue (article_id) VALUES (?)")
        .bind(article)
        .run();
}

void unindex(Connection& connection, ArticleId article, bool again) {
    if (waits(connection, article)) return;  // the index has none of its words
    std::string title;
    std::string text;
    {
        Query query = connection.query("SELECT title, content_text FROM articles WHERE id = ?");
        if (!query.bind(article).next()) return;
        title = search_text(query.text(0));
        text = search_text(query.text(1));
    }
    connection.query(kUnindex).bind(article, title, text).run();
    if (again) queue_for_search(connection, article);
}

int index_waiting(Connection& connection, int most) {
    int indexed = 0;
    ArticleId last = 0;
    {
        Query waiting = connection.query(kWaiting);
        waiting.bind(most);
        while (waiting.next()) {
            last = waiting.integer(0);
            const std::string title = search_text(waiting.text(1));
            const std::string text = search_text(waiting.text(2));
            connection.query(kIndex).bind(last, title, Lasting{text}).run();
            ++indexed;
        }
    }
    if (indexed > 0) {
        connection.query("DELETE FROM search_queue WHERE article_id <= ?").bind(last).run();
    }
    return indexed;
}

namespace {

// Made anew, beside the store.
SQLite::Database indexed_again(SQLite::Database& store) {
    SQLite::Database again("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    again.exec(R"sql(
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, content_text, content = '', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 67108864);
BEGIN
)sql");
    SQLite::Statement articles(store, R"sql(
SELECT id, title, content_text FROM articles
WHERE id NOT IN (SELECT article_id FROM search_queue) ORDER BY id
)sql");
    SQLite::Statement insert(again, std::string(kIndex));
    while (articles.executeStep()) {
        insert.bind(1, articles.getColumn(0).getInt64());
        insert.bind(2, search_text(articles.getColumn(1).getString()));
        insert.bind(3, search_text(articles.getColumn(2).getString()));
        insert.exec();
        insert.reset();
    }
    again.exec("COMMIT");
    return again;
}

// The words of an index in its order, with their columns and how often they occur in how many
// articles (sqlite.org/fts5.html §8).
class Words {
  public:
    explicit Words(SQLite::Database& database) : statement_(made(database)) { next(); }
    [[nodiscard]] bool done() const { return done_; }
    [[nodiscard]] const std::string& word() const { return word_; }  // and its column
    [[nodiscard]] const std::string& counts() const { return counts_; }
    void next() {
        done_ = !statement_.executeStep();
        if (done_) return;
        word_ = statement_.getColumn(0).getString() + ' ' + statement_.getColumn(1).getString();
        counts_ = statement_.getColumn(2).getString() + ' ' + statement_.getColumn(3).getString();
    }

  private:
    static SQLite::Statement made(SQLite::Database& database) {
        database.exec(
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'article_search', 'col')");
        return {database, "SELECT term, col, doc, cnt FROM temp.words"};
    }
    SQLite::Statement statement_;
    bool done_ = false;
    std::string word_;
    std::string counts_;
};

}  // namespace

// FTS5's own check would compare with the articles' texts, not with what it was given of them.
std::int64_t wrongly_indexed_words(const std::string& path) {
    SQLite::Database store(path, SQLite::OPEN_READONLY);
    const SQLite::Transaction snapshot(store);
    SQLite::Database again = indexed_again(store);
    std::int64_t wrong = 0;
    Words is(store);
    Words should_be(again);
    while (!is.done() || !should_be.done()) {
        const bool both = !is.done() && !should_be.done();
        const bool surplus = !is.done() && (!both || is.word() < should_be.word());
        const bool missing = !should_be.done() && (!both || should_be.word() < is.word());
        if (surplus || missing || is.counts() != should_be.counts()) ++wrong;
        if (!missing) is.next();
        if (!surplus) should_be.next();
    }
    return wrong;
}

}  // namespace feedd::sqlite
