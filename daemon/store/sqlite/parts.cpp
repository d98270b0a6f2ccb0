#include "store/sqlite/parts.h"

#include <limits>
#include <string_view>
#include <vector>

namespace feedd::sqlite {

namespace {

// What SQLite's integers cannot hold is no length.
std::optional<std::int64_t> length_of(const Enclosure& enclosure) {
    constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
    if (!enclosure.length || *enclosure.length > static_cast<std::uint64_t>(kLargest)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*enclosure.length);
}

void insert(Connection& connection, ArticleId id, const std::vector<Person>& authors) {
    int position = 0;
    for (const Person& author : authors) {
        connection
            .query(R"sql(
INSERT INTO authors (article_id, position, name, email, url) VALUES (?, ?, ?, ?, ?)
)sql")
            .bind(id, ++position, author.name, author.email, author.url)
            .run();
    }
}

void insert(Connection& connection, ArticleId id, const std::vector<Category>& categories) {
    int position = 0;
    for (const Category& category : categories) {
        connection
            .query(R"sql(
INSERT INTO categories (article_id, position, term, scheme, label) VALUES (?, ?, ?, ?, ?)
)sql")
            .bind(id, ++position, category.term, category.scheme, category.label)
            .run();
    }
}

void insert(Connection& connection, ArticleId id, const std::vector<Enclosure>& enclosures) {
    int position = 0;
    for (const Enclosure& enclosure : enclosures) {
        connection
            .query(R"sql(
INSERT INTO enclosures (article_id, position, url, type, title, length, duration_seconds)
VALUES (?, ?, ?, ?, ?, ?, ?)
)sql")
            .bind(id, ++position, enclosure.url, enclosure.type, enclosure.title,
                  length_of(enclosure), enclosure.duration_seconds)
            .run();
    }
}

std::vector<Person> stored_authors(Connection& connection, ArticleId id) {
    Query query = connection.query(
        "SELECT name, email, url FROM authors WHERE article_id = ? ORDER BY position");
    query.bind(id);
    std::vector<Person> authors;
    while (query.next())
        authors.push_back({.name = query.text(0), .email = query.text(1), .url = query.text(2)});
    return authors;
}

std::vector<Category> stored_categories(Connection& connection, ArticleId id) {
    Query query = connection.query(
        "SELECT term, scheme, label FROM categories WHERE article_id = ? ORDER BY position");
    query.bind(id);
    std::vector<Category> categories;
    while (query.next()) {
        categories.push_back(
            {.term = query.text(0), .scheme = query.text(1), .label = query.text(2)});
    }
    return categories;
}

std::vector<Enclosure> stored_enclosures(Connection& connection, ArticleId id) {
    Query query = connection.query(R"sql(
SELECT url, type, title, length, duration_seconds FROM enclosures
WHERE article_id = ? ORDER BY position
)sql");
    query.bind(id);
    std::vector<Enclosure> enclosures;
    while (query.next()) {
        Enclosure enclosure{.url = query.text(0), .type = query.text(1), .title = query.text(2)};
        if (const auto length = query.optional_integer(3)) {
            enclosure.length = static_cast<std::uint64_t>(*length);
        }
        enclosure.duration_seconds = query.optional_real(4);
        enclosures.push_back(std::move(enclosure));
    }
    return enclosures;
}

template <typename Part>
void update(Connection& connection, ArticleId id, const std::vector<Part>& stored,
            const std::vector<Part>& wanted, std::string_view deletion) {
    if (stored == wanted) return;
    connection.query(deletion).bind(id).run();
    insert(connection, id, wanted);
}

}  // namespace

void insert_parts(Connection& connection, ArticleId id, const Article& article) {
    insert(connection, id, article.authors);
    insert(connection, id, article.categories);
    insert(connection, id, article.enclosures);
}

void read_parts(Connection& connection, ArticleId id, Article& article) {
    article.authors = stored_authors(connection, id);
    article.categories = stored_categories(connection, id);
    article.enclosures = stored_enclosures(connection, id);
}

void update_parts(Connection& connection, ArticleId id, const Article& article) {
    update(connection, id, stored_authors(connection, id), article.authors,
           "DELETE FROM authors WHERE article_id = ?");
    update(connection, id, stored_categories(connection, id), article.categories,
           "DELETE FROM categories WHERE article_id = ?");
    update(connection, id, stored_enclosures(connection, id), article.enclosures,
           "DELETE FROM enclosures WHERE article_id = ?");
}

}  // namespace feedd::sqlite
