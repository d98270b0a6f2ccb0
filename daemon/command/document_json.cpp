#include "command/document_json.h"

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "html/normal_form.h"
#include "normalize/text.h"

namespace feedd {

namespace {

using Json = nlohmann::ordered_json;

void put_string(Json& into, const char* key, std::string_view text) {
    const std::string_view trimmed = trim(text);
    if (!trimmed.empty()) into[key] = trimmed;
}

// What people read is in NFC; identifiers and addresses are as they were written.
void put_words(Json& into, const char* key, std::string_view text) {
    put_string(into, key, nfc(std::string(text)));
}

// Objects and arrays: empty ones are absent.
void put(Json& into, const char* key, Json value) {
    if (!value.empty()) into[key] = std::move(value);
}

void put_time(Json& into, const char* key, std::optional<Time> time) {
    if (time) put_string(into, key, format_utc(*time));
}

template <typename T>
void put_value(Json& into, const char* key, const std::optional<T>& value) {
    if (value) into[key] = *value;
}

// Whole seconds without a fraction.
Json seconds(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15) {
        return static_cast<std::int64_t>(value);
    }
    return value;
}

void put_seconds(Json& into, const char* key, const std::optional<double>& value) {
    if (value && std::isfinite(*value)) into[key] = seconds(*value);
}

enum class HtmlForm : std::uint8_t { where_markup, always };

void put_text(Json& into, const char* plain_key, const char* html_key, const Text& text,
              HtmlForm form) {
    if (text.empty()) return;
    RenderedText shown = rendered(text);
    put_words(into, plain_key, shown.plain);
    if (shown.has_markup || (form == HtmlForm::always && !shown.plain.empty())) {
        put_string(into, html_key, nfc_html(std::move(shown.html)));
    }
}

// A list of what `one` makes of each; empty objects are left out.
template <typename T, typename One>
Json list_of(const std::vector<T>& values, One one) {
    Json list = Json::array();
    for (const T& value : values) {
        Json made = one(value);
        if (!made.empty()) list.push_back(std::move(made));
    }
    return list;
}

Json json_of(const Person& person) {
    Json out = Json::object();
    put_words(out, "name", person.name);
    put_string(out, "email", person.email);
    put_string(out, "url", person.url);
    return out;
}

Json json_of(const Category& category) {
    Json out = Json::object();
    put_words(out, "term", category.term);
    put_string(out, "scheme", category.scheme);
    put_words(out, "label", category.label);
    return out;
}

Json json_of(const Link& link) {
    Json out = Json::object();
    put_string(out, "rel", link.rel);
    put_string(out, "href", link.href);
    put_string(out, "type", link.type);
    put_words(out, "title", link.title);
    put_string(out, "hreflang", link.hreflang);
    put_value(out, "length", link.length);
    return out;
}

Json json_of(const Enclosure& enclosure) {
    Json out = Json::object();
    put_string(out, "url", enclosure.url);
    put_string(out, "type", enclosure.type);
    put_value(out, "length", enclosure.length);
    put_words(out, "title", enclosure.title);
    put_seconds(out, "duration_seconds", enclosure.duration_seconds);
    return out;
}

Json json_of(const Generator& generator) {
    Json out = Json::object();
    put_words(out, "name", generator.name);
    put_string(out, "version", generator.version);
    put_string(out, "url", generator.url);
    return out;
}

Json json_of(const Itunes& itunes) {
    Json out = Json::object();
    put_seconds(out, "duration_seconds", itunes.duration_seconds);
    put_value(out, "season", itunes.season);
    put_value(out, "episode", itunes.episode);
    put_string(out, "episode_type", itunes.episode_type);
    put_string(out, "type", itunes.type);
    put_value(out, "block", itunes.block);
    put_value(out, "explicit", itunes.is_explicit);
    put_words(out, "subtitle", itunes.subtitle);
    return out;
}

Json json_of(const Thumbnail& thumbnail) {
    Json out = Json::object();
    put_string(out, "url", thumbnail.url);
    put_value(out, "width", thumbnail.width);
    put_value(out, "height", thumbnail.height);
    return out;
}

Json json_of(const Credit& credit) {
    Json out = Json::object();
    put_words(out, "name", credit.name);
    put_string(out, "role", credit.role);
    return out;
}

Json json_of(const Media& media) {
    Json out = Json::object();
    put(out, "thumbnails", list_of(media.thumbnails, [](const auto& one) { return json_of(one); }));
    put(out, "credits", list_of(media.credits, [](const auto& one) { return json_of(one); }));
    put_string(out, "rating", media.rating);
    put_string(out, "player_url", media.player_url);
    return out;
}

Json json_of(const Chapter& chapter) {
    Json out = Json::object();
    out["start_seconds"] = seconds(chapter.start_seconds);
    put_words(out, "title", chapter.title);
    put_string(out, "url", chapter.url);
    put_string(out, "image_url", chapter.image_url);
    return out;
}

Json json_of(const InReplyTo& to) {
    Json out = Json::object();
    put_string(out, "id", to.id);
    put_string(out, "url", to.url);
    put_string(out, "type", to.type);
    put_string(out, "feed_url", to.feed_url);
    return out;
}

// GeoJSON (RFC 7946 §3.1).
Json json_of(const Geometry& geometry) {
    Json positions = Json::array();
    for (const Geometry::Position& at : geometry.positions) {
        Json position = {at.longitude, at.latitude};
        if (at.altitude) position.push_back(*at.altitude);
        positions.push_back(std::move(position));
    }
    if (positions.empty()) return Json::object();
    switch (geometry.kind) {
        case Geometry::Kind::point:
            return {{"type", "Point"}, {"coordinates", positions.front()}};
        case Geometry::Kind::line:
            return {{"type", "LineString"}, {"coordinates", std::move(positions)}};
        case Geometry::Kind::polygon:
            break;
    }
    return {{"type", "Polygon"}, {"coordinates", Json::array({std::move(positions)})}};
}

Json people(const std::vector<Person>& persons) {
    return list_of(persons, [](const Person& person) { return json_of(person); });
}

Json json_of(const FeedHints& hints) {
    Json out = Json::object();
    if (hints.update_period) out["update_seconds"] = hints.update_period->count();
    for (unsigned hour = 0; hour < 24; ++hour) {
        if (((hints.skip_hours >> hour) & 1U) != 0) out["skip_hours"].push_back(hour);
    }
    static constexpr const char* kDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                            "Thursday", "Friday", "Saturday"};
    for (unsigned day = 0; day < 7; ++day) {
        if (((hints.skip_days >> day) & 1U) != 0) out["skip_days"].push_back(kDays[day]);
    }
    return out;
}

Json json_of(const FeedMeta& feed) {
    Json out = Json::object();
    put_string(out, "id", feed.id);
    put_text(out, "title", "title_html", feed.title, HtmlForm::where_markup);
    put_text(out, "description", "description_html", feed.description, HtmlForm::where_markup);
    put_string(out, "home_page_url", feed.home_page_url);
    put_string(out, "feed_url", feed.feed_url);
    put_string(out, "new_feed_url", feed.new_feed_url);
    put(out, "hub_urls", list_of(feed.hub_urls, [](const std::string& url) { return Json(url); }));
    put(out, "links", list_of(feed.links, [](const Link& link) { return json_of(link); }));
    put_string(out, "language", feed.language);
    put_text(out, "rights", "rights_html", feed.rights, HtmlForm::where_markup);
    put_string(out, "license_url", feed.license_url);
    if (feed.generator) put(out, "generator", json_of(*feed.generator));
    put_string(out, "icon_url", feed.icon_url);
    put_string(out, "image_url", feed.image_url);
    put(out, "authors", people(feed.authors));
    put(out, "contributors", people(feed.contributors));
    if (feed.publisher) put(out, "publisher", json_of(*feed.publisher));
    put(out, "categories",
        list_of(feed.categories, [](const Category& category) { return json_of(category); }));
    put_time(out, "published", feed.published);
    put_time(out, "updated", feed.updated);
    put_value(out, "ttl_minutes", feed.hints.ttl_minutes);
    put(out, "hints", json_of(feed.hints));
    if (feed.itunes) put(out, "itunes", json_of(*feed.itunes));
    return out;
}

void put_texts(Json& out, const Item& item) {
    put_text(out, "title", "title_html", item.title, HtmlForm::where_markup);
    put_text(out, "summary", "summary_html", item.summary, HtmlForm::always);
    put_text(out, "content_text", "content_html", item.content, HtmlForm::always);
    put_string(out, "language", item.language);
    put_text(out, "rights", "rights_html", item.rights, HtmlForm::where_markup);
    put_string(out, "license_url", item.license_url);
}

void put_people(Json& out, const Item& item) {
    put(out, "authors", people(item.authors));
    put(out, "contributors", people(item.contributors));
    if (item.publisher) put(out, "publisher", json_of(*item.publisher));
    put(out, "categories",
        list_of(item.categories, [](const Category& category) { return json_of(category); }));
}

void put_related(Json& out, const Item& item) {
    put(out, "links", list_of(item.links, [](const Link& link) { return json_of(link); }));
    put(out, "enclosures",
        list_of(item.enclosures, [](const Enclosure& enclosure) { return json_of(enclosure); }));
    put_string(out, "image_url", item.image_url);
    put_string(out, "comments_url", item.comments_url);
    put_string(out, "comments_feed_url", item.comments_feed_url);
    put_value(out, "comment_count", item.comment_count);
    if (item.in_reply_to) put(out, "in_reply_to", json_of(*item.in_reply_to));
    if (!item.source.empty()) put(out, "source", json_of(item.source.front()));
    if (item.geo) put(out, "geo", json_of(*item.geo));
    put(out, "chapters",
        list_of(item.chapters, [](const Chapter& chapter) { return json_of(chapter); }));
    if (item.itunes) put(out, "itunes", json_of(*item.itunes));
    if (item.media) put(out, "media", json_of(*item.media));
}

Json json_of(const Item& item) {
    Json out = Json::object();
    put_string(out, "id", item.id);
    put_value(out, "id_is_permalink", item.id_is_permalink);
    put_string(out, "url", item.url);
    put_string(out, "original_url", item.original_url);
    put_texts(out, item);
    put_people(out, item);
    put_time(out, "published", item.published);
    put_time(out, "updated", item.updated);
    put_time(out, "created", item.created);
    put_time(out, "expired", item.expired);
    put_related(out, item);
    return out;
}

}  // namespace

nlohmann::ordered_json to_json(const Document& document) {
    Json out = Json::object();
    out["format"] = name(document.format);
    out["encoding"] = document.encoding;
    out["recovered"] = document.recovered;
    if (document.cut_short) out["cut_short"] = true;
    if (document.truncated) out["truncated"] = true;
    out["feed"] = json_of(document.feed);
    Json items = Json::array();  // an item that says nothing still counts
    for (const Item& item : document.items)
        items.push_back(json_of(item));
    out["items"] = std::move(items);
    return out;
}

}  // namespace feedd
