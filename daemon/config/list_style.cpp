#include "config/list_style.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"

namespace feedd {

namespace {

Quote quote_at(std::string_view text, std::size_t offset) {
    if (offset < text.size() && text[offset] == '"') return Quote::twice;
    if (offset < text.size() && text[offset] == '\'') return Quote::single;
    return Quote::plain;
}

class StyleReader {
  public:
    StyleReader(std::string_view text, const Lines& lines, ListStyle& style)
        : text_(text), lines_(lines), style_(style) {}

    void read(YamlNode feeds) {
        bool alone = false;
        bool any = false;
        for (const YamlNode entry : feeds) {
            any = true;
            if (entry.kind() == YamlKind::scalar) {
                alone = true;
                style_.url_quote = quote_of(entry);
            } else if (entry.kind() == YamlKind::map) {
                read_map(entry);
            }
        }
        if (any) style_.urls_alone = alone;
    }

  private:
    [[nodiscard]] Quote quote_of(YamlNode node) const {
        return quote_at(text_, lines_.offset(node.position()));
    }

    void read_map(YamlNode entry) {
        style_.maps_in_flow = entry.flow();
        bool first = true;
        for (auto it = entry.begin(); it != entry.end(); ++it) {
            const YamlNode key = *it;
            const YamlNode value = *++it;
            if (first && key.kind() == YamlKind::scalar) style_.name_first = key.text() == "name";
            first = false;
            if (key.kind() != YamlKind::scalar) continue;
            if (key.text() == "url") style_.url_quote = quote_of(value);
            if (key.text() == "name") style_.name_quote = quote_of(value);
            if (key.text() == "tags") read_tags(value);
        }
    }

    void read_tags(YamlNode tags) {
        if (tags.kind() == YamlKind::scalar) {
            style_.tags = ListStyle::Tags::scalar;
            style_.tag_quote = quote_of(tags);
            return;
        }
        if (tags.kind() != YamlKind::sequence || tags.begin() == tags.end()) return;
        style_.tags = tags.flow() ? ListStyle::Tags::flow : ListStyle::Tags::block;
        style_.tag_quote = quote_of(*tags.begin());
    }

    std::string_view text_;
    const Lines& lines_;
    ListStyle& style_;
};

std::string flow_tags(const NewFeed& feed, const ListStyle& style) {
    std::string out = "[";
    for (const std::string& tag : feed.tags) {
        if (out.size() > 1) out += ", ";
        out += yaml_scalar(tag, style.tag_quote, true);
    }
    return out + "]";
}

bool is_url_alone(const NewFeed& feed, const ListStyle& style) {
    return style.urls_alone && feed.name.empty() && feed.tags.empty() && feed.interval.empty();
}

using Field = std::pair<std::string_view, std::string>;

// Key and value in their order; tags that need lines of their own are left out.
std::vector<Field> fields_of(const NewFeed& feed, const ListStyle& style, bool in_flow) {
    std::vector<Field> fields{{"url", yaml_scalar(feed.url, style.url_quote, in_flow)}};
    if (!feed.name.empty()) {
        fields.insert(style.name_first ? fields.begin() : fields.end(),
                      Field{"name", yaml_scalar(feed.name, style.name_quote, in_flow)});
    }
    const bool in_block = style.tags == ListStyle::Tags::block && !in_flow;
    if (feed.tags.size() == 1 && style.tags == ListStyle::Tags::scalar) {
        fields.emplace_back("tags", yaml_scalar(feed.tags.front(), style.tag_quote, in_flow));
    } else if (!feed.tags.empty() && !in_block) {
        fields.emplace_back("tags", flow_tags(feed, style));
    }
    if (!feed.interval.empty())
        fields.emplace_back("interval", yaml_scalar(feed.interval, Quote::plain, in_flow));
    return fields;
}

}  // namespace

std::string list_url(std::string_view url) {
    std::string out;
    for (std::size_t at = 0; at < url.size(); ++at) {
        out += url[at];
        const bool ambiguous =
            url[at] == '$' && at + 1 < url.size() && (url[at + 1] == '$' || url[at + 1] == '{');
        if (ambiguous) out += '$';
    }
    return out;
}

Lines::Lines(std::string_view text) : text_(text), starts_{0} {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at)) {
        ++at;
        if (at < text.size()) starts_.push_back(at);
    }
}

std::size_t Lines::start(std::size_t number) const {
    return number < starts_.size() ? starts_[number] : text_.size();
}

std::string_view Lines::line(std::size_t number) const {
    std::string_view line = text_.substr(start(number), start(number + 1) - start(number));
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

std::size_t Lines::offset(Position position) const {
    return std::min(text_.size(), start(position.line - 1) + position.column - 1);
}

void learn_style(YamlNode feeds, std::string_view text, const Lines& lines, ListStyle& style) {
    StyleReader(text, lines, style).read(feeds);
}

std::string flow_entry(const NewFeed& feed, const ListStyle& style) {
    if (is_url_alone(feed, style)) return yaml_scalar(feed.url, style.url_quote, true);
    std::string out = "{";
    for (const auto& [key, value] : fields_of(feed, style, true)) {
        if (out.size() > 1) out += ", ";
        out.append(key).append(": ").append(value);
    }
    return out + "}";
}

std::string block_entry(const NewFeed& feed, const ListStyle& style, std::string_view indent) {
    std::string out(indent);
    out.append("-").append(style.gap, ' ');
    if (is_url_alone(feed, style)) return out + yaml_scalar(feed.url, style.url_quote, false);
    if (style.maps_in_flow) return out + flow_entry(feed, style);
    const std::string margin =
        std::string(style.line_end) + std::string(indent) + std::string(1 + style.gap, ' ');
    bool first = true;
    for (const auto& [key, value] : fields_of(feed, style, false)) {
        if (!std::exchange(first, false)) out += margin;
        out.append(key).append(": ").append(value);
    }
    if (style.tags != ListStyle::Tags::block || feed.tags.empty()) return out;
    out.append(margin).append("tags:");
    for (const std::string& tag : feed.tags)
        out.append(margin).append("  - ").append(yaml_scalar(tag, style.tag_quote, false));
    return out;
}

}  // namespace feedd
