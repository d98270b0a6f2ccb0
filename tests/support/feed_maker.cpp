#include "support/feed_maker.h"

#include <fmt/format.h>

namespace feedd::test {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
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

std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string rss_item(MadeFormat format, const MadeItem& item) {
    const Abilities can = abilities(format);
    std::string out = fmt::format("<item><title>{}</title><link>{}</link>", escaped(item.title),
                                  escaped(item.link));
    out +=
        fmt::format("<description>{}</description>", escaped("<p>" + escaped(item.text) + "</p>"));
    if (can.guid) {
        out += fmt::format("<guid isPermaLink=\"false\">{}</guid>", escaped(item.guid));
    }
    if (can.author) out += fmt::format("<dc:creator>{}</dc:creator>", escaped(item.byline));
    if (can.date) out += fmt::format("<dc:date>{}</dc:date>", item.date);
    if (can.enclosure) {
        out += fmt::format("<enclosure url=\"{}\" length=\"1234\" type=\"audio/mpeg\"/>",
                           escaped(item.enclosure));
    }
    return out + "</item>";
}

std::string rss(MadeFormat format, std::string_view version, const std::string& title,
                const std::string& site, const std::vector<MadeItem>& items) {
    std::string out = fmt::format(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"{}\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>{}</title><link>{}</link>"
        "<description>made for a test</description>",
        version, escaped(title), escaped(site));
    for (const MadeItem& item : items)
        out += rss_item(format, item);
    return out + "</channel></rss>";
}

std::string rdf(const std::string& title, const std::string& site,
                const std::vector<MadeItem>& items) {
    std::string out = fmt::format(
        "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
        "xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
        "<channel rdf:about=\"{1}\"><title>{0}</title><link>{1}</link></channel>",
        escaped(title), escaped(site));
    for (const MadeItem& item : items) {
        out += fmt::format(
            "<item rdf:about=\"{}\"><title>{}</title><link>{}</link><description>{}</description>"
            "<dc:creator>{}</dc:creator><dc:date>{}</dc:date></item>",
            escaped(item.guid), escaped(item.title), escaped(item.link),
            escaped("<p>" + escaped(item.text) + "</p>"), escaped(item.byline), item.date);
    }
    return out + "</rdf:RDF>";
}

std::string atom03(const std::string& title, const std::string& site,
                   const std::vector<MadeItem>& items) {
    std::string out = fmt::format(
        "<?xml version=\"1.0\"?><feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\">"
        "<title>{}</title><link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>",
        escaped(title), escaped(site));
    for (const MadeItem& item : items) {
        out += fmt::format(
            "<entry><id>{}</id><title>{}</title><link rel=\"alternate\" type=\"text/html\" "
            "href=\"{}\"/><author><name>{}</name></author><issued>{}</issued><content "
            "type=\"text/html\" mode=\"escaped\">{}</content></entry>",
            escaped(item.guid), escaped(item.title), escaped(item.link), escaped(item.byline),
            item.date, escaped("<p>" + escaped(item.text) + "</p>"));
    }
    return out + "</feed>";
}

std::string atom10(const std::string& title, const std::string& site,
                   const std::vector<MadeItem>& items) {
    std::string out = fmt::format(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{}</title>"
        "<id>{}</id><link href=\"{}\"/>",
        escaped(title), escaped(site), escaped(site));
    for (const MadeItem& item : items) {
        out += fmt::format(
            "<entry><id>{}</id><title>{}</title><link href=\"{}\"/><link rel=\"enclosure\" "
            "href=\"{}\" length=\"1234\" type=\"audio/mpeg\"/><author><name>{}</name></author>"
            "<published>{}</published><content type=\"html\">{}</content></entry>",
            escaped(item.guid), escaped(item.title), escaped(item.link), escaped(item.enclosure),
            escaped(item.byline), item.date, escaped("<p>" + escaped(item.text) + "</p>"));
    }
    return out + "</feed>";
}

std::string json(MadeFormat format, const std::string& title, const std::string& site,
                 const std::vector<MadeItem>& items) {
    const bool v1 = format == MadeFormat::json10;
    std::string out = fmt::format(
        "{{\"version\":\"https://jsonfeed.org/version/{}\",\"title\":{},\"home_page_url\":{},"
        "\"items\":[",
        v1 ? "1" : "1.1", json_string(title), json_string(site));
    for (std::size_t i = 0; i < items.size(); ++i) {
        const MadeItem& item = items[i];
        const std::string author = fmt::format("{{\"name\":{}}}", json_string(item.byline));
        out += fmt::format(
            "{}{{\"id\":{},\"url\":{},\"title\":{},\"content_html\":{},\"date_published\":{},{},"
            "\"attachments\":[{{\"url\":{},\"mime_type\":\"audio/"
            "mpeg\",\"size_in_bytes\":1234}}]}}",
            i == 0 ? "" : ",", json_string(item.guid), json_string(item.link),
            json_string(item.title), json_string("<p>" + escaped(item.text) + "</p>"),
            json_string(item.date), v1 ? "\"author\":" + author : "\"authors\":[" + author + "]",
            json_string(item.enclosure));
    }
    return out + "]}";
}

}  // namespace

Abilities abilities(MadeFormat format) {
    switch (format) {
        case MadeFormat::rss091:
            return {.guid = false, .author = false, .date = false, .enclosure = false};
        case MadeFormat::rss092:
            return {.guid = false, .author = false, .date = false};
        case MadeFormat::rss10:
        case MadeFormat::atom03:
            return {.enclosure = false};
        default:
            return {};
    }
}

std::string_view content_type(MadeFormat format) {
    switch (format) {
        case MadeFormat::rss10:
            return "application/rdf+xml";
        case MadeFormat::atom03:
        case MadeFormat::atom10:
            return "application/atom+xml";
        case MadeFormat::json10:
        case MadeFormat::json11:
            return "application/feed+json";
        default:
            return "application/rss+xml";
    }
}

std::string_view name(MadeFormat format) {
    static constexpr std::array<std::string_view, kMadeFormats.size()> kNames{
        "rss091", "rss092", "rss20", "rss10", "atom03", "atom10", "json10", "json11"};
    return kNames.at(static_cast<std::size_t>(format));
}

std::string made_feed(MadeFormat format, const std::string& title, const std::string& site,
                      const std::vector<MadeItem>& items) {
    switch (format) {
        case MadeFormat::rss091:
            return rss(format, "0.91", title, site, items);
        case MadeFormat::rss092:
            return rss(format, "0.92", title, site, items);
        case MadeFormat::rss20:
            return rss(format, "2.0", title, site, items);
        case MadeFormat::rss10:
            return rdf(title, site, items);
        case MadeFormat::atom03:
            return atom03(title, site, items);
        case MadeFormat::atom10:
            return atom10(title, site, items);
        case MadeFormat::json10:
        case MadeFormat::json11:
            return json(format, title, site, items);
    }
    return {};
}

std::string feed_of(const std::string& word) {
    const std::string site = "http://" + word + ".example/";
    return made_feed(MadeFormat::rss20, word, site,
                     {{.guid = word,
                       .link = site + "1",
                       .title = word,
                       .text = word,
                       .byline = "Ann Lee",
                       .date = "2025-04-01T01:02:03Z",
                       .enclosure = site + "1.mp3"}});
}

}  // namespace feedd::test
