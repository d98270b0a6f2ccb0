#include "fuzz/texts.h"

#include <optional>
#include <vector>

namespace feedd::fuzz {

namespace {

// One overload per type that has texts; lists and optionals lead to their elements.
class Reader {
  public:
    explicit Reader(const SeeText& see) : see_(see) {}

    void read(std::string_view field, const std::string& text) const { see_(field, text); }
    void read(std::string_view field, const Text& text) const {
        see_(field, text.value);
        see_(field, text.base);
        see_(field, text.language);
    }
    void read(std::string_view field, const Person& person) const {
        see_(field, person.name);
        see_(field, person.email);
        see_(field, person.url);
    }
    void read(std::string_view field, const Category& category) const {
        see_(field, category.term);
        see_(field, category.scheme);
        see_(field, category.label);
    }
    void read(std::string_view field, const Link& link) const {
        for (const auto* text : {&link.rel, &link.href, &link.type, &link.title, &link.hreflang})
            see_(field, *text);
    }
    void read(std::string_view field, const Enclosure& enclosure) const {
        see_(field, enclosure.url);
        see_(field, enclosure.type);
        see_(field, enclosure.title);
    }
    void read(std::string_view field, const Generator& generator) const {
        see_(field, generator.name);
        see_(field, generator.version);
        see_(field, generator.url);
    }
    void read(std::string_view field, const Itunes& itunes) const {
        see_(field, itunes.subtitle);
        see_(field, itunes.type);
        see_(field, itunes.episode_type);
    }
    void read(std::string_view field, const Thumbnail& thumbnail) const {
        see_(field, thumbnail.url);
    }
    void read(std::string_view field, const Credit& credit) const {
        see_(field, credit.name);
        see_(field, credit.role);
    }
    void read(std::string_view field, const Media& media) const {
        read(field, media.thumbnails);
        read(field, media.credits);
        see_(field, media.rating);
        see_(field, media.player_url);
    }
    void read(std::string_view field, const Chapter& chapter) const {
        see_(field, chapter.title);
        see_(field, chapter.url);
        see_(field, chapter.image_url);
    }
    void read(std::string_view field, const InReplyTo& reply) const {
        for (const auto* text : {&reply.id, &reply.url, &reply.type, &reply.feed_url})
            see_(field, *text);
    }
    void read(std::string_view field, const FeedMeta& feed) const;

    template <typename T>
    void read(std::string_view field, const std::vector<T>& list) const {
        for (const T& element : list)
            read(field, element);
    }
    template <typename T>
    void read(std::string_view field, const std::optional<T>& value) const {
        if (value) read(field, *value);
    }

  private:
    const SeeText& see_;
};

void Reader::read(std::string_view /*field*/, const FeedMeta& feed) const {
    read("feed.id", feed.id);
    read("feed.title", feed.title);
    read("feed.description", feed.description);
    read("feed.rights", feed.rights);
    read("feed.home_page_url", feed.home_page_url);
    read("feed.feed_url", feed.feed_url);
    read("feed.new_feed_url", feed.new_feed_url);
    read("feed.hub_urls", feed.hub_urls);
    read("feed.links", feed.links);
    read("feed.language", feed.language);
    read("feed.license_url", feed.license_url);
    read("feed.generator", feed.generator);
    read("feed.icon_url", feed.icon_url);
    read("feed.image_url", feed.image_url);
    read("feed.authors", feed.authors);
    read("feed.contributors", feed.contributors);
    read("feed.publisher", feed.publisher);
    read("feed.categories", feed.categories);
    read("feed.itunes", feed.itunes);
}

void read_item(const Reader& reader, const Item& item) {
    reader.read("id", item.id);
    reader.read("url", item.url);
    reader.read("original_url", item.original_url);
    reader.read("title", item.title);
    reader.read("summary", item.summary);
    reader.read("content", item.content);
    reader.read("language", item.language);
    reader.read("authors", item.authors);
    reader.read("contributors", item.contributors);
    reader.read("publisher", item.publisher);
    reader.read("categories", item.categories);
    reader.read("links", item.links);
    reader.read("enclosures", item.enclosures);
    reader.read("image_url", item.image_url);
    reader.read("comments_url", item.comments_url);
    reader.read("comments_feed_url", item.comments_feed_url);
    reader.read("in_reply_to", item.in_reply_to);
    reader.read("source", item.source);
    reader.read("chapters", item.chapters);
    reader.read("itunes", item.itunes);
    reader.read("media", item.media);
    reader.read("rights", item.rights);
    reader.read("license_url", item.license_url);
}

}  // namespace

void each_text(const Document& document, const SeeText& see) {
    const Reader reader(see);
    reader.read("encoding", document.encoding);
    reader.read("feed", document.feed);
    for (const Item& item : document.items)
        read_item(reader, item);
}

void each_text(const Article& article, const SeeText& see) {
    const Reader reader(see);
    reader.read("url", article.url);
    reader.read("url_key", article.url_key);
    reader.read("link", article.link);
    reader.read("title", article.title);
    reader.read("summary_html", article.summary_html);
    reader.read("content_html", article.content_html);
    reader.read("content_text", article.content_text);
    reader.read("language", article.language);
    reader.read("image_url", article.image_url);
    reader.read("comments_url", article.comments_url);
    reader.read("authors", article.authors);
    reader.read("categories", article.categories);
    reader.read("enclosures", article.enclosures);
    reader.read("content_hash", article.content_hash);
    reader.read("text_hash", article.text_hash);
    reader.read("long_text_hash", article.long_text_hash);
}

}  // namespace feedd::fuzz
