#include "parse/json_text.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/text.h"
#include "parse/json_string.h"
#include "parse/json_word.h"

namespace feedd {

namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kDeepest = 256;  // brackets; what is deeper has no meaning in any feed

// Reads what is there and writes JSON: commas and colons are its own, so that what it writes is
// valid whatever it has read.
class JsonMender {
  public:
    explicit JsonMender(std::string_view text) : text_(text), strings_(text) {
        out_.reserve(text.size());
    }

    MendedJson mended() {
        at_ = start();
        if (at_ > 0 && at_ < text_.size() && text_.find('[') < at_ && is_list_of_objects())
            at_ = text_.find('[');
        while (at_ < text_.size() && !done_)
            read_one();
        const bool cut_short = !open_.empty();
        if (cut_short) close_what_is_complete();
        return {std::move(out_), cut_short};
    }

  private:
    struct Open {
        char bracket = '{';
        bool has_values = false;
        bool holds_items = false;  // the list of the items of a feed
        std::string key;           // quoted; "" if none has been read
    };

    // The first brace that opens an object: that of "Notice: {x}" in front of one holds no member.
    [[nodiscard]] std::size_t start() const {
        const std::size_t first = std::min(text_.find('{'), text_.size());
        for (std::size_t at = first; at < text_.size(); at = text_.find('{', at + 1)) {
            const std::size_t next = text_.find_first_of(":{}[", at + 1);
            if (next == kNone || text_[next] != '}') return at;
        }
        return first;
    }

    [[nodiscard]] bool is_list_of_objects() const {
        const std::size_t bracket = text_.find('[');
        return trim(text_.substr(bracket + 1, at_ - bracket - 1)).empty();
    }

    // The next character that is not white space, from `at` on; NUL at the end.
    [[nodiscard]] char next_after(std::size_t at) const {
        const std::size_t found = text_.find_first_not_of(" \t\r\n", at);
        return found == kNone ? '\0' : text_[found];
    }

    void read_one() {
        const char c = text_[at_];
        if (is_space(c) || c == ',' || c == ';' || c == ':') {
            if (c == ',' || c == ';') end_member();
            ++at_;
        } else if (c == '{' || c == '[') {
            open(c);
            ++at_;
        } else if (c == '}' || c == ']') {
            ++at_;
            close(c);
        } else if (c == '"' || c == '\'') {
            read_string();
        } else if (text_.substr(at_).starts_with("/*")) {
            skip_comment();
        } else if (text_.substr(at_).starts_with("//")) {
            at_ = after(text_.find('\n', at_), 1);
        } else {
            read_word();
        }
    }

    void skip_comment() {
        at_ += 2;
        if (never_ends_) return;  // what never ends is no comment
        const std::size_t end = text_.find("*/", at_);
        never_ends_ = end == kNone;
        if (!never_ends_) at_ = end + 2;
    }

    [[nodiscard]] std::size_t after(std::size_t found, std::size_t length) const {
        return found == kNone ? text_.size() : found + length;
    }

    // A key without a value is none.
    void end_member() {
        if (open_.empty()) return;
        open_.back().key.clear();
        if (open_.size() == 1) remember_complete();
    }

    void read_string() {
        if (const std::size_t colon = end_of_unclosed_key(); colon != kNone) {
            const std::string_view key = text_.substr(at_ + 1, colon - at_ - 1);
            at_ = colon;
            take("\"" + std::string(key) + "\"", true);
            return;
        }
        std::string string;
        const std::size_t end = strings_.append(string, at_);
        if (end == kNone) {
            done_ = true;  // cut off within it
            return;
        }
        at_ = end;
        take(std::move(string), next_after(at_) == ':');
    }

    // Of "title:"T", the colon, where a key is due; kNone: it is not like that.
    [[nodiscard]] std::size_t end_of_unclosed_key() const {
        const bool due = !open_.empty() && open_.back().bracket == '{' && open_.back().key.empty();
        if (!due) return kNone;
        std::size_t end = at_ + 1;
        while (end < text_.size() && (is_alpha(text_[end]) || text_[end] == '_'))
            ++end;
        if (end == at_ + 1 || end == text_.size() || text_[end] != ':') return kNone;
        const std::size_t value = text_.find_first_not_of(" \t\r\n", end + 1);
        if (value == kNone || std::string_view("\"[{").find(text_[value]) == kNone) return kNone;
        // "title:": "T" has a colon too many.
        return next_after(value + 1) == ':' ? kNone : end;
    }

    void read_word() {
        const std::size_t end =
            std::min(text_.find_first_of(" \t\r\n,:;{}[]\"", at_ + 1), text_.size());
        const std::string_view word = text_.substr(at_, end - at_);
        const bool is_key = next_after(end) == ':';
        at_ = end;
        if (is_key) {
            take("\"" + std::string(trim_quotes(json_of_word(word))) + "\"", true);
        } else if (end < text_.size()) {  // at the end, half of it may be missing
            take(json_of_word(word), false);
        }
    }

    static std::string_view trim_quotes(std::string_view text) {
        if (text.size() >= 2 && text.starts_with('"')) return text.substr(1, text.size() - 2);
        return text;
    }

    // A string or a word: a key or a value, by what is expected and by the colon after it.
    void take(std::string value, bool before_colon) {
        if (open_.empty()) return;
        if (open_.back().bracket == '[' && before_colon) {
            if (is_in_items()) {
                open('{');  // an item's brace is missing
            } else if (open_.size() > 1) {
                pop();  // the bracket is
            }
        }
        Open& inner = open_.back();
        const bool is_key = inner.bracket == '{' && (inner.key.empty() || before_colon);
        if (!is_key) {
            begin_value();
            out_ += value;
            if (open_.size() == 1) remember_complete();
        } else if (value.starts_with('"')) {
            inner.key = std::move(value);
        }
    }

    // What stands before a value in what is open.
    void begin_value() {
        if (open_.empty()) return;
        Open& inner = open_.back();
        if (inner.has_values) out_ += ',';
        inner.has_values = true;
        if (inner.bracket == '{') {
            out_ += inner.key.empty() ? "\"\"" : inner.key;
            out_ += ':';
            inner.key.clear();
        }
    }

    void open(char bracket) {
        if (open_.size() == kDeepest) return;
        // An object where a key should be: the one before has lost its end.
        const bool misplaced = !open_.empty() && open_.back().bracket == '{' &&
                               open_.back().key.empty() && bracket == '{';
        if (misplaced && open_.size() > 1 && open_[open_.size() - 2].bracket == '[') pop();
        const bool holds_items = bracket == '[' && open_.size() == 1 && open_[0].key == "\"items\"";
        begin_value();
        open_.push_back(
            {.bracket = bracket, .has_values = false, .holds_items = holds_items, .key = {}});
        out_ += bracket;
    }

    void close(char bracket) {
        const char opened = bracket == '}' ? '{' : '[';
        if (open_.empty()) return;
        if (open_.back().bracket != opened) {
            const bool is_open =
                std::any_of(open_.begin(), open_.end(),
                            [opened](const Open& open) { return open.bracket == opened; });
            if (!is_open || goes_on(opened)) return;
            while (open_.back().bracket != opened)
                pop();
        }
        if (open_.size() == 1 && next_after(at_) == ',' && next_after(past_comma()) == '"') return;
        pop();
        done_ = open_.empty();
    }

    [[nodiscard]] std::size_t past_comma() const { return after(text_.find(',', at_), 1); }

    // "}}, {": the brace too many does not end the list. Nor does a bracket end the list of the
    // items while an item is open, unless the feed itself goes on; in a list of an item's, the
    // brace before it is missing.
    [[nodiscard]] bool goes_on(char opened) const {
        const char next = next_after(at_);
        if (opened == '{') return is_in_items() && next == ',' && next_after(past_comma()) == '{';
        const auto items = std::find_if(open_.begin(), open_.end(),
                                        [](const Open& open) { return open.holds_items; });
        const bool inner = items != open_.end() &&
                           std::any_of(items + 1, open_.end(),
                                       [](const Open& open) { return open.bracket == '['; });
        if (next == '}') return !inner;
        return next == ',' && items != open_.end() && !inner && !names_feed(past_comma());
    }

    // Whether a member is next at `at` that a feed has, and no item.
    [[nodiscard]] bool names_feed(std::size_t at) const {
        constexpr auto kKeys = std::to_array<std::string_view>(
            {"version", "home_page_url", "feed_url", "description", "user_comment", "next_url",
             "icon", "favicon", "expired", "hubs"});
        const std::size_t quote = text_.find_first_not_of(" \t\r\n", at);
        if (quote == kNone || text_[quote] != '"') return false;
        const std::string_view rest = text_.substr(quote + 1);
        return std::any_of(kKeys.begin(), kKeys.end(), [rest](std::string_view key) {
            return rest.starts_with(key) && rest.substr(key.size()).starts_with('"');
        });
    }

    void pop() {
        out_ += open_.back().bracket == '{' ? '}' : ']';
        open_.pop_back();
        if (!open_.empty()) open_.back().key.clear();
        if (is_in_items()) remember_complete();
    }

    // In a list right inside of the outermost object, that of the items.
    [[nodiscard]] bool is_in_items() const {
        return open_.size() == 2 && open_[0].bracket == '{' && open_[1].bracket == '[';
    }

    // Up to here, closed by what is open, the document is whole: a member of the feed or an item
    // has just ended.
    void remember_complete() {
        complete_ = out_.size();
        closing_ = is_in_items() ? "]}" : "";
        if (open_.size() == 1) closing_ = open_[0].bracket == '{' ? "}" : "]";
    }

    void close_what_is_complete() {
        out_.resize(complete_);
        out_ += closing_;
    }

    std::string_view text_;
    JsonStringReader strings_;
    std::size_t at_ = 0;
    std::string out_;
    std::vector<Open> open_;
    bool done_ = false;
    bool never_ends_ = false;  // a comment from here on
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
