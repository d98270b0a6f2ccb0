#include "parse/json_feed.h"

#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/url.h"
#include "parse/json_text.h"
#include "parse/json_value.h"
#include "parse/person.h"

namespace feedd {

namespace {

// What every part of the document needs to know of the whole.
struct Context {
    std::string base;
    std::string language;  // of the feed
};

// No member is looked for deeper: envelopes have one level or two.
constexpr int kDeepestEnvelope = 3;

// An item that says what only an item of a JSON Feed can say.
bool is_item(const Json& value) {
    if (!value.is_object()) return false;
    const bool named = value.contains("id") || value.contains("url");
    return named && (value.contains("content_html") || value.contains("content_text"));
}

// "https://jsonfeed.org/version/1.1". Later versions are read as the latest that is known.
std::optional<Format> format_of(const Json& root) {
    const std::string version = lower(text_in(member(root, "version")));
    if (version.find("jsonfeed") == std::string::npos) {
        const auto items = list_in(member(root, "items"), {"id", "url"});
        if (items.empty() || !is_item(*items.front())) return std::nullopt;
        return Format::jsonfeed11;  // the version was lost
    }
    std::string_view number = version;
    while (number.ends_with('/'))
        number.remove_suffix(1);
    number.remove_prefix(number.rfind('/') + 1);
    const bool first = number == "1" || number == "1.0";
    return first ? Format::jsonfeed10 : Format::jsonfeed11;
}

Text text_from(const Json& value, Text::Kind kind, const Context& context,
               std::string_view language) {
    Text text;
    text.kind = kind;
    text.value = text_in(value);
    if (text.empty()) return text;
    if (kind == Text::Kind::html) text.base = context.base;
    text.language = language;
    return text;
}

// 1.1's authors; 1.0's author, which may still be there for old readers.
std::vector<Person> authors_of(const Json& object, const Context& context) {
    auto published = list_in(member(object, "authors"), {"name", "url", "avatar"});
    if (published.empty()) published = list_in(member(object, "author"), {"name", "url", "avatar"});
    std::vector<Person> authors;
    for (const Json* one : published) {
        Person person = one->is_string() ? person_from(text_in(*one)) : Person{};
        if (one->is_object()) {
            person.name = collapse_space(text_in(member(*one, "name")));
            person.email = text_in(member(*one, "email"));
            person.url = url_in(member(*one, "url"), context.base);
        }
        if (!person.empty()) authors.push_back(std::move(person));
    }
    return authors;
}

std::vector<Category> categories_of(const Json& tags) {
    std::vector<Category> categories;
    std::unordered_set<std::string> known;
    const auto add = [&](std::string term) {
        if (term.empty() || !known.insert(term).second) return;
        categories.push_back({.term = std::move(term), .scheme = {}, .label = {}});
    };
    // All tags in one string.
    if (tags.is_string()) {
        const std::string all = text_in(tags);
        for (const std::string_view tag : split(all, ','))
            add(std::string(tag));
        return categories;
    }
    for (const Json* tag : list_in(tags, {"name", "term"})) {
        const Json& name = member(*tag, "name");
        add(text_in(tag->is_object() ? (name.is_null() ? member(*tag, "term") : name) : *tag));
    }
    return categories;
}

std::vector<Enclosure> enclosures_of(const Json& attachments, const Context& context) {
    std::vector<Enclosure> enclosures;
    for (const Json* one : list_in(attachments, {"url"})) {
        Enclosure enclosure;
        enclosure.url = url_in(one->is_string() ? *one : member(*one, "url"), context.base);
        if (enclosure.url.empty()) continue;
        enclosure.type = text_in(member(*one, "mime_type"));
        enclosure.title = text_in(member(*one, "title"));
        enclosure.length = count_in(member(*one, "size_in_bytes"));
        const auto duration = number_in(member(*one, "duration_in_seconds"));
        if (duration && *duration >= 0) enclosure.duration_seconds = duration;
        enclosures.push_back(std::move(enclosure));
    }
    return enclosures;
}

void add_link(std::vector<Link>& links, std::string_view rel, const std::string& href) {
    if (href.empty()) return;
    Link link;
    link.rel = rel;
    link.href = href;
    links.push_back(std::move(link));
}

std::string language_in(const Json& value) {
    return language_tag(text_in(value));
}

std::string first_of(const std::string& first, const std::string& second) {
    return first.empty() ? second : first;
}

FeedMeta feed_of(const Json& root, Context& context, const ParseHints& hints) {
    FeedMeta feed;
    feed.language =
        first_of(language_in(member(root, "language")), language_tag(hints.content_language));
    context.language = feed.language;
    const auto plain = [&](std::string_view key) {
        return text_from(member(root, key), Text::Kind::plain, context, feed.language);
    };
    feed.title = plain("title");
    feed.description = plain("description");
    feed.home_page_url = url_in(member(root, "home_page_url"), context.base);
    feed.feed_url = url_in(member(root, "feed_url"), context.base);
    feed.image_url = url_in(member(root, "icon"), context.base);
    feed.icon_url = url_in(member(root, "favicon"), context.base);
    feed.authors = authors_of(root, context);
    add_link(feed.links, "alternate", feed.home_page_url);
    add_link(feed.links, "self", feed.feed_url);
    add_link(feed.links, "next", url_in(member(root, "next_url"), context.base));
    for (const Json* hub : list_in(member(root, "hubs"), {"url"})) {
        std::string url = url_in(hub->is_string() ? *hub : member(*hub, "url"), context.base);
        add_link(feed.links, "hub", url);
        if (!url.empty()) feed.hub_urls.push_back(std::move(url));
    }
    return feed;
}

Item item_of(const Json& object, const Context& context) {
    Item item;
    item.id = text_in(member(object, "id"));
    item.language = first_of(language_in(member(object, "language")), context.language);
    const auto text = [&](std::string_view key, Text::Kind kind) {
        return text_from(member(object, key), kind, context, item.language);
    };
    item.title = text("title", Text::Kind::plain);
    item.summary = text("summary", Text::Kind::plain);
    item.content = text("content_html", Text::Kind::html);
    if (item.content.empty()) item.content = text("content_text", Text::Kind::plain);
    const std::string url = url_in(member(object, "url"), context.base);
    const std::string external = url_in(member(object, "external_url"), context.base);
    add_link(item.links, "alternate", url);
    add_link(item.links, url.empty() ? "alternate" : "related", external);
    item.url = first_of(url, external);
    // An id should be the permalink (JSON Feed 1.1, items), and often nothing else is.
    if (item.url.empty() && is_web_url(item.id)) item.url = item.id;
    item.image_url = first_of(url_in(member(object, "image"), context.base),
                              url_in(member(object, "banner_image"), context.base));
    item.published = time_in(member(object, "date_published"));
    item.updated = time_in(member(object, "date_modified"));
    item.authors = authors_of(object, context);
    item.categories = categories_of(member(object, "tags"));
    item.enclosures = enclosures_of(member(object, "attachments"), context);
    return item;
}

// Notes in the document what had to be done to the text.
Result<Json> load(std::string_view text, const ParseLimits& limits, Document& document) {
    // nlohmann's parser and destructor do not recurse, but no honest feed is that deep either.
    if (json_depth(text) > limits.max_depth) {
        return fail(ErrorKind::refused, {}, "JSON that is nested too deeply");
    }
    Json root = Json::parse(text, nullptr, false, true);
    if (!root.is_discarded()) return root;
    const MendedJson mended = mended_json(text);
    document.recovered = true;
    document.cut_short = mended.cut_short;
    root = Json::parse(mended.text, nullptr, false, true);
    if (!root.is_discarded()) return root;
    return fail(ErrorKind::not_feed, {}, "neither XML nor readable JSON");
}

// The first value that `is_wanted`, in or at `value`; null: there is none.
template <typename IsWanted>
const Json* find_inside(const Json& value, const IsWanted& is_wanted, int depth = 0) {
    if (is_wanted(value)) return &value;
    if (!value.is_structured() || depth == kDeepestEnvelope) return nullptr;
    for (const Json& inner : value) {
        if (const Json* found = find_inside(inner, is_wanted, depth + 1)) return found;
    }
    return nullptr;
}

bool is_xml_feed(const Json& value) {
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    for (const std::string_view root : {"<rss", "<feed", "<rdf:RDF"}) {
        if (text.find(root) != std::string::npos) return true;
    }
    return false;
}

}  // namespace

std::optional<std::string> xml_in_json(std::string_view text, const ParseLimits& limits) {
    Document unused;
    const auto root = load(text, limits, unused);
    if (!root) return std::nullopt;
    const Json* found = find_inside(*root, is_xml_feed);
    if (found == nullptr) return std::nullopt;
    return found->get<std::string>();
}

Result<Document> parse_json_feed(std::string_view text, const ParseHints& hints,
                                 const ParseLimits& limits) {
    Document document;
    const auto root = load(text, limits, document);
    if (!root) return tl::unexpected(root.error());
    const Json* feed = find_inside(*root, [](const Json& value) { return !!format_of(value); });
    if (feed == nullptr) {
        return fail(ErrorKind::not_feed, {}, "JSON, but no JSON Feed: it does not say its version");
    }
    document.format = format_of(*feed).value_or(Format::jsonfeed11);
    Context context{.base = hints.base, .language = {}};
    document.feed = feed_of(*feed, context, hints);
    const auto items =
        list_in(member(*feed, "items"), {"id", "url", "content_html", "content_text"});
    for (const Json* object : items) {
        if (!object->is_object()) continue;
        if (document.items.size() == limits.max_items) {
            document.truncated = true;
            break;
        }
        document.items.push_back(item_of(*object, context));
    }
    return document;
}

}  // namespace feedd
