#include "config/edit.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "config/diagnostic.h"
#include "config/flow_end.h"
#include "config/list_style.h"
#include "config/yaml.h"

namespace feedd {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kIndent = 2;  // of the first entry below its key

struct Change {
    std::size_t at = 0;
    std::size_t drop = 0;  // bytes
    std::string add;
};
using Changes = std::vector<Change>;

tl::unexpected<Error> doubt(std::string_view why) {
    return fail(ErrorKind::config, {},
                fmt::format("where a new entry belongs is not clear: {}", why));
}

bool is_blank_or_comment(std::string_view line) {
    const auto start = line.find_first_not_of(" \t\r");
    return start == npos || line[start] == '#';
}

// Columns of spaces before the first character.
std::size_t indent_of(std::string_view line) {
    return std::min(line.size(), line.find_first_not_of(' '));
}

// What follows a value on its line is nothing, or a comment.
bool ends_here(std::string_view rest) {
    rest = rest.substr(0, rest.find('\n'));
    return is_blank_or_comment(rest);
}

// The text of a list with its tree, asked where things stand.
class ListText {
  public:
    ListText(std::string_view text, const YamlTree& tree) : text_(text), tree_(tree), lines_(text) {
        const auto line_end = text.find('\n');
        if (line_end != npos && line_end > 0 && text[line_end - 1] == '\r')
            style_.line_end = "\r\n";
    }

    [[nodiscard]] bool has_feeds_key() const { return feeds_.has_value(); }

    // Looks for the key 'feeds'. False: the root is neither nothing nor a map.
    bool find_feeds() {
        const YamlNode root = tree_.root();
        if (root.is_null()) return true;
        if (root.kind() != YamlKind::map) return false;
        for (auto it = root.begin(); it != root.end(); ++it) {
            const YamlNode key = *it;
            const YamlNode value = *++it;
            if (key.kind() == YamlKind::scalar && key.text() == "feeds") feeds_ = {key, value};
        }
        return true;
    }

    // What makes an empty key 'feeds' at the end of the text.
    [[nodiscard]] Result<Change> key_at_the_end() const {
        const YamlNode root = tree_.root();
        if (!root.is_null() && root.flow()) return doubt("the file is one map in braces");
        const std::size_t indent = root.is_null() ? 0 : root.position().column - 1;
        std::string add;
        if (!text_.empty() && !text_.ends_with('\n')) add += style_.line_end;
        if (!text_.empty() && !trim(lines_.line(lines_.count() - 1)).empty())
            add += style_.line_end;
        add.append(indent, ' ').append("feeds:").append(style_.line_end);
        return Change{.at = text_.size(), .add = std::move(add)};
    }

    [[nodiscard]] Result<Changes> insert(std::span<const NewFeed> feeds) {
        const auto& [key, value] = *feeds_;
        if (value.is_null()) return below_key(feeds, key);
        if (value.kind() != YamlKind::sequence) return doubt("'feeds' is no list");
        const bool alias = lines_.offset(value.position()) < lines_.offset(key.position());
        if (alias) return doubt("'feeds' is an alias");
        learn_style(value, text_, lines_, style_);
        if (value.flow()) return into_brackets(feeds, key, value);
        return behind_last(feeds, value);
    }

  private:
    // An entry as it stands in a block: its dash, and where it ends.
    struct Entry {
        std::size_t line = 0;    // of the dash
        std::size_t column = 0;  // likewise
        std::size_t gap = 0;     // columns between dash and content; 0: on another line
    };

    [[nodiscard]] std::string entries(std::span<const NewFeed> feeds, std::size_t indent,
                                      bool blank_lines = false) const {
        std::string out;
        for (const NewFeed& feed : feeds) {
            if (blank_lines) out += style_.line_end;
            out += block_entry(feed, style_, std::string(indent, ' '));
            out += style_.line_end;
        }
        return out;
    }

    // A block that begins with line `number`; where the text ends without a line end, it still
    // does.
    [[nodiscard]] Change lines_at(std::size_t number, std::string block) const {
        const std::size_t at = lines_.start(number);
        if (at == text_.size() && !text_.empty() && !text_.ends_with('\n')) {
            block.insert(0, style_.line_end);
            block.resize(block.size() - style_.line_end.size());
        }
        return {.at = at, .add = std::move(block)};
    }

    // "feeds:" with nothing in it.
    [[nodiscard]] Result<Changes> below_key(std::span<const NewFeed> feeds, YamlNode key) const {
        const std::size_t at = lines_.offset(key.position());
        const auto colon = text_.find(':', at);
        if (tree_.root().flow() || colon == npos || !ends_here(text_.substr(colon + 1)))
            return doubt("something stands behind 'feeds:'");
        const std::size_t indent = key.position().column - 1 + kIndent;
        return Changes{lines_at(key.position().line, entries(feeds, indent))};
    }

    // "feeds: []" becomes a list of lines: one of three hundred feeds in brackets nobody can read.
    [[nodiscard]] Result<Changes> instead_of_brackets(std::span<const NewFeed> feeds, YamlNode key,
                                                      std::size_t open, std::size_t close) const {
        const bool one_line =
            text_.substr(open, close - open).find('\n') == npos &&
            text_.substr(lines_.offset(key.position()), open - lines_.offset(key.position()))
                    .find('\n') == npos;
        if (tree_.root().flow() || !one_line || !ends_here(text_.substr(close + 1)))
            return doubt("something stands in or beside the empty brackets of 'feeds'");
        std::size_t from = open;
        while (from > 0 && (text_[from - 1] == ' ' || text_[from - 1] == '\t'))
            --from;
        const std::size_t indent = key.position().column - 1 + kIndent;
        return Changes{{.at = from, .drop = close + 1 - from, .add = {}},
                       lines_at(key.position().line, entries(feeds, indent))};
    }

    [[nodiscard]] Result<Changes> into_brackets(std::span<const NewFeed> feeds, YamlNode key,
                                                YamlNode list) const {
        const std::size_t open = text_.find('[', lines_.offset(list.position()));
        const auto end = open == npos ? std::nullopt : flow_end(text_, open);
        if (!end) return doubt("the end of the list was not found");
        if (list.begin() == list.end()) return instead_of_brackets(feeds, key, open, end->bracket);
        YamlNode last;
        for (const YamlNode entry : list)
            last = entry;
        const std::size_t start = lines_.offset(last.position());
        const std::size_t line = last.position().line - 1;
        const std::size_t indent = start - lines_.start(line);
        const bool own_lines = indent_of(lines_.line(line)) == indent && start > open;
        const std::string between =
            own_lines ? "," + std::string(style_.line_end) + std::string(indent, ' ') : ", ";
        std::string joined;
        for (const NewFeed& feed : feeds)
            joined += (joined.empty() ? "" : between) + flow_entry(feed, style_);
        const std::size_t behind = end->last + 1;  // the last entry, or the comma that it has
        const bool bracket_below = text_.substr(behind, end->bracket - behind).find('\n') != npos;
        if (own_lines && bracket_below) {
            // A comment may stand behind the last entry.
            std::size_t line_end = text_.find('\n', behind);
            if (line_end > 0 && text_[line_end - 1] == '\r') --line_end;
            std::string block = between.substr(1) + joined + (end->comma ? "," : "");
            if (end->comma) return Changes{{.at = line_end, .add = std::move(block)}};
            return Changes{{.at = behind, .add = ","}, {.at = line_end, .add = std::move(block)}};
        }
        if (end->comma) return Changes{{.at = behind, .add = between.substr(1) + joined + ","}};
        return Changes{{.at = behind, .add = between + joined}};
    }

    // Where the dash of an entry stands: before it, or alone on a line above.
    [[nodiscard]] std::optional<Entry> entry_of(YamlNode node) const {
        std::size_t line = node.position().line - 1;
        const std::string_view head = lines_.line(line).substr(0, node.position().column - 1);
        const std::size_t column = indent_of(head);
        if (column < head.size() && head[column] == '-') {
            std::string_view rest = head.substr(column + 1);
            const std::size_t gap = std::min(rest.size(), rest.find_first_not_of(' '));
            rest.remove_prefix(gap);
            if (gap == 0 || (!rest.empty() && rest.front() != '&')) return std::nullopt;
            return Entry{.line = line, .column = column, .gap = gap};
        }
        if (column != head.size()) return std::nullopt;
        while (line > 0) {
            const std::string_view above = lines_.line(--line);
            if (is_blank_or_comment(above)) continue;
            const std::size_t dash = indent_of(above);
            if (dash == above.size() || above[dash] != '-' || !ends_here(above.substr(dash + 1)))
                return std::nullopt;
            return Entry{.line = line, .column = dash};
        }
        return std::nullopt;
    }

    // The line behind an entry: what is indented deeper than its dash belongs to it, comments too.
    [[nodiscard]] std::size_t line_behind(const Entry& entry, YamlNode node) const {
        std::size_t line = node.position().line - 1;
        if (node.kind() == YamlKind::map && node.flow()) {
            const auto end = flow_end(text_, lines_.offset(node.position()));
            while (end && lines_.start(line + 1) <= end->bracket && line + 1 < lines_.count())
                ++line;
        }
        for (std::size_t next = line + 1; next < lines_.count(); ++next) {
            const std::string_view text = lines_.line(next);
            if (trim(text).empty()) continue;
            if (indent_of(text) <= entry.column) break;
            line = next;
        }
        return line + 1;
    }

    // Every entry but the first has an empty line above it, or above the comment over it.
    [[nodiscard]] bool is_spaced(std::size_t dash_line) const {
        while (dash_line > 0) {
            const std::string_view above = lines_.line(--dash_line);
            if (trim(above).empty()) return true;
            if (!is_blank_or_comment(above)) return false;
        }
        return false;
    }

    [[nodiscard]] Result<Changes> behind_last(std::span<const NewFeed> feeds, YamlNode list) {
        std::optional<Entry> entry;
        YamlNode last;
        std::size_t count = 0;
        bool spaced = true;
        for (const YamlNode node : list) {
            const auto found = entry_of(node);
            if (!found || (entry && entry->column != found->column))
                return doubt(fmt::format("the entry in line {} does not begin as the others do",
                                         node.position().line));
            if (++count > 1) spaced = spaced && is_spaced(found->line);
            entry = found;
            last = node;
        }
        if (!entry) return doubt("the list is empty");
        style_.gap = std::max<std::size_t>(entry->gap, 1);
        return Changes{lines_at(line_behind(*entry, last),
                                entries(feeds, entry->column, spaced && count > 1))};
    }

    std::string_view text_;
    const YamlTree& tree_;
    Lines lines_;
    ListStyle style_;
    std::optional<std::pair<YamlNode, YamlNode>> feeds_;  // key, value
};

// `changes` in the order of their places.
std::string changed(std::string_view text, const Changes& changes) {
    std::string out;
    std::size_t at = 0;
    for (const Change& change : changes) {
        out += text.substr(at, change.at - at);
        out += change.add;
        at = change.at + change.drop;
    }
    return out + std::string(text.substr(at));
}

Result<EditedText> edited(std::string_view text, std::span<const NewFeed> feeds, bool may_add_key) {
    Diagnostics out;
    out.begin_file({});
    const auto tree = YamlTree::parse(text, out);
    if (!tree) return tl::unexpected(out.errors().front());
    ListText list(text, *tree);
    if (!list.find_feeds()) return doubt("the file is no map");
    if (!list.has_feeds_key()) {
        if (!may_add_key) return doubt("the key 'feeds' did not fit in");
        const auto key = list.key_at_the_end();
        if (!key) return tl::unexpected<Error>(key.error());
        return edited(changed(text, {*key}), feeds, false);
    }
    const auto changes = list.insert(feeds);
    if (!changes) return tl::unexpected<Error>(changes.error());
    return EditedText{.text = changed(text, *changes), .before = std::string(text)};
}

}  // namespace

Result<EditedText> with_feeds(std::string_view text, std::span<const NewFeed> feeds) {
    if (!text.starts_with(kByteOrderMark)) return edited(text, feeds, true);
    auto rest = edited(text.substr(kByteOrderMark.size()), feeds, true);
    if (!rest) return rest;
    rest->text.insert(0, kByteOrderMark);
    rest->before.insert(0, kByteOrderMark);
    return rest;
}

std::string entries_to_paste(std::span<const NewFeed> feeds) {
    std::string out;
    for (const NewFeed& feed : feeds)
        out += block_entry(feed, {}, "  ") + "\n";
    return out;
}

}  // namespace feedd
