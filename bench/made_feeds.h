// Feeds of realistic size in every format, for the benchmarks: the same at every run. A feed has 19
// items and 74 KB on average.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "prose.h"
#include "support/feed_maker.h"

namespace feedd::bench {

using test::MadeFormat;

struct Post {
    std::string guid;
    std::string link;
    std::string title;
    std::string author;
    std::string category;
    std::time_t date = 0;
    std::string summary;  // HTML, "" none
    std::string content;  // HTML, "" none
};

struct FeedShape {
    MadeFormat format = MadeFormat::rss20;
    Writing writing = Writing::latin;
    bool whole = false;  // whole articles, else teasers
    bool cdata = false;  // HTML in CDATA, else escaped
    std::size_t items = 0;
};

// What feed `number` is like. Most feeds are RSS 2.0 or Atom, and in Latin script.
inline FeedShape shape_of(std::size_t number) {
    using enum MadeFormat;
    static constexpr std::array kFormats{rss20,  rss20,  rss20,  rss20,  rss20,  rss20, rss20,
                                         rss20,  rss20,  rss20,  rss20,  rss20,  rss20, atom10,
                                         atom10, atom10, atom10, atom10, atom10, rss10, json11,
                                         json10, rss091, rss092, atom03};
    using enum Writing;
    static constexpr std::array kWritings{latin,    latin,    latin,      latin,   latin,
                                          latin,    latin,    latin,      latin,   latin,
                                          cyrillic, cyrillic, japanese,   chinese, japanese,
                                          chinese,  arabic,   devanagari, hangul,  latin};
    Dice dice(number);
    FeedShape shape;
    shape.format = kFormats.at(dice.below(kFormats.size()));
    shape.writing = kWritings.at(dice.below(kWritings.size()));
    shape.whole = dice.below(2) == 0;
    shape.cdata = dice.below(2) == 0;
    shape.items = 5 + dice.below(15) + dice.below(15);
    return shape;
}

// The posts of a feed, the newest first; `age` counts up as new ones come.
inline Post post_of(std::size_t feed, const FeedShape& shape, std::size_t index) {
    Dice dice(feed * 1'000'003 + index);
    constexpr std::time_t kFirst = 1'743'465'600;  // 2025-04-01
    const std::size_t site = feed;
    Post post{.guid = fmt::format("https://site{}.example/?p={}", site, 1000 + index),
              .link = fmt::format("https://site{}.example/2025/04/{}-{}/", site,
                                  word(Writing::latin, dice.below(kVocabulary)), 1000 + index),
              .title = text(shape.writing, dice, 50),
              .author = fmt::format("{} {}", word(shape.writing, dice.below(2000)),
                                    word(shape.writing, dice.below(9000))),
              .category = any_word(shape.writing, dice),
              .date = kFirst + static_cast<std::time_t>(index * 9'377 + dice.below(5'000))};
    if (shape.whole) {
        post.summary = "<p>" + text(shape.writing, dice, 200) + "</p>";
        post.content = article_html(shape.writing, dice, 1'500 + dice.below(7'500));
    } else {
        post.summary = article_html(shape.writing, dice, 200 + dice.below(1'200));
    }
    return post;
}

namespace detail {

inline std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

inline std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

inline std::string html_text(const FeedShape& shape, std::string_view html) {
    return shape.cdata ? fmt::format("<![CDATA[{}]]>", html) : escaped(html);
}

inline std::string rfc822(std::time_t date) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(date));
}

inline std::string rfc3339(std::time_t date) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(date));
}

inline std::string rss_item(const FeedShape& shape, const Post& post) {
    const bool rdf = shape.format == MadeFormat::rss10;
    const bool rss2 = shape.format == MadeFormat::rss20;
    std::string out = rdf ? fmt::format("\t<item rdf:about=\"{}\">\n", post.guid) : "\t<item>\n";
    out +=
        fmt::format("\t\t<title>{}</title>\n\t\t<link>{}</link>\n", escaped(post.title), post.link);
    if (rdf || rss2) {
        out += fmt::format("\t\t<dc:creator><![CDATA[{}]]></dc:creator>\n", post.author);
        out += rdf ? fmt::format("\t\t<dc:date>{}</dc:date>\n", rfc3339(post.date))
                   : fmt::format(
                         "\t\t<pubDate>{}</pubDate>\n\t\t<guid isPermaLink=\"false\">{}"
                         "</guid>\n\t\t<category><![CDATA[{}]]></category>\n",
                         rfc822(post.date), post.guid, post.category);
    }
    const bool both = (rdf || rss2) && !post.content.empty();
    out +=
        fmt::format("\t\t<description>{}</description>\n",
                    html_text(shape, both || post.content.empty() ? post.summary : post.content));
    if (both) {
        out += fmt::format("\t\t<content:encoded>{}</content:encoded>\n",
                           html_text(shape, post.content));
    }
    return out + "\t</item>\n";
}

inline std::string rss(const FeedShape& shape, std::size_t feed, const std::string& title,
                       const std::vector<Post>& posts) {
    const bool rdf = shape.format == MadeFormat::rss10;
    const std::string_view version = shape.format == MadeFormat::rss091   ? "0.91"
                                     : shape.format == MadeFormat::rss092 ? "0.92"
                                                                          : "2.0";
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    out += rdf ? "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                 "xmlns=\"http://purl.org/rss/1.0/\""
               : fmt::format("<rss version=\"{}\"", version);
    out += fmt::format(
        "\n\txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"
        "\txmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel{}>\n\t<title>{}</title>\n"
        "\t<link>https://site{}.example/</link>\n\t<description>{}</description>\n",
        rdf ? fmt::format(" rdf:about=\"https://site{}.example/\"", feed) : "", escaped(title),
        feed, escaped(title));
    if (rdf) out += "</channel>\n";
    for (const Post& post : posts)
        out += rss_item(shape, post);
    return out + (rdf ? "</rdf:RDF>\n" : "</channel>\n</rss>\n");
}

inline std::string atom(const FeedShape& shape, std::size_t feed, const std::string& title,
                        const std::vector<Post>& posts) {
    const bool old = shape.format == MadeFormat::atom03;
    const std::string_view type = old ? "type=\"text/html\" mode=\"escaped\"" : "type=\"html\"";
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed {}>\n<title>{}</title>\n"
        "<link rel=\"alternate\" href=\"https://site{}.example/\"/>\n"
        "<id>https://site{}.example/feed</id>\n",
        old ? "version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\""
            : "xmlns=\"http://www.w3.org/2005/Atom\"",
        escaped(title), feed, feed);
    for (const Post& post : posts) {
        out += fmt::format(
            "<entry>\n<id>{}</id>\n<title>{}</title>\n<link rel=\"alternate\" type=\"text/html\" "
            "href=\"{}\"/>\n<author><name>{}</name></author>\n<{}>{}</{}>\n"
            "<summary {}>{}</summary>\n",
            post.guid, escaped(post.title), post.link, escaped(post.author),
            old ? "issued" : "published", rfc3339(post.date), old ? "issued" : "published", type,
            html_text(shape, post.summary));
        if (!post.content.empty())
            out += fmt::format("<content {}>{}</content>\n", type, html_text(shape, post.content));
        out += "</entry>\n";
    }
    return out + "</feed>\n";
}

inline std::string json_feed(const FeedShape& shape, std::size_t feed, const std::string& title,
                             const std::vector<Post>& posts) {
    const bool old = shape.format == MadeFormat::json10;
    std::string out = fmt::format(
        "{{\"version\":\"https://jsonfeed.org/version/{}\",\"title\":{},"
        "\"home_page_url\":\"https://site{}.example/\",\"items\":[",
        old ? "1" : "1.1", json_string(title), feed);
    for (const Post& post : posts) {
        const std::string author = fmt::format("{{\"name\":{}}}", json_string(post.author));
        out += fmt::format(
            "{}{{\"id\":\"{}\",\"url\":\"{}\",\"title\":{},\"content_html\":{},"
            "\"date_published\":\"{}\",{}}}",
            &post == posts.data() ? "" : ",\n", post.guid, post.link, json_string(post.title),
            json_string(post.content.empty() ? post.summary : post.content), rfc3339(post.date),
            old ? "\"author\":" + author : "\"authors\":[" + author + "]");
    }
    return out + "]}\n";
}

}  // namespace detail

// Feed `number` after `news` posts have been added to it since it was first seen.
inline std::string made_feed(std::size_t number, std::size_t news, std::size_t most_items = 100) {
    const FeedShape shape = shape_of(number);
    const std::size_t items = std::min(shape.items, most_items);
    Dice dice(number ^ 0xFEEDU);
    const std::string title = text(shape.writing, dice, 20);
    std::vector<Post> posts;
    for (std::size_t i = items + news; i-- > news;)
        posts.push_back(post_of(number, shape, i));
    switch (shape.format) {
        case MadeFormat::atom03:
        case MadeFormat::atom10:
            return detail::atom(shape, number, title, posts);
        case MadeFormat::json10:
        case MadeFormat::json11:
            return detail::json_feed(shape, number, title, posts);
        default:
            return detail::rss(shape, number, title, posts);
    }
}

}  // namespace feedd::bench
