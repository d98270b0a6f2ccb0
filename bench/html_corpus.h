// HTML of articles as publishing systems write it: the same at every run.
#pragma once

#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "base/text.h"
#include "corpus.h"

namespace feedd::bench {

// 2 to 4 KB: paragraphs with links and emphasis, a picture in several sizes, a heading, a list, a
// quotation.
inline std::string article_html(int seed) {
    const auto words = [&](int part, std::size_t bytes) {
        return std::string(truncate_utf8(paragraph(seed * 16 + part), bytes));
    };
    std::string html = fmt::format(
        "<div class=\"entry\"><figure class=\"wp-block-image size-large\"><img loading=\"lazy\" "
        "decoding=\"async\" width=\"1024\" height=\"683\" "
        "src=\"https://news.example/up/{0}-1024x683.jpg\" "
        "alt=\"{1}\" class=\"wp-image-{0}\" srcset=\"https://news.example/up/{0}-1024x683.jpg "
        "1024w, "
        "https://news.example/up/{0}-300x200.jpg 300w, https://news.example/up/{0}-768x512.jpg "
        "768w\" "
        "sizes=\"(max-width: 1024px) 100vw, 1024px\" /><figcaption>{1}</figcaption></figure>\n",
        seed, words(0, 40));
    for (int part = 1; part <= 3 + seed % 4; ++part) {
        html += fmt::format(
            "<p>{} <a href=\"https://news.example/topic/{}?a=1&amp;b=2\" rel=\"noopener\" "
            "target=\"_blank\">{}</a>, <em>{}</em> &#8211; &#8220;{}&#8221;</p>\n",
            words(part, 240), part, words(part + 8, 20), words(part + 9, 24), words(part + 10, 60));
    }
    html +=
        fmt::format("<h2 id=\"more\">{}</h2>\n<ul class=\"list\"><li>{}</li>\n<li>{}</li></ul>\n",
                    words(12, 30), words(13, 60), words(14, 60));
    return html + fmt::format("<blockquote><p>{}<br />\n{}</p></blockquote></div>\n",
                              words(15, 120), words(7, 80));
}

// The same without its order: an inline element ends behind the block that it began in.
inline std::string misnested_html(int seed) {
    std::string html = article_html(seed);
    const std::size_t end = html.find("</em>");
    html.erase(end, 5);
    html.insert(html.find("<h2", end), "</em>");
    return html;
}

// A text without markup, but for what had to be escaped.
inline std::string plain_html(int seed) {
    return paragraph(seed) + " &amp; " + paragraph(seed + 1) + " &#8211; " + paragraph(seed + 2);
}

}  // namespace feedd::bench
