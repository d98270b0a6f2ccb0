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

// The year 1 (0 after a shift to UTC) stands for 'no date' in what .NET and Go generate.
bool is_real(Time time) noexcept {
    using namespace std::chrono;
    return time >= sys_days(year(2) / January / 1);
}

}  // namespace

void add_person(std::vector<Person>& people, Person person) {
    if (person.empty() || people.size() >= kMaxList) return;
    Person* known = find_same(people, [&](const Person& other) {
        if (!person.name.empty() && !other.name.empty()) return iequals(person.name, other.name);
        return !person.email.empty() && iequals(person.email, other.email);
    });
    if (known == nullptr) {
        people.push_back(std::move(person));
        return;
    }
    fill(known->name, person.name);
    fill(known->email, person.email);
    fill(known->url, person.url);
}

void add_category(std::vector<Category>& categories, Category category) {
    if (category.term.empty()) category.term = category.label;
    if (category.term.empty() || categories.size() >= kMaxList) return;
    Category* known =
        find_same(categories, [&](const Category& other) { return other.term == category.term; });
    if (known == nullptr) {
        if (categories.empty()) categories.reserve(kFewCategories);
        categories.push_back(std::move(category));
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
    if (draft.geo || !draft.latitude || !draft.longitude) {
        item.geo = std::move(draft.geo);
    } else {
        item.geo =
            Geometry{.kind = Geometry::Kind::point,
                     .positions = {{.longitude = *draft.longitude, .latitude = *draft.latitude}}};
    }
    item.id = std::move(draft.id);
    item.id_is_permalink = draft.id_is_permalink;
    item.url = draft.url.take();
    item.original_url = std::move(draft.original_url);
    item.title = draft.title.take().text;
    item.summary = draft.summary.take().text;
    item.content = draft.content.take().text;
    if (item.content.value == item.summary.value) item.content = {};
    item.authors = std::move(draft.authors);
    item.contributors = std::move(draft.contributors);
    if (!draft.publisher.empty()) item.publisher = draft.publisher.take();
    item.categories = std::move(draft.categories);
    item.published = draft.published;
    item.updated = draft.updated;
    item.created = draft.created;
    item.expired = draft.expired;
    item.links = std::move(draft.links);
    item.enclosures = std::move(draft.enclosures);
    draft.image_url.offer(rank::kPicture, std::move(draft.picture_url));
    item.image_url = draft.image_url.take();
    item.comments_url = std::move(draft.comments_url);
    item.comments_feed_url = std::move(draft.comments_feed_url);
    item.comment_count = draft.comment_count;
    item.in_reply_to = std::move(draft.in_reply_to);
    item.source = std::move(draft.source);
    item.chapters = std::move(draft.chapters);
    item.itunes = std::move(draft.itunes);
    item.media = std::move(draft.media);
    item.rights = draft.rights.take().text;
    item.license_url = draft.license_url.take();
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
