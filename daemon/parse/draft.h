// A feed or an item while its elements are read: every value with its precedence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/document.h"
#include "parse/element.h"

namespace feedd {

// Several elements may give one value. The higher rank wins; of equals the first that says
// anything.
template <typename T>
class Ranked {
  public:
    // Whether a value of this rank would be taken: tells before a costly one is made.
    [[nodiscard]] bool wants(int rank) const noexcept { return rank > rank_; }
    void offer(int rank, T value) {
        if (!wants(rank) || value.empty()) return;
        value_ = std::move(value);
        rank_ = rank;
    }
    [[nodiscard]] bool empty() const noexcept { return rank_ == 0; }
    [[nodiscard]] const T& value() const noexcept { return value_; }
    [[nodiscard]] T&& take() { return std::move(value_); }

  private:
    T value_;
    int rank_ = 0;
};

// A text with whether an xml:lang was in force: an empty one undoes the feed's language.
struct DraftText {
    Text text;
    bool language_said = false;
    [[nodiscard]] bool empty() const noexcept { return text.empty(); }
};

// Ranks, low to high.
namespace rank {
inline constexpr int kItunes = 1;
inline constexpr int kMedia = 2;
inline constexpr int kDublinCore = 3;
inline constexpr int kCore = 4;  // RSS and Atom themselves

// Of link elements as the address of the item or site.
inline constexpr int kAbout = 1;      // rdf:about
inline constexpr int kPermalink = 2;  // a guid
inline constexpr int kOther = 3;      // an alternate of some other type
inline constexpr int kUntyped = 4;
inline constexpr int kHtml = 5;
inline constexpr int kRssLink = 6;

// Of images.
inline constexpr int kPicture = 1;  // media:content that is an image
inline constexpr int kThumbnail = 2;
inline constexpr int kFirstImage = 3;
inline constexpr int kBestImage = 4;

// Of contents: the article itself over what stands in for it, markup over plain text.
inline constexpr int kPlainContent = 1;
inline constexpr int kHtmlContent = 2;
inline constexpr int kEncoded = 3;
}  // namespace rank

struct Draft {
    explicit Draft(bool item) : is_item(item) {}
    bool is_item;

    std::string id;
    std::optional<bool> id_is_permalink;
    Ranked<DraftText> title;
    Ranked<DraftText> summary;  // of a feed: its description
    Ranked<DraftText> content;
    Ranked<DraftText> rights;
    Ranked<std::string> url;  // of a feed: its site
    std::string original_url;
    std::string feed_url;
    std::string new_feed_url;
    std::vector<std::string> hub_urls;
    std::vector<Link> links;
    std::vector<Enclosure> enclosures;
    Ranked<std::string> language;
    Ranked<std::string> license_url;
    std::optional<Generator> generator;
    std::string icon_url;
    Ranked<std::string> image_url;
    std::vector<Person> authors;
    std::vector<Person> contributors;
    Ranked<Person> publisher;
    std::vector<Category> categories;
    std::optional<Time> published;
    std::optional<Time> updated;
    std::optional<Time> created;
    std::optional<Time> expired;
    std::string comments_url;
    std::string comments_feed_url;
    std::optional<std::int64_t> comment_count;
    std::optional<InReplyTo> in_reply_to;
    std::vector<FeedMeta> source;
    std::optional<Geometry> geo;
    std::optional<double> latitude;  // geo:lat and geo:long come one by one
    std::optional<double> longitude;
    std::vector<Chapter> chapters;
    std::optional<Itunes> itunes;
    std::optional<Media> media;
    std::string picture_url;  // the widest picture among the contents, if nothing else shows it
    std::int64_t picture_width = -1;
    FeedHints hints;
    std::optional<Seconds> update_period;  // syndication: the two come one by one
    std::int64_t update_frequency = 1;

    Itunes& podcast() { return itunes ? *itunes : itunes.emplace(); }
    Media& media_rss() { return media ? *media : media.emplace(); }
};

// Each of these leaves out what is empty, and what is there already.
void add_person(std::vector<Person>& people, Person&& person);
void add_category(std::vector<Category>& categories, Category&& category);
void add_enclosure(std::vector<Enclosure>& enclosures, Enclosure enclosure);
void set_time(std::optional<Time>& time, const Element& element);

// Each takes the draft's values; what remains of it is of no use.
[[nodiscard]] FeedMeta finished_feed(Draft& draft);
// False: nothing in the item says which language it is in, nor that there is none.
[[nodiscard]] bool finish_item(Draft& draft, Item& item);

// Numbers as attributes and texts have them: digits only, anything else is none.
[[nodiscard]] std::optional<std::uint64_t> whole_number(std::string_view text) noexcept;
[[nodiscard]] std::optional<std::int64_t> small_number(std::string_view text) noexcept;

}  // namespace feedd
