#include "html/filter.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "html/elements.h"
#include "html/entities.h"
#include "html/escape.h"
#include "html/open_elements.h"
#include "html/start_tag.h"
#include "html/tokenizer.h"
#include "html/url_policy.h"

namespace feedd {

namespace {

class Filter {
  public:
    Filter(std::string_view html, std::string_view base)
        : tokens_(html), base_(base), elements_(out_) {
        out_.reserve(html.size() + html.size() / 8);
    }

    Filtered run() && {
        while (const auto token = tokens_.next()) {
            if (token->kind == Token::Kind::text) {
                text(token->text);
            } else {
                const LowerName name(token->name);
                if (token->kind == Token::Kind::start_tag) {
                    start(*token, name.view());
                } else {
                    end(name.view());
                }
            }
        }
        elements_.close_all();
        return {.html = std::move(out_), .misnested = elements_.misnested()};
    }

  private:
    void text(std::string_view raw) {
        std::string_view text = raw;
        if (raw.find('&') != std::string_view::npos) {
            scratch_.clear();
            append_unescaped(scratch_, raw);
            text = scratch_;
        }
        plain_text(text);
    }

    void plain_text(std::string_view text) {
        elements_.text(text);
        const std::size_t start = out_.size();
        append_escaped_text(out_, text);
        // A line end behind <pre> is no part of it (WHATWG HTML, 13.2.6.4.7).
        if (start == pre_begin_) {
            const std::size_t end = std::min(out_.find_first_not_of('\n', start), out_.size());
            out_.erase(start, end - start);
            keep_apart_from_tag(out_, start);
        }
    }

    void start(const Token& token, std::string_view name) {
        const ElementRule element = element_named(name);
        switch (element.fate) {
            case Fate::keep:
                keep(element.tag, token.attributes);
                break;
            case Fate::erase:
                tokens_.skip_code(name);
                break;
            case Fate::player:
                if (player(source_of(token.attributes))) {
                    static_cast<void>(tokens_.take_raw_content(name));
                }
                break;
            case Fate::quote:
                if (const auto content = tokens_.take_raw_content(name)) text(*content);
                break;
            case Fate::unwrap:
                if (name == "noscript") noscript_ = true;
                if (name == "embed") static_cast<void>(player(source_of(token.attributes)));
                break;
        }
    }

    void keep(Tag tag, std::string_view attributes) {
        tag_.clear();
        if (!append_start_tag(tag_, tag, attributes, base_)) return;
        if (tag == Tag::img && repeats_last_image()) return;
        if (!elements_.start(tag)) return;
        out_ += tag_;
        if (tag == Tag::pre) pre_begin_ = out_.size();
    }

    // An image for readers without scripts, <noscript><img …></noscript>, beside the same one that
    // a script loads.
    bool repeats_last_image() {
        const bool repeated = tag_ == last_image_ && noscript_ != last_in_noscript_;
        last_image_ = tag_;
        last_in_noscript_ = noscript_;
        return repeated;
    }

    bool player(std::string_view source) {
        const std::string page = video_page(source, base_);
        if (page.empty()) return false;
        // A player stands apart from the words around it.
        if (!out_.empty() && !is_space(out_.back()) && out_.back() != '>') out_ += ' ';
        if (!elements_.start(Tag::a)) return false;
        out_ += "<a href=\"";
        append_escaped_attribute(out_, page);
        out_ += "\">";
        append_escaped_text(out_, page);
        elements_.end(Tag::a);
        out_ += ' ';
        return true;
    }

    void end(std::string_view name) {
        if (name == "noscript") noscript_ = false;
        const ElementRule element = element_named(name);
        if (element.tag == Tag::br) {
            // </br> is a line break to browsers; writers of <br></br> mean one, not two.
            if (!out_.ends_with("<br>")) keep(Tag::br, {});
        } else if (element.fate == Fate::keep) {
            elements_.end(element.tag);
        }
    }

    Tokenizer tokens_;
    std::string_view base_;
    std::string out_;
    OpenElements elements_;  // writes end tags to out_
    std::size_t pre_begin_ = std::string::npos;
    bool noscript_ = false;
    std::string last_image_;  // its tag
    bool last_in_noscript_ = false;
    std::string tag_;      // the start tag at hand
    std::string scratch_;  // text without references
};

}  // namespace

Filtered filter_html(std::string_view html, std::string_view base) {
    return Filter(html, base).run();
}

}  // namespace feedd
