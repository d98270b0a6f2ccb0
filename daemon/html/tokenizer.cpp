#include "html/tokenizer.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "html/elements.h"

namespace feedd {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";
constexpr std::size_t kMaxBrokenTags = 8;  // more are hostile
constexpr std::size_t kMaxOpenCdata = 8;   // content wrapped twice is what is met

bool is_name_char(char c) noexcept {
    return is_alpha(c) || is_digit(c) || c == '-' || c == ':' || c == '_' || c == '.' ||
           !is_ascii(c);
}

std::size_t end_of_name(std::string_view html, std::size_t at) noexcept {
    while (at < html.size() && is_name_char(html[at]))
        ++at;
    return at;
}

bool is_name_end(std::string_view html, std::size_t at) noexcept {
    return at >= html.size() || is_space(html[at]) || html[at] == '>' || html[at] == '/';
}

// Elements that no script is meant to contain the tags of, so that one of them ends a broken one.
bool ends_broken_code(std::string_view name) noexcept {
    static constexpr std::array<std::string_view, 16> kNames = {
        "article", "blockquote", "div", "figure", "h1", "h2",  "h3",    "h4",
        "h5",      "h6",         "hr",  "ol",     "p",  "pre", "table", "ul"};
    return std::binary_search(kNames.begin(), kNames.end(), name);
}

// "-->", and "--!>" as well (13.2.5.51–53).
std::size_t end_of_comment(std::string_view html, std::size_t from) noexcept {
    for (std::size_t at = html.find("--", from); at != npos; at = html.find("--", at + 1)) {
        const std::string_view rest = html.substr(at + 2);
        if (rest.starts_with('>')) return at + 3;
        if (rest.starts_with("!>")) return at + 4;
    }
    return npos;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) noexcept {
    while (at < text.size() && is_space(text[at]))
        ++at;
    return at;
}

}  // namespace

LowerName::LowerName(std::string_view name) noexcept {
    if (name.size() > kLongest) return;
    size_ = name.size();
    std::transform(name.begin(), name.end(), static_cast<char*>(text_), to_lower);
}

Tokenizer::Tokenizer(std::string_view html) noexcept : html_(html), end_of_tags_(0) {
    const std::size_t last = html.rfind('>');
    if (last != npos) end_of_tags_ = last + 1;
}

// `at` is that of a '<'. An address such as <https://…> or <ann@…> opens no tag.
Tokenizer::Opening Tokenizer::opening_at(std::size_t at) const noexcept {
    std::size_t name = at + 1;
    if (name < html_.size() && html_[name] == '/') ++name;
    if (name >= html_.size() || !is_alpha(html_[name])) return {};
    const std::size_t end = end_of_name(html_, name);
    if (end >= end_of_tags_ || !is_name_end(html_, end) || html_[end - 1] == ':') return {};
    return {name, end};
}

// Quotes count only where a value begins (13.2.5.32–39). Quotes that hide every '>' to the end
// would swallow the rest: then the first '>' ends the tag, quoted or not; and after a few such
// tags quotes do not count at all, which keeps this linear.
std::size_t Tokenizer::end_of_tag(std::size_t name_end) noexcept {
    if (broken_tags_ >= kMaxBrokenTags) return html_.find('>', name_end);
    bool value_follows = false;
    for (std::size_t i = name_end; i < html_.size(); ++i) {
        const char c = html_[i];
        if (c == '>') return i;
        if (value_follows && (c == '"' || c == '\'')) {
            i = html_.find(c, i + 1);
            if (i == npos) break;
            value_follows = false;
        } else if (c == '=') {
            value_follows = true;
        } else if (!is_space(c)) {
            value_follows = false;
        }
    }
    ++broken_tags_;
    return html_.find('>', name_end);
}

// `at` is that of a '<' behind which no '>' is left. Summaries are often cut in the middle of a tag
// or comment, which then is not to be seen; "a <b and c" is text.
bool Tokenizer::is_cut_off(std::size_t at) const noexcept {
    const std::string_view rest = html_.substr(at + 1);
    if (rest.starts_with("!--") || rest.starts_with('?')) return true;
    if (rest.starts_with('!')) return rest.size() > 1 && is_alpha(rest[1]);
    const std::size_t name = at + (rest.starts_with('/') ? 2 : 1);
    const std::size_t name_end = end_of_name(html_, name);
    if (!is_html_element(LowerName(html_.substr(name, name_end - name)).view())) return false;
    const std::size_t attribute = skip_spaces(html_, name_end);
    if (attribute == html_.size()) return true;
    const std::size_t attribute_end = end_of_name(html_, attribute);
    return attribute_end > attribute && html_.substr(attribute_end).starts_with('=');
}

// `at` is that of "<!" or "<?" with a '>' somewhere behind it, or kCdata.
std::size_t Tokenizer::end_of_declaration(std::size_t at) noexcept {
    const std::string_view rest = html_.substr(at);
    if (rest.starts_with(kCdata)) {
        open_cdata_ = std::min(open_cdata_ + 1, kMaxOpenCdata);
        return at + kCdata.size();
    }
    const bool empty = rest.starts_with("<!-->") || rest.starts_with("<!--->");
    if (comments_end_ && !empty && rest.starts_with("<!--")) {
        if (const std::size_t end = end_of_comment(html_, at + 4); end != npos) return end;
        comments_end_ = false;
    }
    return html_.find('>', at) + 1;
}

Token Tokenizer::text_until(std::size_t end) noexcept {
    const std::string_view text = html_.substr(at_, end - at_);
    at_ = end;
    return {.kind = Token::Kind::text, .text = text, .name = {}, .attributes = {}};
}

Token Tokenizer::tag_of(const Opening& opening) noexcept {
    const std::size_t end = end_of_tag(opening.end);
    at_ = end + 1;
    return {.kind = html_[opening.name - 1] == '/' ? Token::Kind::end_tag : Token::Kind::start_tag,
            .text = {},
            .name = html_.substr(opening.name, opening.end - opening.name),
            .attributes = html_.substr(opening.end, end - opening.end)};
}

std::optional<Token> Tokenizer::next() noexcept {
    while (at_ < html_.size()) {
        Opening opening;
        std::size_t at = html_.find('<', at_);
        for (; at != npos; at = html_.find('<', at + 1)) {
            const char next = at + 1 < html_.size() ? html_[at + 1] : ' ';
            if ((next == '!' || next == '?') && at < end_of_tags_) break;
            if (html_.substr(at).starts_with(kCdata)) break;
            opening = opening_at(at);
            if (opening.end != 0) break;
            if (at >= end_of_tags_ && is_cut_off(at)) html_ = html_.substr(0, at);
        }
        at = std::min(at, html_.size());
        if (open_cdata_ > 0) {
            const std::size_t end = html_.substr(0, at).find(kCdataEnd, at_);
            if (end == at_) {
                --open_cdata_;
                at_ += kCdataEnd.size();
                continue;
            }
            at = std::min(at, end);
        }
        if (at > at_) return text_until(at);
        if (opening.end != 0) return tag_of(opening);
        at_ = end_of_declaration(at);
    }
    return std::nullopt;
}

std::optional<std::string_view> Tokenizer::take_raw_content(std::string_view name) noexcept {
    for (std::size_t at = html_.find('<', at_); at != npos; at = html_.find('<', at + 1)) {
        const Opening opening = opening_at(at);
        if (!iequals(html_.substr(opening.name, opening.end - opening.name), name)) continue;
        if (html_[opening.name - 1] != '/') return std::nullopt;
        const std::string_view content = html_.substr(at_, at - at_);
        at_ = html_.find('>', opening.end) + 1;
        return content;
    }
    return std::nullopt;
}

void Tokenizer::skip_code(std::string_view name) noexcept {
    std::size_t stop = npos;
    for (std::size_t at = html_.find('<', at_); at != npos; at = html_.find('<', at + 1)) {
        const Opening opening = opening_at(at);
        const LowerName found(html_.substr(opening.name, opening.end - opening.name));
        if (found.view() == name) {
            const bool closes = html_[opening.name - 1] == '/';
            at_ = closes ? html_.find('>', opening.end) + 1 : std::min(stop, at);
            return;
        }
        if (stop == npos && ends_broken_code(found.view())) stop = at;
    }
    at_ = std::min(stop, html_.size());
}

std::optional<RawAttribute> AttributeReader::next() noexcept {
    std::size_t at = 0;
    while (at < rest_.size() && (is_space(rest_[at]) || rest_[at] == '/'))
        ++at;
    if (at == rest_.size()) return std::nullopt;
    std::size_t end = at + 1;  // a '=' in front belongs to the name
    while (end < rest_.size() && !is_space(rest_[end]) && rest_[end] != '=' && rest_[end] != '/')
        ++end;
    RawAttribute attribute{.name = rest_.substr(at, end - at), .value = {}};
    at = skip_spaces(rest_, end);
    if (at == rest_.size() || rest_[at] != '=') {
        rest_.remove_prefix(end);
        return attribute;
    }
    at = skip_spaces(rest_, at + 1);
    if (at < rest_.size() && (rest_[at] == '"' || rest_[at] == '\'')) {
        end = rest_.find(rest_[at], at + 1);
        if (end == npos) end = rest_.size();  // its tag was cut at a '>'
        attribute.value = rest_.substr(at + 1, end - at - 1);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        return attribute;
    }
    end = at;
    while (end < rest_.size() && !is_space(rest_[end]))
        ++end;
    attribute.value = rest_.substr(at, end - at);
    rest_.remove_prefix(end);
    return attribute;
}

}  // namespace feedd
