// The short way: lists as nearly all are, line by line, at a twentieth of yaml-cpp's time. What is
// not as simple as that is left to yaml-cpp as a whole, errors included; what is read here, it
// reads the same (tests/config/yaml_test.cpp).
#include <array>

#include "base/text.h"
#include "config/yaml.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxDepth = 16;
constexpr std::size_t kMaxKey = 64;  // bytes; a line that is all key is something else
constexpr std::size_t kMaxNodes = 8'000'000;

bool is_word(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_one_of(std::string_view set, char c) noexcept {
    return set.find(c) != std::string_view::npos;
}

// yaml-cpp takes them for no value.
bool is_null_word(std::string_view text) noexcept {
    return text == "null" || text == "Null" || text == "NULL";
}

}  // namespace

class YamlLines {
  public:
    YamlLines(std::string_view text, YamlTree& tree) : rest_(text), tree_(tree) {}

    [[nodiscard]] bool read() {
        next_line();
        if (at_end_) return false;
        Children root;
        block(root, 0);
        tree_.root_ = root.first;
        return sound_ && at_end_;
    }

  private:
    // Of a node, linked one after the other.
    struct Children {
        std::uint32_t first = YamlTree::kNone;
        std::uint32_t last = YamlTree::kNone;
    };

    std::uint32_t add(Children& of, YamlTree::Node node, std::size_t column) {
        if (tree_.nodes_.size() == kMaxNodes) sound_ = false;
        node.line = static_cast<std::uint32_t>(number_);
        node.column = static_cast<std::uint32_t>(column + 1);
        const auto index = static_cast<std::uint32_t>(tree_.nodes_.size());
        tree_.nodes_.push_back(node);
        (of.last == YamlTree::kNone ? of.first : tree_.nodes_[of.last].next) = index;
        of.last = index;
        return index;
    }

    // To the next line with anything on it.
    void next_line() {
        while (!rest_.empty()) {
            ++number_;
            const auto end = rest_.find('\n');
            line_ = rest_.substr(0, end);
            rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
            if (line_.find_first_of("\t\r") != std::string_view::npos) sound_ = false;
            indent_ = line_.find_first_not_of(' ');
            if (indent_ != std::string_view::npos && line_[indent_] != '#') {
                at_ = indent_;
                return;
            }
        }
        at_end_ = true;
        indent_ = 0;
        line_ = {};
        at_ = 0;
    }

    [[nodiscard]] bool goes_on(std::size_t column) const {
        return sound_ && !at_end_ && indent_ == column;
    }
    [[nodiscard]] char here() const { return at_ < line_.size() ? line_[at_] : '\n'; }
    [[nodiscard]] char after() const { return at_ + 1 < line_.size() ? line_[at_ + 1] : '\n'; }
    [[nodiscard]] bool at_dash() const { return here() == '-' && after() == ' '; }
    void skip_spaces() {
        while (here() == ' ')
            ++at_;
    }

    // The size of "key" where "key:" stands here, else 0.
    [[nodiscard]] std::size_t key_here() const {
        std::size_t size = 0;
        while (at_ + size < line_.size() &&
               (is_word(line_[at_ + size]) || line_[at_ + size] == '_' ||
                (size > 0 && line_[at_ + size] == '-')))
            ++size;
        const std::string_view rest = line_.substr(at_ + size);
        const bool is_key = rest.starts_with(':') && (rest.size() == 1 || rest[1] == ' ');
        return is_key && size <= kMaxKey ? size : 0;
    }

    // A sequence or map that begins here.
    void block(Children& of, std::size_t depth) {
        if (depth > kMaxDepth) sound_ = false;
        if (!sound_) return;
        if (at_dash()) {
            sequence(of, depth);
        } else if (key_here() > 0) {
            map(of, depth);
        } else {
            sound_ = false;
        }
    }

    void sequence(Children& of, std::size_t depth) {
        const std::size_t column = at_;
        const std::uint32_t node = add(of, {.kind = YamlKind::sequence}, column);
        Children items;
        while (goes_on(column) && at_dash()) {
            ++at_;
            skip_spaces();
            if (key_here() > 0) {
                indent_ = at_;  // as if the dash were a blank
                map(items, depth + 1);
            } else {
                value(items, depth + 1, false);
                end_of_line(column);
            }
        }
        check_column(column);
        tree_.nodes_[node].first = items.first;
    }

    void map(Children& of, std::size_t depth) {
        const std::size_t column = at_;
        const std::uint32_t node = add(of, {.kind = YamlKind::map}, column);
        Children pairs;
        while (goes_on(column) && !at_dash()) {
            const std::size_t size = key_here();
            if (size == 0) sound_ = false;
            if (!sound_) return;
            scalar(pairs, line_.substr(at_, size), at_, true);
            at_ += size + 1;
            skip_spaces();
            if (here() == '\n' || here() == '#') {
                next_line();
                const bool nested = indent_ > column || (indent_ == column && at_dash());
                if (at_end_ || !nested) sound_ = false;
                block(pairs, depth + 1);
            } else {
                value(pairs, depth + 1, false);
                end_of_line(column);
            }
        }
        check_column(column);
        tree_.nodes_[node].first = pairs.first;
    }

    // What comes next belongs to somebody further out, or is out of line.
    void check_column(std::size_t column) {
        if (!at_end_ && indent_ > column) sound_ = false;
    }

    // After a value only a comment may stand, and nothing that would go on with it below.
    void end_of_line(std::size_t column) {
        const std::size_t end = at_;
        skip_spaces();
        if (here() == '#' && at_ == end) sound_ = false;
        if (here() != '\n' && here() != '#') sound_ = false;
        next_line();
        check_column(column);
    }

    void scalar(Children& of, std::string_view text, std::size_t column, bool plain) {
        if (plain && is_null_word(text)) sound_ = false;
        add(of,
            {.kind = YamlKind::scalar,
             .plain = plain,
             .text = static_cast<std::uint32_t>(tree_.pool_.size()),
             .size = static_cast<std::uint32_t>(text.size())},
            column);
        tree_.pool_ += text;
    }

    void value(Children& of, std::size_t depth, bool flow) {
        const char c = here();
        if (c == '"' || c == '\'') {
            quoted(of, c);
        } else if (c == '[' || c == '{') {
            brackets(of, depth);
        } else {
            plain(of, flow);
        }
    }

    void quoted(Children& of, char quote) {
        const std::size_t begin = at_ + 1;
        const auto end = line_.find_first_of(quote == '"' ? "\"\\" : "'", begin);
        if (end == std::string_view::npos || line_[end] == '\\') return give_up();
        at_ = end + 1;
        if (here() == quote) return give_up();  // '' in single quotes
        scalar(of, line_.substr(begin, end - begin), begin - 1, false);
    }

    void plain(Children& of, bool flow) {
        constexpr std::string_view kAnywhere = "._~/=&%+@-";
        constexpr std::string_view kInBlocks = " ?:$();!'*,#\"";
        constexpr std::string_view kAtTheBeginning = "/._";
        if (!is_word(here()) && !is_one_of(kAtTheBeginning, here())) return give_up();
        const std::size_t begin = at_;
        for (; at_ < line_.size(); ++at_) {
            const char c = here();
            if (is_word(c) || is_one_of(kAnywhere, c) || (c & 0x80) != 0) continue;
            if (c == ':' && (is_word(after()) || after() == '/')) continue;
            if (flow || !is_one_of(kInBlocks, c)) break;
            if (c == ':' && (after() == ' ' || after() == '\n')) return give_up();
            if (c == ' ' && after() == '#') break;
        }
        std::size_t end = at_;
        while (end > begin && line_[end - 1] == ' ')
            --end;
        at_ = end;
        scalar(of, line_.substr(begin, end - begin), begin, true);
    }

    // On this line, to its end.
    void brackets(Children& of, std::size_t depth) {
        if (depth > kMaxDepth) return give_up();
        const bool is_map = here() == '{';
        const char close = is_map ? '}' : ']';
        const std::uint32_t node =
            add(of, {.kind = is_map ? YamlKind::map : YamlKind::sequence, .flow = true}, at_);
        ++at_;
        skip_spaces();
        Children parts;
        while (sound_ && here() != close) {
            if (is_map) {
                const std::size_t size = key_here();
                if (size == 0 || at_ + size + 1 >= line_.size()) return give_up();
                scalar(parts, line_.substr(at_, size), at_, true);
                at_ += size + 1;
                skip_spaces();
            } else if (key_here() > 0) {
                return give_up();  // a pair without braces
            }
            value(parts, depth + 1, true);
            skip_spaces();
            if (here() == ',') {
                ++at_;
                skip_spaces();
                if (here() == close) return give_up();
            } else if (here() != close) {
                return give_up();
            }
        }
        ++at_;
        tree_.nodes_[node].first = parts.first;
    }

    void give_up() { sound_ = false; }

    std::string_view rest_;
    YamlTree& tree_;
    std::string_view line_;
    std::size_t number_ = 0;
    std::size_t indent_ = 0;
    std::size_t at_ = 0;
    bool at_end_ = false;
    bool sound_ = true;
};

std::optional<YamlTree> YamlTree::parse_simple(std::string_view text) {
    YamlTree tree;
    if (!YamlLines(text, tree).read()) return std::nullopt;
    return tree;
}

}  // namespace feedd
