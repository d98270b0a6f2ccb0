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
    Chain& add(Field field, std::string_view value) noexcept {
        if (!value.empty()) hash_ = quick_hash(value, hash_ ^ seed_of(field));
        return *this;
    }
    template <typename Number>
    Chain& number(Field field, const std::optional<Number>& value) noexcept {
        if (!value) return *this;
        const Number copy = *value;
        return add(field, {reinterpret_cast<const char*>(&copy), sizeof copy});
    }
    Chain& time(Field field, const std::optional<Time>& value) noexcept {
        if (!value) return *this;
        return number(field, std::optional(std::int64_t{value->time_since_epoch().count()}));
    }
    Chain& text(Field field, const Text& value) noexcept {
        if (value.empty()) return *this;
        return add(field, value.kind == Text::Kind::html ? "html" : "plain")
            .add(field, value.value)
            .add(field, value.language);
    }
    Chain& person(Field field, const Person& value) noexcept {
        return add(field, "person")
            .add(field, value.name)
            .add(field, value.email)
            .add(field, value.url);
    }
    [[nodiscard]] std::uint64_t value() const noexcept { return hash_; }

  private:
    static std::uint64_t seed_of(Field field) noexcept {
        constexpr std::uint64_t kGoldenRatio =
            0x9E3779B97F4A7C15;  // 2^64 ÷ φ: spreads small numbers
        return static_cast<std::uint64_t>(field) * kGoldenRatio;
    }
    std::uint64_t hash_ = kVersion;
};

void add_enclosure(Chain& chain, const Enclosure& enclosure) noexcept {
    chain.add(Field::enclosure, "enclosure")
        .add(Field::enclosure, enclosure.url)
        .add(Field::enclosure, enclosure.type)
        .add(Field::enclosure, enclosure.title)
        .number(Field::enclosure, enclosure.length)
        .number(Field::duration, enclosure.duration_seconds);
}

void add_lists(Chain& chain, const Item& item) noexcept {
    for (const Person& author : item.authors)
        chain.person(Field::author, author);
    for (const Person& contributor : item.contributors)
        chain.person(Field::contributor, contributor);
    if (item.publisher) chain.person(Field::publisher, *item.publisher);
    for (const Category& category : item.categories) {
        chain.add(Field::category, "category")
            .add(Field::category, category.term)
            .add(Field::category, category.scheme)
            .add(Field::category, category.label);
    }
    for (const Enclosure& enclosure : item.enclosures)
        add_enclosure(chain, enclosure);
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
