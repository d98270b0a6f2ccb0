#include "parse/draft.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/text.h"
#include "parse/date.h"

namespace feedd {

namespace {

// Each list is searched before something is added: what is longer than this is no honest list.
constexpr std::size_t kMaxList = 500;

// Most items have so many categories at most: a list that grows one by one is moved at each step.
constexpr std::size_t kFewCategories = 4;

template <typename T, typename Same>
T* find_same(std::vector<T>& list, Same same) {
    const auto at = std::find_if(list.begin(), list.end(), same);
    return at == list.end() ? nullptr : &*at;
}

void fill(std::string& into, std::string& from) {
    if (into.empty()) into = std::move(from);
}

template <typename T>
void fill(std::optional<T>& into, const std::optional<T>& from) {
    if (!into) into = from;
}

// Most of what an item may have it has not, and to move nothing costs as much as to move something.
template <typename T>
void hand_over(T& from, T& into) {
    if (!from.empty()) into = std::move(from);
}

template <typename T>
void hand_over(std::optional<T>& from, std::optional<T>& into) {
    if (from) into = std::move(from);
}

template <typename T>
void hand_over(Ranked<T>& from, T& into) {
    if (!from.empty()) into = from.take();
}

void hand_over(Ranked<DraftText>& from, Text& into) {
    if (from.empty()) return;
    Text&& text = from.take().text;
    into.kind = text.kind;
    into.said_plain = text.said_plain;
    hand_over(text.value, into.value);
    hand_over(text.base, into.base);
    hand_over(text.language, into.language);
}

// The year 1 (0 after a shift to UTC) stands for 'no date' in what .NET and Go generate.
bool is_real(Time time) noexcept {
    using namespace std::chrono;
    return time >= sys_days(year(2) / January / 1);
}

}  // namespace

void add_person(std::vector<Person>& people, Person&& person) {
    if (person.empty() || people.size() >= kMaxList) return;
    Person* known = find_same(people, [&](const Person& other) {
        if (!person.name.empty() && !other.name.empty()) return iequals(person.name, other.name);
        return !person.email.empty() && iequals(person.email, other.email);
    });
    if (known == nullptr) {
        Person& added = people.emplace_back();
        hand_over(person.name, added.name);
        hand_over(person.email, added.email);
        hand_over(person.url, added.url);
        return;
    }
    fill(known->name, person.name);
    fill(known->email, person.email);
    fill(known->url, person.url);
}

void add_category(std::vector<Category>& categories, Category&& category) {
    if (category.term.empty()) category.term = category.label;
    if (category.term.empty() || categories.size() >= kMaxList) return;
    Category* known =
        find_same(categories, [&](const Category& other) { return other.term == category.term; });
    if (known == nullptr) {
        if (categories.empty()) categories.reserve(kFewCategories);
        Category& added = categories.emplace_back();
        hand_over(category.term, added.term);
        hand_over(category.scheme, added.scheme);
        hand_over(category.label, added.label);
        return;
    }
    fill(known->scheme, category.scheme);
    fill(known->label, category.label);
}

void add_enclosure(std::vector<Enclosure>& enclosures, Enclosure enclosure) {
    if (enclosure.url.empty() || enclosures.size() >= kMaxList) return;
    Enclosure* known =
        find_same(enclosures, [&](const Enclosure& other) { return other.url == enclosure.url; });
    if (known == nullptr) {
        enclosures.push_back(std::move(enclosure));
        return;
    }
    fill(known->type, enclosure.type);
    fill(known->title, enclosure.title);
    fill(known->length, enclosure.length);
    fill(known->duration_seconds, enclosure.duration_seconds);
}

void set_time(std::optional<Time>& time, const Element& element) {
    std::string storage;
    const auto read = parse_date(element.text_view(storage));
    if (read && is_real(*read)) time = read;
}

FeedMeta finished_feed(Draft& draft) {
    FeedMeta feed;
    feed.id = std::move(draft.id);
    feed.title = draft.title.take().text;
    feed.description = draft.summary.take().text;
    feed.rights = draft.rights.take().text;
    feed.home_page_url = draft.url.take();
    feed.feed_url = std::move(draft.feed_url);
    feed.new_feed_url = std::move(draft.new_feed_url);
    feed.hub_urls = std::move(draft.hub_urls);
    feed.links = std::move(draft.links);
    feed.language = draft.language.take();
    feed.license_url = draft.license_url.take();
    feed.generator = std::move(draft.generator);
    feed.icon_url = std::move(draft.icon_url);
    feed.image_url = draft.image_url.take();
    feed.authors = std::move(draft.authors);
    feed.contributors = std::move(draft.contributors);
    if (!draft.publisher.empty()) feed.publisher = draft.publisher.take();
    feed.categories = std::move(draft.categories);
    feed.published = draft.published;
    feed.updated = draft.updated;
    feed.itunes = std::move(draft.itunes);
    feed.hints = draft.hints;
    if (draft.update_period) {
        feed.hints.update_period =
            *draft.update_period / std::max<std::int64_t>(1, draft.update_frequency);
    }
    return feed;
}

bool finish_item(Draft& draft, Item& item) {
    bool language_said = true;
    const Ranked<DraftText>* spoken = &draft.summary;
    if (!draft.title.empty()) spoken = &draft.title;
    if (!draft.content.empty()) spoken = &draft.content;
    if (!draft.language.empty()) {
        item.language = draft.language.take();
    } else if (!spoken->empty() && spoken->value().language_said) {
        item.language = spoken->value().text.language;
    } else {
        language_said = false;
    }
    if (draft.geo) {
        item.geo = std::move(draft.geo);
    } else if (draft.latitude && draft.longitude) {
        item.geo =
            Geometry{.kind = Geometry::Kind::point,
                     .positions = {{.longitude = *draft.longitude, .latitude = *draft.latitude}}};
    }
    hand_over(draft.id, item.id);
    item.id_is_permalink = draft.id_is_permalink;
    hand_over(draft.url, item.url);
    hand_over(draft.original_url, item.original_url);
    hand_over(draft.title, item.title);
    hand_over(draft.summary, item.summary);
    hand_over(draft.content, item.content);
    if (!item.content.empty() && item.content.value == item.summary.value) item.content = {};
    hand_over(draft.authors, item.authors);
    hand_over(draft.contributors, item.contributors);
    if (!draft.publisher.empty()) item.publisher = draft.publisher.take();
    hand_over(draft.categories, item.categories);
    item.published = draft.published;
    item.updated = draft.updated;
    item.created = draft.created;
    item.expired = draft.expired;
    hand_over(draft.links, item.links);
    hand_over(draft.enclosures, item.enclosures);
    if (!draft.picture_url.empty())
        draft.image_url.offer(rank::kPicture, std::move(draft.picture_url));
    hand_over(draft.image_url, item.image_url);
    hand_over(draft.comments_url, item.comments_url);
    hand_over(draft.comments_feed_url, item.comments_feed_url);
    item.comment_count = draft.comment_count;
    hand_over(draft.in_reply_to, item.in_reply_to);
    hand_over(draft.source, item.source);
    hand_over(draft.chapters, item.chapters);
    hand_over(draft.itunes, item.itunes);
    hand_over(draft.media, item.media);
    hand_over(draft.rights, item.rights);
    hand_over(draft.license_url, item.license_url);
    return language_said;
}

std::optional<std::uint64_t> whole_number(std::string_view text) noexcept {
    text = trim(text);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    // JSON readers hold numbers in 64 bits with a sign.
    if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> small_number(std::string_view text) noexcept {
    const auto number = whole_number(text);
    constexpr std::uint64_t kMost = 1'000'000'000;
    if (!number || *number > kMost) return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

}  // namespace feedd
