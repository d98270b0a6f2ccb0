#include "parse/json_string.h"

#include <algorithm>
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

void append_character(std::string& out, char c) {
    if (c == '"') {
        out += "\\\"";
    } else if (c == '\n') {
        out += "\\n";
    } else {
        out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
}

// Sees "}, {" go by in a string: an item ends there and the next one begins, if a key follows.
class NextItem {
  public:
    void see(char c, std::size_t at, std::size_t written) noexcept {
        constexpr std::string_view kBetween = "},{";
        if (is_space(c)) return;
        if (c == '}') {
            brace_ = at;
            written_ = written;
            seen_ = 1;
        } else {
            seen_ = seen_ < kBetween.size() && seen_ > 0 && c == kBetween[seen_] ? seen_ + 1 : 0;
        }
    }

    [[nodiscard]] bool may_begin() const noexcept { return seen_ == 3; }
    [[nodiscard]] std::size_t brace() const noexcept { return brace_; }
    [[nodiscard]] std::size_t end_of_string() const noexcept { return written_; }

  private:
    std::size_t brace_ = 0;
    std::size_t written_ = 0;
    std::size_t seen_ = 0;
};

}  // namespace

std::size_t JsonStringReader::append(std::string& out, std::size_t at) {
    const char quote = text_[at];
    out += '"';
    ++at;
    NextItem next_item;
    while (at < text_.size()) {
        const char c = text_[at];
        if ((c == '"' || c == '\n') && next_item.may_begin() && is_next_item(at)) {
            out.resize(next_item.end_of_string());
            out += '"';
            return next_item.brace();
        }
        next_item.see(c, at, out.size());
        if (c == '\\') {
            at = copy_escape(out, at);
        } else if ((c == quote && ends_value(at + 1)) || (c == '\n' && is_next_member(at))) {
            out += '"';
            return c == quote ? at + 1 : at;
        } else {
            append_character(out, c);
            ++at;
        }
    }
    out += '"';
    return std::string_view::npos;
}

std::size_t JsonStringReader::past_space(std::size_t at) {
    if (at >= space_begin_ && at < space_end_) return space_end_;
    space_begin_ = at;
    space_end_ = std::min(text_.find_first_not_of(" \t\r\n", at), text_.size());
    return space_end_;
}

// Whether a quote ends its string, by what comes after it; else somebody forgot to escape it.
bool JsonStringReader::ends_value(std::size_t after) {
    const std::size_t next = past_space(after);
    if (next == text_.size()) return true;
    if (is_next_member(after)) return true;
    if (next > after && text_[next] == '"') return true;
    const bool on_next_line = text_.substr(after, next - after).find('\n') != text_.npos;
    return on_next_line || std::string_view(",:;}]{[/").find(text_[next]) != std::string_view::npos;
}

// Whether "key": comes next. After a line break within a string, the string's own end is missing;
// after a string, the comma.
bool JsonStringReader::is_next_member(std::size_t at) {
    constexpr std::size_t kLongestKey = 32;
    const std::size_t start = past_space(at);
    if (start == text_.size() || text_[start] != '"') return false;
    const std::string_view rest = text_.substr(start + 1, kLongestKey);
    const std::size_t end = std::min(
        static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(),
                                                  [](char c) { return is_alpha(c) || c == '_'; }) -
                                 rest.begin()),
        rest.size());
    return end > 0 && rest.substr(end).starts_with("\":");
}

// Whether what comes next is a key that an item begins with; a text may show other objects.
bool JsonStringReader::is_next_item(std::size_t at) {
    if (!is_next_member(at)) return false;
    const std::string_view key = text_.substr(past_space(at) + 1);
    return key.starts_with("id\"") || key.starts_with("url\"") || key.starts_with("title\"") ||
           key.starts_with("content_") || key.starts_with("date_published\"");
}

std::size_t JsonStringReader::copy_escape(std::string& out, std::size_t at) const {
    static constexpr std::string_view kSimple = "\"\\/bfnrt";
    const std::string_view rest = text_.substr(at + 1);
    if (rest.starts_with('u')) return copy_unicode_escape(out, at);
    if (rest.empty() || kSimple.find(rest[0]) == std::string_view::npos) return at + 1;
    out += text_.substr(at, 2);
    return at + 2;
}

std::size_t JsonStringReader::copy_unicode_escape(std::string& out, std::size_t at) const {
    constexpr std::size_t kEscape = 6;  // \uXXXX
    const std::string_view digits = text_.substr(at + 2);
    const auto value = hex4(digits);
    if (!value) return at + 1;  // the backslash alone
    const bool surrogate = *value >= 0xD800 && *value <= 0xDFFF;
    if (!surrogate) {
        if (*value != 0) out += text_.substr(at, kEscape);
        return at + kEscape;
    }
    const auto low = digits.substr(4).starts_with("\\u") ? hex4(digits.substr(6)) : std::nullopt;
    if (*value < 0xDC00 && low && *low >= 0xDC00 && *low <= 0xDFFF) {
        out += text_.substr(at, 2 * kEscape);
        return at + 2 * kEscape;
    }
    out += "\\ufffd";
    return at + kEscape;
}

}  // namespace feedd
