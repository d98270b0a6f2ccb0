#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/chrono.h>
#include <pugixml.hpp>

#include "base/text.h"
#include "parse/opml.h"

namespace feedd {

namespace {

// What read_opml takes for one tag and leaves as it is.
bool is_plain_category(std::string_view tag) {
    return !tag.starts_with('/') && tag.find(',') == std::string_view::npos;
}

std::string categories_of(const std::vector<std::string>& tags) {
    std::string out;
    for (const std::string& tag : tags) {
        if (!is_plain_category(tag)) continue;
        if (!out.empty()) out += ',';
        out += tag;
    }
    return out;
}

// RFC 822 as OPML 2.0 wants it, with a year of four digits.
std::string rfc822_date(Time time) {
    return fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", time);
}

class OutlineWriter {
  public:
    explicit OutlineWriter(pugi::xml_node body) : body_(body) {}

    void add(const OpmlFeed& feed) {
        if (feed.tags.empty()) return put(body_, feed);
        put(folder(feed.tags.front()), feed);
        // A tag that 'category' would split has a folder of its own for the feed.
        for (std::size_t i = 1; i < feed.tags.size(); ++i) {
            if (!is_plain_category(feed.tags[i])) put(folder(feed.tags[i]), feed);
        }
    }

  private:
    struct Folder {
        std::string name;
        pugi::xml_node node;
    };

    [[nodiscard]] pugi::xml_node folder(const std::string& name) {
        const auto known = std::find_if(folders_.begin(), folders_.end(),
                                        [&](const Folder& each) { return each.name == name; });
        if (known != folders_.end()) return known->node;
        pugi::xml_node node = body_.append_child("outline");
        node.append_attribute("text") = name.c_str();
        node.append_attribute("title") = name.c_str();
        folders_.push_back({name, node});
        return node;
    }

    static void put(pugi::xml_node parent, const OpmlFeed& feed) {
        pugi::xml_node node = parent.append_child("outline");
        node.append_attribute("type") = "rss";
        node.append_attribute("text") = feed.name.c_str();
        node.append_attribute("title") = feed.name.c_str();
        node.append_attribute("xmlUrl") = feed.url.c_str();
        if (feed.tags.size() > 1)
            node.append_attribute("category") = categories_of(feed.tags).c_str();
    }

    pugi::xml_node body_;
    std::vector<Folder> folders_;
};

}  // namespace

std::string write_opml(const Opml& opml, Time created) {
    pugi::xml_document document;
    pugi::xml_node declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    pugi::xml_node root = document.append_child("opml");
    root.append_attribute("version") = "2.0";
    pugi::xml_node head = root.append_child("head");
    head.append_child("title").text() = opml.title.c_str();
    head.append_child("dateCreated").text() = rfc822_date(created).c_str();
    OutlineWriter writer(root.append_child("body"));
    for (const OpmlFeed& feed : opml.feeds)
        writer.add(feed);
    std::ostringstream out;
    document.save(out, "  ", pugi::format_default, pugi::encoding_utf8);
    return out.str();
}

}  // namespace feedd
