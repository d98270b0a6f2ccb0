#include "html/to_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <vector>

#include "base/text.h"
#include "base/url.h"
#include "html/elements.h"
#include "html/entities.h"
#include "html/start_tag.h"
#include "html/text_writer.h"
#include "html/tokenizer.h"

namespace feedd {

namespace {

constexpr int kIconSize = 32;  // pixels; what is smaller both ways illustrates nothing
constexpr std::size_t kIndent = 2;
constexpr std::size_t kDeepestIndent = 16;

// Parts of addresses of images that count readers, share the page or stand for a character.
constexpr auto kNoPictures = std::to_array<std::string_view>({
    "/images/core/emoji/",
    "://a.fsdn.com/sd/",
    "doubleclick.net/",
    "feedburner.com/~",
    "feedsportal.com/",
    "feeds.wordpress.com/1.0/",
    "pixel.wp.com/",
    "stats.wordpress.com/",
    "/pixel.gif",
    "/blank.gif",
    "/spacer.gif",
    "/wp-includes/images/smilies/",
    "gravatar.com/",
});

// Line ends around an element: 2 leave a blank line.
std::size_t lines_around(Tag tag) noexcept {
    switch (tag) {
        case Tag::address:
        case Tag::caption:
        case Tag::dd:
        case Tag::div:
        case Tag::dt:
        case Tag::figcaption:
        case Tag::li:
        case Tag::summary:
        case Tag::tbody:
        case Tag::tfoot:
        case Tag::thead:
        case Tag::tr:
            return 1;
        case Tag::td:
        case Tag::th:
            return 0;
        default:
            return is(tag, kBlock) ? 2 : 0;
    }
}

int number_in(std::string_view attributes, Attribute attribute, int otherwise) {
    const std::string value = attribute_value(attributes, attribute);
    int number = otherwise;
    std::from_chars(value.data(), value.data() + value.size(), number);
    return number;
}

bool is_picture(std::string_view attributes, std::string_view source) {
    if (!istarts_with(source, "http://") && !istarts_with(source, "https://")) return false;
    const bool counts = std::any_of(kNoPictures.begin(), kNoPictures.end(), [&](auto part) {
        return source.find(part) != std::string_view::npos;
    });
    return !counts && (number_in(attributes, Attribute::width, kIconSize + 1) > kIconSize ||
                       number_in(attributes, Attribute::height, kIconSize + 1) > kIconSize);
}

class Reader {
  public:
    explicit Reader(std::string_view html)
        : tokens_(html), layout_(html.size()), plain_(html.size()) {}

    Readings read() && {
        while (const auto token = tokens_.next()) {
            if (token->kind == Token::Kind::text) {
                text(token->text);
                continue;
            }
            const Tag tag = element_named(LowerName(token->name).view()).tag;
            has_markup_ = true;
            if (is(tag, kBlock) || tag == Tag::br) plain_.words(" ");
            if (token->kind == Token::Kind::start_tag) {
                start(tag, token->attributes);
            } else {
                end(tag);
            }
        }
        return {.text = std::move(layout_).take(),
                .plain = std::move(plain_).take(),
                .first_image = std::move(first_image_),
                .has_markup = has_markup_};
    }

  private:
    struct List {
        bool ordered = false;
        int next = 1;
    };

    void text(std::string_view raw) {
        std::string_view text = raw;
        if (raw.find('&') != std::string_view::npos) {
            scratch_.clear();
            append_unescaped(scratch_, raw);
            text = scratch_;
        }
        plain_.words(text);
        if (pre_ > 0) {
            layout_.preformatted(text);
        } else {
            layout_.words(text);
        }
    }

    void start(Tag tag, std::string_view attributes) {
        layout_.gap(lines_of(tag));
        switch (tag) {
            case Tag::br:
                layout_.line_break();
                break;
            case Tag::hr:
                layout_.words("---");
                layout_.gap(2);
                break;
            case Tag::img:
                image(attributes);
                break;
            case Tag::pre:
                ++pre_;
                break;
            case Tag::ol:
            case Tag::ul:
                lists_.push_back({.ordered = tag == Tag::ol,
                                  .next = number_in(attributes, Attribute::start, 1)});
                break;
            case Tag::li:
                item(attributes);
                break;
            case Tag::tr:
                first_cell_ = true;
                break;
            case Tag::td:
            case Tag::th:
                cell();
                break;
            default:
                break;
        }
    }

    void end(Tag tag) {
        if (tag == Tag::pre && pre_ > 0) --pre_;
        if ((tag == Tag::ol || tag == Tag::ul) && !lists_.empty()) {
            lists_.pop_back();
            layout_.indent(indent());
        }
        layout_.gap(lines_of(tag));
    }

    // A list in a list follows its item without a blank line.
    [[nodiscard]] std::size_t lines_of(Tag tag) const noexcept {
        const bool inner = (tag == Tag::ol || tag == Tag::ul) && !lists_.empty();
        return inner ? 1 : lines_around(tag);
    }

    [[nodiscard]] std::size_t indent() const noexcept {
        return std::min(lists_.size() * kIndent, kDeepestIndent);
    }

    void item(std::string_view attributes) {
        if (lists_.empty()) lists_.push_back({});
        List& list = lists_.back();
        const std::size_t outer = indent() - kIndent;
        std::string marker(outer, ' ');
        if (list.ordered) {
            list.next = number_in(attributes, Attribute::value, list.next);
            marker += std::to_string(list.next) + ". ";
            if (list.next < kLastNumber) ++list.next;
        } else {
            marker += "- ";
        }
        layout_.marker(std::move(marker));
        layout_.indent(indent());
    }

    void cell() {
        if (!first_cell_ && !layout_.line_ended_since_mark()) {
            layout_.separator(" | ");
        } else {
            layout_.gap(first_cell_ ? 0 : 1);
        }
        first_cell_ = false;
        layout_.mark();
    }

    void image(std::string_view attributes) {
        layout_.words(attribute_value(attributes, Attribute::alt));
        if (!first_image_.empty()) return;
        std::string source = attribute_value(attributes, Attribute::src);
        if (is_picture(attributes, source)) first_image_ = std::move(source);
    }

    static constexpr int kLastNumber = 999'999;

    Tokenizer tokens_;
    TextWriter layout_;
    TextWriter plain_;
    std::string first_image_;
    bool has_markup_ = false;
    std::size_t pre_ = 0;  // open ones
    std::vector<List> lists_;
    bool first_cell_ = true;  // of the row
    std::string scratch_;
};

}  // namespace

Readings readings_of(std::string_view html) {
    return Reader(html).read();
}

}  // namespace feedd
