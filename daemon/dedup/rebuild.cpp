#include "dedup/rebuild.h"

#include <optional>
#include <utility>

namespace feedd {

namespace {

std::string in_words(const std::string& text) {
    return text;
}

std::string in_words(const std::optional<Time>& time) {
    return time ? format_utc(*time) : std::string{};
}

void append(std::string& list, std::string_view what, std::string_view before = ", ") {
    if (what.empty()) return;
    if (!list.empty()) list += before;
    list += what;
}

std::string in_words(const std::vector<Person>& people) {
    std::string all;
    for (const Person& person : people) {
        std::string one = person.name;
        append(one, person.email, " ");
        append(one, person.url, " ");
        append(all, one);
    }
    return all;
}

std::string in_words(const std::vector<Category>& categories) {
    std::string all;
    for (const Category& category : categories) {
        std::string one = category.term;
        append(one, category.label, " ");
        append(one, category.scheme, " ");
        append(all, one);
    }
    return all;
}

std::string in_words(const std::vector<Enclosure>& enclosures) {
    std::string all;
    for (const Enclosure& enclosure : enclosures) {
        std::string one = enclosure.url;
        append(one, enclosure.type, " ");
        append(one, enclosure.title, " ");
        if (enclosure.length) append(one, std::to_string(*enclosure.length), " ");
        if (enclosure.duration_seconds) {
            append(one, std::to_string(*enclosure.duration_seconds) + "s", " ");
        }
        append(all, one);
    }
    return all;
}

class Taker {
  public:
    explicit Taker(const Article& stored) { out_.article = stored; }

    // `field` of the article becomes what was read again, and that is noted.
    template <typename Value>
    bool take(std::string_view name, Value Article::*field, const Article& read_again) {
        Value& value = out_.article.*field;
        const Value& other = read_again.*field;
        if (value == other) return false;
        out_.changes.push_back({name, in_words(value), in_words(other)});
        value = other;
        return true;
    }

    void revises(bool changed) { out_.revises = out_.revises || changed; }
    [[nodiscard]] Rebuilding&& result() { return std::move(out_); }
    [[nodiscard]] Article& article() { return out_.article; }

  private:
    Rebuilding out_;
};

}  // namespace

Rebuilding rebuilding(const Article& stored, const Article& read_again, Coverage coverage) {
    Taker taker(stored);
    if (coverage.words) {
        taker.revises(taker.take("title", &Article::title, read_again));
        taker.revises(taker.take("content_text", &Article::content_text, read_again));
        taker.revises(taker.take("content_html", &Article::content_html, read_again));
        taker.revises(taker.take("summary_html", &Article::summary_html, read_again));
        taker.take("language", &Article::language, read_again);
        taker.take("url", &Article::url, read_again);
        taker.take("link", &Article::link, read_again);
        taker.article().url_key = read_again.url_key;
        taker.article().content_hash = read_again.content_hash;
        taker.article().text_hash = read_again.text_hash;
    }
    // Like a poll: a date that an article has once is not taken from it by a document without one.
    if (coverage.first || !stored.published_at) {
        taker.take("published_at", &Article::published_at, read_again);
    }
    if (coverage.first || read_again.updated_at) {
        taker.take("updated_at", &Article::updated_at, read_again);
    }
    taker.take("image_url", &Article::image_url, read_again);
    taker.take("comments_url", &Article::comments_url, read_again);
    taker.take("authors", &Article::authors, read_again);
    taker.take("categories", &Article::categories, read_again);
    taker.take("enclosures", &Article::enclosures, read_again);
    return taker.result();
}

}  // namespace feedd
