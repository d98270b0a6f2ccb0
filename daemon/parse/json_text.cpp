#include "parse/json_text.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "base/text.h"

namespace feedd {

namespace {

std::optional<unsigned> hex4(std::string_view digits) noexcept {
    if (digits.size() < 4) return std::nullopt;
    unsigned value = 0;
    for (const char c : digits.substr(0, 4)) {
        const char low = to_lower(c);
        if (is_digit(c)) {
            value = value * 16 + static_cast<unsigned>(c - '0');
        } else if (low >= 'a' && low <= 'f') {
            value = value * 16 + static_cast<unsigned>(low - 'a' + 10);
        } else {
            return std::nullopt;
        }
    }
    return value;
}

class JsonMender {
  public:
    explicit JsonMender(std::string_view text) : text_(text) { out_.reserve(text.size()); }

    MendedJson mended() {
        at_ = std::min(text_.find('{'), text_.size());
        while (at_ < text_.size() && !done_) {
            const char c = text_[at_];
            if (c == '"') {
                copy_string();
            } else {
                copy_structure(c);
                ++at_;
            }
        }
        const bool cut_short = !open_.empty();
        if (cut_short) close_what_is_complete();
        return {std::move(out_), cut_short};
    }

  private:
    void copy_structure(char c) {
        switch (c) {
            case '{':
            case '[':
                open_ += c;
                out_ += c;
                break;
            case '}':
            case ']':
                close(c);
                break;
            case ',':
                if (open_.size() == 1) remember_complete();
                out_ += c;
                break;
            default:
                out_ += c;
        }
    }

    void close(char c) {
        const char opened = c == '}' ? '{' : '[';
        if (open_.empty() || open_.back() != opened) {
            done_ = true;
            return;
        }
        while (!out_.empty() && is_space(out_.back()))
            out_.pop_back();
        if (out_.back() == ',') out_.pop_back();
        out_ += c;
        open_.pop_back();
        if (open_ == "{[") remember_complete();
        done_ = open_.empty();
    }

    // Up to here, closed by what is open, the document is whole: a member of the feed or an item
    // has just ended.
    void remember_complete() {
        complete_ = out_.size();
        closing_ = open_ == "{[" ? "]}" : "}";
    }

    void close_what_is_complete() {
        out_.resize(complete_);
        out_ += closing_;
    }

    void copy_string() {
        out_ += '"';
        ++at_;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                out_ += c;
                ++at_;
                return;
            }
            if (c == '\\') {
                copy_escape();
            } else {
                copy_character(c);
                ++at_;
            }
        }
        done_ = true;
    }

    void copy_character(char c) {
        if (c == '\n') {
            out_ += "\\n";
        } else {
            out_ += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }

    void copy_escape() {
        static constexpr std::string_view kSimple = "\"\\/bfnrt";
        const auto rest = text_.substr(at_ + 1);
        if (rest.starts_with('u')) {
            copy_unicode_escape(rest.substr(1));
        } else if (!rest.empty() && kSimple.find(rest[0]) != std::string_view::npos) {
            out_ += text_.substr(at_, 2);
            at_ += 2;
        } else {
            ++at_;  // the backslash alone
        }
    }

    void copy_unicode_escape(std::string_view digits) {
        constexpr std::size_t kEscape = 6;  // \uXXXX
        const auto value = hex4(digits);
        if (!value) {
            ++at_;
            return;
        }
        const bool surrogate = *value >= 0xD800 && *value <= 0xDFFF;
        if (!surrogate) {
            if (*value != 0) out_ += text_.substr(at_, kEscape);
            at_ += kEscape;
            return;
        }
        const auto low =
            digits.substr(4).starts_with("\\u") ? hex4(digits.substr(6)) : std::nullopt;
        if (*value < 0xDC00 && low && *low >= 0xDC00 && *low <= 0xDFFF) {
            out_ += text_.substr(at_, 2 * kEscape);
            at_ += 2 * kEscape;
        } else {
            out_ += "\\ufffd";
            at_ += kEscape;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
    std::string open_;  // the brackets that are open
    bool done_ = false;
    std::size_t complete_ = 0;
    std::string closing_;
};

}  // namespace

int json_depth(std::string_view text) noexcept {
    int depth = 0;
    int deepest = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') {
                ++i;
            } else if (c == '"') {
                in_string = false;
            }
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return deepest;
}

MendedJson mended_json(std::string_view text) {
    return JsonMender(text).mended();
}

}  // namespace feedd
