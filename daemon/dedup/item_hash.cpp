#include "dedup/item_hash.h"

#include <optional>
#include <string_view>

#include "base/hash.h"

namespace feedd {

namespace {

// Raised when the meaning of a field changes: every item is then normalised once more.
constexpr std::uint64_t kVersion = 1;

// The place of a value in the item. Numbers are for ever: the store keeps the hashes.
enum class Field : std::uint64_t {
    url = 1,
    original_url,
    title,
    summary,
    content,
    language,
    author,
    contributor,
    publisher,
    category,
    published,
    updated,
    created,
    enclosure,
    image,
    comments,
    source,
    duration,
    thumbnail,
};

// A chain: each value is hashed with the hash so far as its seed, so that nothing is copied.
class Chain {
  public:
    // `part`: which of the values that a field has.
    Chain& add(Field field, std::string_view value, unsigned part = 0) noexcept {
        if (!value.empty()) hash_ = quick_hash(value, hash_ ^ seed_of(field, part));
        return *this;
    }
    template <typename Number>
    Chain& number(Field field, const std::optional<Number>& value, unsigned part = 0) noexcept {
        if (!value) return *this;
        const Number copy = *value;
        return add(field, {reinterpret_cast<const char*>(&copy), sizeof copy}, part);
    }
    Chain& time(Field field, const std::optional<Time>& value) noexcept {
        if (!value) return *this;
        return number(field, std::optional(std::int64_t{value->time_since_epoch().count()}));
    }
    Chain& text(Field field, const Text& value) noexcept {
        if (value.empty()) return *this;
        return add(field, value.kind == Text::Kind::html ? "html" : "plain")
            .add(field, value.value, 1)
            .add(field, value.language, 2);
    }
    // The elements of a list begin with a mark, or one of two parts would equal two of one part.
    Chain& mark(Field field) noexcept { return add(field, "+"); }
    Chain& person(Field field, const Person& value) noexcept {
        return mark(field)
            .add(field, value.name, 1)
            .add(field, value.email, 2)
            .add(field, value.url, 3);
    }
    Chain& category(const Category& value) noexcept {
        return mark(Field::category)
            .add(Field::category, value.term, 1)
            .add(Field::category, value.scheme, 2)
            .add(Field::category, value.label, 3);
    }
    Chain& enclosure(const Enclosure& value) noexcept {
        return mark(Field::enclosure)
            .add(Field::enclosure, value.url, 1)
            .add(Field::enclosure, value.type, 2)
            .add(Field::enclosure, value.title, 3)
            .number(Field::enclosure, value.length, 4)
            .number(Field::enclosure, value.duration_seconds, 5);
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return hash_; }

  private:
    static std::uint64_t seed_of(Field field, unsigned part) noexcept {
        constexpr std::uint64_t kMostParts = 16;
        constexpr std::uint64_t kGoldenRatio =
            0x9E3779B97F4A7C15;  // 2^64 ÷ φ: spreads small numbers
        return (static_cast<std::uint64_t>(field) * kMostParts + part) * kGoldenRatio;
    }
    std::uint64_t hash_ = kVersion;
};

void add_lists(Chain& chain, const Item& item) noexcept {
    for (const Person& author : item.authors)
        chain.person(Field::author, author);
    for (const Person& contributor : item.contributors)
        chain.person(Field::contributor, contributor);
    if (item.publisher) chain.person(Field::publisher, *item.publisher);
    for (const Category& category : item.categories)
        chain.category(category);
    for (const Enclosure& enclosure : item.enclosures)
        chain.enclosure(enclosure);
    if (item.media) {
        for (const Thumbnail& thumbnail : item.media->thumbnails)
            chain.add(Field::thumbnail, thumbnail.url);
    }
    for (const FeedMeta& source : item.source) {
        for (const Person& author : source.authors)
            chain.person(Field::source, author);
    }
}

}  // namespace

std::uint64_t item_hash(const Item& item) noexcept {
    Chain chain;
    chain.add(Field::url, item.url)
        .add(Field::original_url, item.original_url)
        .text(Field::title, item.title)
        .text(Field::summary, item.summary)
        .text(Field::content, item.content)
        .add(Field::language, item.language)
        .time(Field::published, item.published)
        .time(Field::updated, item.updated)
        .time(Field::created, item.created)
        .add(Field::image, item.image_url)
        .add(Field::comments, item.comments_url);
    if (item.itunes) chain.number(Field::duration, item.itunes->duration_seconds);
    add_lists(chain, item);
    return chain.value();
}

}  // namespace feedd
