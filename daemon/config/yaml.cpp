#include "config/yaml.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "base/text.h"
#include "config/abridged.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxNodes = 8'000'000;  // 32 bytes each; half a million feeds in long form
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    return text;
}

Position position_of(const YAML::Mark& mark) {
    return {static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1};
}

// From `position`, which yaml-cpp counts in bytes, to the end of `text`.
std::string_view text_from(std::string_view text, Position position) {
    for (std::size_t line = 1; line < position.line; ++line) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    return text.substr(std::min(text.size(), position.column - 1));
}

// The value behind "&anchor" and "!!tag".
std::string_view without_properties(std::string_view text) {
    while (text.starts_with('&') || text.starts_with('!')) {
        while (!text.empty() && !is_space(text.front()))
            text.remove_prefix(1);
        while (!text.empty() && is_space(text.front()))
            text.remove_prefix(1);
    }
    return text;
}

// yaml-cpp takes the end of the file for the end of a quoted text; whoever forgot the quote lost
// all that follows it.
bool quote_is_closed(std::string_view text) {
    text = without_properties(text);
    if (text.empty()) return true;
    const char quote = text.front();
    if (quote != '"' && quote != '\'') return true;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            if (quote == '"' || i + 1 == text.size() || text[i + 1] != quote) return true;
            ++i;
        }
    }
    return false;
}

bool has_tab_in_indentation(std::string_view line) {
    const auto end = line.find_first_not_of(" \t");
    return line.substr(0, end).find('\t') != std::string_view::npos;
}

bool is_known_tag(const std::string& tag) {
    static constexpr std::array<std::string_view, 7> kKnown{"str",  "int", "float", "bool",
                                                            "null", "map", "seq"};
    static constexpr std::string_view kCore = "tag:yaml.org,2002:";
    if (tag.empty() || tag == "?" || tag == "!") return true;
    if (!tag.starts_with(kCore)) return false;
    return std::find(kKnown.begin(), kKnown.end(), tag.substr(kCore.size())) != kKnown.end();
}

// What yaml-cpp would read wrongly without a word: it takes U+0004 for the end of the file, and
// bytes that are no UTF-8 for text.
bool check_characters(std::string_view text, Diagnostics& out) {
    std::size_t number = 0;
    bool clean = true;
    while (!text.empty()) {
        ++number;
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        const auto bad = std::find_if(line.begin(), line.end(), [](char c) {
            return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r') || c == 0x7F;
        });
        if (!is_utf8(line)) {
            out.add({number, 1}, "this line is no UTF-8", "save the file as UTF-8");
            clean = false;
        } else if (bad != line.end()) {
            const Position at{number, static_cast<std::size_t>(bad - line.begin()) + 1};
            out.add(at, fmt::format("a control character, U+{:04X}", static_cast<unsigned>(*bad)));
            clean = false;
        }
        if (!clean || end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return clean;
}

}  // namespace

// Links the nodes of yaml-cpp's events into a tree.
class YamlBuilder final : public YAML::EventHandler {
  public:
    // `abridged`: what is read in place of the text, each sign in it for a URL; null: the text.
    YamlBuilder(YamlTree& tree, Diagnostics& out, std::string_view text,
                Abridged* abridged = nullptr)
        : tree_(tree), out_(out), text_(text), abridged_(abridged) {}

    // To its end, or that of the first document: yaml-cpp 0.7 takes a ',' behind it for another
    // one, and never gets past it.
    void read() {
        std::istringstream in{abridged_ == nullptr ? std::string(text_) : abridged_->text()};
        YAML::Parser parser(in);
        while (documents_ < 2 && parser.HandleNextDocument(*this)) {
        }
    }

    // What stands for a URL turned up elsewhere: nothing that was built holds.
    struct SignElsewhere {};

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ != 2) return;
        const Position at = position_of(mark);
        if (text_from(text_, at).starts_with(',')) {
            out_.add(at, "a ',' where none can stand", "remove it");
        } else {
            out_.add(at, "a second YAML document begins here",
                     "a file holds one list: remove the '---'");
        }
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(mark, anchor, {.kind = YamlKind::null});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const std::uint32_t target = anchor < anchors_.size() ? anchors_[anchor] : YamlTree::kNone;
        add(mark, 0, {.kind = YamlKind::alias, .first = target});
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& written) override {
        check_tag(mark, tag);
        const bool plain = tag == "?";
        const std::string_view value = abridged_ == nullptr ? written : meant(mark, written, plain);
        if (!plain) last_quoted_ = position_of(mark);
        add(mark, anchor,
            {.kind = YamlKind::scalar,
             .plain = plain,
             .text = static_cast<std::uint32_t>(tree_.pool_.size()),
             .size = static_cast<std::uint32_t>(value.size())});
        tree_.pool_ += value;
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        check_tag(mark, tag);
        open(mark, anchor, YamlKind::sequence, style);
    }
    void OnSequenceEnd() override { open_.pop_back(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        check_tag(mark, tag);
        open(mark, anchor, YamlKind::map, style);
    }
    void OnMapEnd() override { open_.pop_back(); }

    [[nodiscard]] std::optional<Position> last_quoted() const { return last_quoted_; }
    // Where the innermost '[' or '{' that is still open stands.
    [[nodiscard]] std::optional<Position> open_bracket(std::string_view text) const {
        for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
            if (!it->flow) continue;
            const std::string_view rest = without_properties(text_from(text, it->position));
            if (rest.starts_with('[') || rest.starts_with('{')) return it->position;
        }
        return std::nullopt;
    }

  private:
    struct Open {
        std::uint32_t node;
        std::uint32_t last;  // child, to link the next one to
        Position position;
        bool flow;
    };

    std::string_view meant(const YAML::Mark& mark, std::string_view written, bool plain) {
        if (written.find(Abridged::kSign) == std::string_view::npos) return written;
        const bool flow = std::ranges::any_of(open_, &Open::flow);
        const auto url = abridged_->at(position_of(mark));
        if (written != Abridged::kSign || !plain || flow || !url) throw SignElsewhere{};
        return *url;
    }

    void check_tag(const YAML::Mark& mark, const std::string& tag) {
        if (documents_ > 1 || is_known_tag(tag)) return;
        out_.add(position_of(mark),
                 fmt::format("the YAML tag {} means nothing here", in_quotes(tag)),
                 "quote a text that begins with '!'");
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, YamlKind kind,
              YAML::EmitterStyle::value style) {
        const bool flow = style == YAML::EmitterStyle::Flow;
        const std::uint32_t node = add(mark, anchor, {.kind = kind, .flow = flow});
        open_.push_back({node, YamlTree::kNone, position_of(mark), flow});
    }

    std::uint32_t add(const YAML::Mark& mark, YAML::anchor_t anchor, YamlTree::Node node) {
        if (documents_ > 1) return YamlTree::kNone;
        if (tree_.nodes_.size() == kMaxNodes) throw YAML::ParserException(mark, "too many values");
        const Position at = position_of(mark);
        node.line = static_cast<std::uint32_t>(at.line);
        node.column = static_cast<std::uint32_t>(at.column);
        const auto index = static_cast<std::uint32_t>(tree_.nodes_.size());
        tree_.nodes_.push_back(node);
        if (anchor != 0) {
            if (anchors_.size() <= anchor) anchors_.resize(anchor + 1, YamlTree::kNone);
            anchors_[anchor] = index;
        }
        if (open_.empty()) {
            tree_.root_ = index;
        } else {
            Open& parent = open_.back();
            std::uint32_t& link = parent.last == YamlTree::kNone ? tree_.nodes_[parent.node].first
                                                                 : tree_.nodes_[parent.last].next;
            link = index;
            parent.last = index;
        }
        return index;
    }

    YamlTree& tree_;
    Diagnostics& out_;
    std::string_view text_;
    Abridged* abridged_;
    int documents_ = 0;
    std::vector<Open> open_;
    std::vector<std::uint32_t> anchors_;  // by yaml-cpp's number, which counts from 1
    std::optional<Position> last_quoted_;
};

namespace {

// yaml-cpp's message in the reader's terms; it points at where it gave up, which for a bracket or
// a quote may be far from the cause.
void report_syntax(const YAML::Exception& error, std::string_view text, const YamlBuilder& builder,
                   Diagnostics& out) {
    static constexpr auto npos = std::string_view::npos;
    const std::string_view said = error.msg;
    const Position at = position_of(error.mark);
    const std::string_view line = text_from(text, {at.line, 1});
    if (said.find("tab") != npos || has_tab_in_indentation(line.substr(0, line.find('\n')))) {
        return out.add(at, "a tab in the indentation", "indent with spaces");
    }
    if (said.find("flow not found") != npos) {
        const auto bracket = builder.open_bracket(text);
        return out.add(bracket.value_or(at), "a bracket opened here is never closed",
                       "close it with ']' or '}'");
    }
    if (said.find("illegal map value") != npos) {
        return out.add(at, "a ':' where none can stand",
                       "quote a value that has ': ' in it; check the indentation");
    }
    if (said.find("anchor is not defined") != npos) {
        return out.add(at, "this alias names no anchor above it",
                       "quote a value that begins with '*'");
    }
    if (dynamic_cast<const YAML::DeepRecursion*>(&error) != nullptr) {
        return out.add(at, "nested too deeply");
    }
    if (said.find("end of map not found") != npos ||
        said.find("end of sequence not found") != npos || said.find("block entry") != npos) {
        return out.add(at, "this line does not fit the lines above it", "check the indentation");
    }
    out.add(at, fmt::format("no valid YAML: {}", said));
}

}  // namespace

std::optional<YamlTree> YamlTree::parse(std::string_view text, Diagnostics& out) {
    text = without_mark(text);
    if (auto abridged = Abridged::of(text)) {
        Diagnostics untold;  // what is wrong with the text is told by reading the whole
        try {
            if (auto tree = read(text, untold, &*abridged)) return tree;
        } catch (const YamlBuilder::SignElsewhere&) {
        }
    }
    return read(text, out, nullptr);
}

std::optional<YamlTree> YamlTree::parse_whole(std::string_view text, Diagnostics& out) {
    return read(without_mark(text), out, nullptr);
}

std::optional<YamlTree> YamlTree::read(std::string_view text, Diagnostics& out,
                                       Abridged* abridged) {
    if (!check_characters(text, out)) return std::nullopt;
    const std::size_t before = out.count();
    YamlTree tree;
    YamlBuilder builder(tree, out, text, abridged);
    const auto check_quote = [&] {
        const std::optional<Position> last = builder.last_quoted();
        if (!last || quote_is_closed(text_from(text, *last))) return true;
        out.add(*last, "a quote opened here is never closed");
        return false;
    };
    try {
        builder.read();
        check_quote();
    } catch (const YAML::Exception& error) {
        if (check_quote()) report_syntax(error, text, builder, out);
    }
    if (out.count() != before) return std::nullopt;
    return tree;
}

YamlNode::Iterator YamlNode::begin() const {
    const YamlTree::Node& node = target();
    const bool has_children = node.kind == YamlKind::sequence || node.kind == YamlKind::map;
    return {tree_, has_children ? node.first : YamlTree::kNone};
}

}  // namespace feedd
