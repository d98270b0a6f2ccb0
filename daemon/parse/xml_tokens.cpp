#include "parse/xml_tokens.h"

#include <algorithm>

#include "base/text.h"
#include "parse/vocabulary.h"
#include "parse/xml_start_tag.h"

namespace feedd {

namespace {

constexpr std::string_view kCdata = "<![CDATA[";
constexpr auto kNone = std::string_view::npos;

bool ends_name(std::string_view rest, std::size_t at) noexcept {
    return at >= rest.size() || rest[at] == '>' || is_space(rest[at]);
}

// Where a section of `open` that has no end of its own ends in text[from, to): at the end tag of
// `open`, or, where that is damaged too, at the end tag of the item or (`at_start`) the start of
// the next one. kNone if none of them is there. Looks no further than what it finds.
std::size_t find_section_end(std::string_view text, std::string_view open, std::size_t from,
                             std::size_t to, bool at_start) {
    const std::string_view within = text.substr(0, to);
    for (std::size_t at = within.find('<', from); at != kNone; at = within.find('<', at + 1)) {
        const bool ends = within.substr(at + 1).starts_with('/');
        const std::string_view rest = text.substr(at + (ends ? 2 : 1));
        if (ends && !open.empty() && rest.starts_with(open) && ends_name(rest, open.size()))
            return at;
        if (!ends && !at_start) continue;
        const std::string_view name = rest.substr(0, tag_name_length(rest));
        if (is_item_name(name) && (ends_name(rest, name.size()) || rest[name.size()] == '/'))
            return at;
    }
    return kNone;
}

// The length of "<![CDATA[" as people write it: with spaces in it, in small letters, without the
// second bracket. 0: something else.
std::size_t cdata_start_length(std::string_view text) noexcept {
    constexpr std::string_view kLetters = "CDATA";
    if (text.starts_with(kCdata)) return kCdata.size();
    std::size_t at = 2;
    const auto skip_space = [&] {
        while (at < text.size() && is_space(text[at]))
            ++at;
    };
    if (!text.starts_with("<!")) return 0;
    skip_space();
    if (at >= text.size() || text[at] != '[') return 0;
    ++at;
    skip_space();
    if (!istarts_with(text.substr(at), kLetters)) return 0;
    at += kLetters.size();
    const std::size_t after_letters = at;
    skip_space();
    return at < text.size() && text[at] == '[' ? at + 1 : after_letters;
}

// "< /b>" is the end of <b>, if that is what is open.
bool is_spaced_end_tag(std::string_view text, std::string_view open) noexcept {
    if (open.empty()) return false;
    text.remove_prefix(1);
    if (text.empty() || !is_space(text.front())) return false;
    text = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    return text.size() > open.size() + 1 && text.front() == '/' &&
           text.substr(1, open.size()) == open && text[open.size() + 1] == '>';
}

}  // namespace

XmlTokenizer::XmlTokenizer(std::string_view text, bool well_formed)
    : text_(text),
      well_formed_(well_formed),
      comment_end_(text, "-->"),
      cdata_start_(text, kCdata),
      cdata_end_(text, "]]>"),
      instruction_end_(text, "?>"),
      script_end_(text, "</script"),
      style_end_(text, "</style") {}

std::optional<XmlToken> XmlTokenizer::next(std::string_view open) {
    if (pending_) {
        XmlToken token = std::move(pending_->token);
        at_ = pending_->end;
        pending_.reset();
        expect_raw_text(token);
        return token;
    }
    if (at_ >= text_.size()) return std::nullopt;
    if (raw_end_ != nullptr) {
        if (auto token = raw_text()) return token;
    }
    const std::size_t start = at_;
    std::size_t angle = text_.find('<', start);
    while (angle != kNone) {
        pending_ = markup_at(angle, open);
        if (pending_) break;
        angle = text_.find('<', angle + 1);
    }
    if (angle == start) return next(open);
    at_ = std::min(angle, text_.size());
    return XmlToken{.kind = XmlToken::Kind::text, .text = text_.substr(start, at_ - start)};
}

// A '<' in a script opens nothing. Without its end tag a script is read like all else.
std::optional<XmlToken> XmlTokenizer::raw_text() {
    const std::size_t end = raw_end_->from(at_);
    raw_end_ = nullptr;
    if (end == kNone || end == at_) return std::nullopt;
    const std::string_view text = text_.substr(at_, end - at_);
    at_ = end;
    return XmlToken{.kind = XmlToken::Kind::literal, .text = text};
}

void XmlTokenizer::expect_raw_text(const XmlToken& token) {
    if (well_formed_ || token.kind != XmlToken::Kind::start || token.empty) return;
    if (token.text == "script") raw_end_ = &script_end_;
    if (token.text == "style") raw_end_ = &style_end_;
}

std::optional<XmlTokenizer::Markup> XmlTokenizer::markup_at(std::size_t at, std::string_view open) {
    const std::string_view rest = text_.substr(at);
    if (rest == "<" || rest == "</") return Markup{.end = text_.size()};  // cut off
    if (rest.starts_with("<!--")) return comment(at);
    if (const std::size_t length = cdata_start_length(rest); length > 0)
        return cdata(at, length, open);
    if (starts_doctype(rest)) return doctype(at);
    if (rest.starts_with("<!")) return declaration(at);
    if (rest.starts_with("<?")) return instruction(at);
    if (rest.starts_with("</")) return end_tag(at + 2);
    if (is_spaced_end_tag(rest, open)) return end_tag(text_.find('/', at) + 1);
    auto tag = read_start_tag(text_, at);
    if (!tag) return std::nullopt;
    return Markup{.token = std::move(tag->token), .end = tag->end};
}

XmlTokenizer::Markup XmlTokenizer::comment(std::size_t at) {
    const std::size_t end = comment_end_.from(at + 4);
    if (end != kNone) return {.end = end + 3};
    // Never closed: up to the next tag, so that it hides nothing but itself.
    const std::size_t stop = std::min(text_.find_first_of("<>", at + 4), text_.size());
    return {.end = stop < text_.size() && text_[stop] == '>' ? stop + 1 : stop};
}

XmlTokenizer::Markup XmlTokenizer::cdata(std::size_t at, std::size_t start_length,
                                         std::string_view open) {
    const std::size_t start = at + start_length;
    const std::size_t end = cdata_end_.from(start);
    const std::size_t next_start = cdata_start_.from(start);
    Markup markup;
    markup.token.kind = XmlToken::Kind::literal;
    std::size_t stop = end;
    markup.end = end == kNone ? text_.size() : end + 3;
    if (end == kNone || (next_start < end && !well_formed_)) {  // its own end seems to be missing
        const std::size_t limit = std::min({next_start, end, text_.size()});
        // What ends somewhere may show the markup of feeds: that only quotes the start of an item.
        const std::size_t tag = find_section_end(text_, open, start, limit, end == kNone);
        if (tag != kNone) {
            stop = tag;
        } else if (end == kNone) {
            stop = limit;
        }
        if (stop != end) markup.end = stop;
    }
    markup.token.text = text_.substr(start, stop - start);
    return markup;
}

XmlTokenizer::Markup XmlTokenizer::instruction(std::size_t at) {
    // A declaration that ends in '>' alone is met often; its "?>" may be anywhere.
    const std::size_t end =
        istarts_with(text_.substr(at), "<?xml") ? kNone : instruction_end_.from(at + 2);
    if (end != kNone) return {.end = end + 2};
    const std::size_t stop = std::min(text_.find_first_of("<>", at + 2), text_.size());
    return {.end = stop < text_.size() && text_[stop] == '>' ? stop + 1 : stop};
}

// Only the first counts, and only it can be long.
XmlTokenizer::Markup XmlTokenizer::doctype(std::size_t at) {
    if (doctype_.length == 0) {
        doctype_ = read_doctype(text_.substr(at));
        return {.end = at + doctype_.length};
    }
    return {.end = std::min(text_.find('>', at), text_.size() - 1) + 1};
}

std::optional<XmlTokenizer::Markup> XmlTokenizer::declaration(std::size_t at) const {
    const std::size_t stop = std::min(text_.find_first_of("<>", at + 2), text_.size());
    if (stop == text_.size()) return Markup{.end = stop};
    if (text_[stop] == '<') return std::nullopt;
    return Markup{.end = stop + 1};
}

// "</>" ends an element where the next tag follows; in the middle of a text it is a part of it.
bool XmlTokenizer::is_anonymous_end(std::size_t start) const {
    if (start >= text_.size() || text_[start] != '>') return false;
    const std::size_t next = text_.find_first_not_of(" \t\r\n", start + 1);
    return next == kNone || text_[next] == '<';
}

std::optional<XmlTokenizer::Markup> XmlTokenizer::end_tag(std::size_t start) const {
    while (start < text_.size() && is_space(text_[start]))
        ++start;
    const std::size_t length = tag_name_length(text_.substr(start));
    if (length == 0 && !is_anonymous_end(start)) return std::nullopt;
    std::size_t end = std::min(text_.find_first_of("<>", start + length), text_.size());
    if (end < text_.size() && text_[end] == '>') ++end;
    return Markup{.token = {.kind = XmlToken::Kind::end, .text = text_.substr(start, length)},
                  .end = end};
}

}  // namespace feedd
