// RSS 2.0 of a given size as weblogs and newspapers write it: the same at every run.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/text.h"
#include "corpus.h"

namespace feedd::bench {

enum class Shape {
    article,  // the whole text of 2 to 4 KB in content:encoded, and a teaser
    summary,  // half a kilobyte of escaped HTML
};

inline std::string_view name(Shape shape) {
    return shape == Shape::article ? "article" : "summary";
}

// Running text in paragraphs with links, about `bytes` long.
inline std::string prose(int seed, std::size_t bytes) {
    std::string html;
    for (int part = 0; html.size() < bytes; ++part) {
        const std::string words = paragraph(seed * 16 + part);
        html +=
            fmt::format("<p>{} <a href=\"https://news.example/topic/{}\">{}</a></p>\n",
                        truncate_utf8(words, bytes / 2), part, "read on \u2013 \u201Chere\u201D");
    }
    return html;
}

inline std::string escaped_markup(std::string_view html) {
    std::string out;
    for (const char c : html) {
        if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else {
            out += c;
        }
    }
    return out;
}

inline std::string large_rss_item(Shape shape, int number) {
    constexpr std::array kTopics{"Politics", "Müsik & Theater", "Science", "Économie",
                                 "Local news"};
    constexpr std::time_t kFirst = 1'743'465'600;  // 2025-04-01
    const std::time_t when = kFirst + std::time_t{number} * 617;
    const auto topic = [&](int which) { return kTopics.at(static_cast<std::size_t>(which) % 5); };
    std::string out = fmt::format(
        "\t<item>\n\t\t<title>Council votes on story {0} &amp; its sequel \u2013 now</title>\n"
        "\t\t<link>https://news.example/2025/04/council-votes-on-story-{0}/</link>\n"
        "\t\t<dc:creator><![CDATA[Ann Lée]]></dc:creator>\n"
        "\t\t<pubDate>{1:%a, %d %b %Y %H:%M:%S} +0000</pubDate>\n"
        "\t\t<category><![CDATA[{2}]]></category>\n\t\t<category><![CDATA[{3}]]></category>\n"
        "\t\t<guid isPermaLink=\"false\">https://news.example/?p={0}</guid>\n",
        number, fmt::gmtime(when), topic(number), topic(number + 1 + number % 3));
    if (shape == Shape::summary) {
        out +=
            fmt::format("\t\t<description>{}</description>\n", escaped_markup(prose(number, 420)));
    } else {
        const std::size_t bytes = 2000 + static_cast<std::size_t>(number % 5) * 500;
        out += fmt::format(
            "\t\t<description><![CDATA[<p>{}</p>]]></description>\n"
            "\t\t<content:encoded><![CDATA[{}]]></content:encoded>\n",
            truncate_utf8(paragraph(number), 240), prose(number, bytes));
    }
    return out + "\t</item>\n";
}

// At least `bytes` long.
inline std::string large_rss(Shape shape, std::size_t bytes) {
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"\n"
        "\txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"
        "\txmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        "\txmlns:atom=\"http://www.w3.org/2005/Atom\"\n"
        "\txmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"\n>\n<channel>\n"
        "\t<title>The Morning</title>\n\t<link>https://news.example/</link>\n"
        "\t<atom:link href=\"https://news.example/feed/\" rel=\"self\" "
        "type=\"application/rss+xml\"/>\n\t<description>News</description>\n"
        "\t<lastBuildDate>Tue, 08 Apr 2025 01:02:03 +0000</lastBuildDate>\n"
        "\t<language>en-GB</language>\n\t<sy:updatePeriod>hourly</sy:updatePeriod>\n";
    for (int number = 0; out.size() < bytes; ++number)
        out += large_rss_item(shape, number);
    return out + "</channel>\n</rss>\n";
}

}  // namespace feedd::bench
