// YAML text → a tree with positions. The one file that knows yaml-cpp.
//
// The tree is built from yaml-cpp's events and not its Node: that keeps where an alias points
// (shared, never copied, so an alias bomb stays as small as its text), tells 'x' from x, and
// takes a tenth of the time and memory on a list of a hundred thousand feeds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"

namespace feedd {

enum class YamlKind : std::uint8_t { null, scalar, sequence, map, alias };

class Abridged;
class YamlNode;

class YamlTree {
  public:
    // Reports what is no YAML, and what YAML allows but a list never means: a second document,
    // tags, control characters, a quote that is never closed. nullopt: reported.
    static std::optional<YamlTree> parse(std::string_view text, Diagnostics& out);
    // As parse(), in four times the time on a long list.
    static std::optional<YamlTree> parse_whole(std::string_view text, Diagnostics& out);

    // kind null: an empty file.
    [[nodiscard]] YamlNode root() const;

  private:
    friend class YamlNode;
    friend class YamlBuilder;
    static std::optional<YamlTree> read(std::string_view text, Diagnostics& out,
                                        Abridged* abridged);
    static constexpr std::uint32_t kNone = 0;  // the index of a null node that is always there

    // 32 bytes; the text of scalars lies in one pool.
    struct Node {
        YamlKind kind = YamlKind::null;
        bool plain = true;
        bool flow = false;
        std::uint32_t line = 0;
        std::uint32_t column = 0;
        std::uint32_t text = 0;  // offset in the pool
        std::uint32_t size = 0;
        std::uint32_t first = kNone;  // first child; of an alias: what it stands for
        std::uint32_t next = kNone;   // next sibling
    };
    std::vector<Node> nodes_{Node{}};
    std::string pool_;
    std::uint32_t root_ = kNone;
};

// A view of one node: valid as long as its tree stays where it is.
class YamlNode {
  public:
    YamlNode() = default;

    // An alias answers with what it stands for, its position included.
    [[nodiscard]] YamlKind kind() const { return target().kind; }
    [[nodiscard]] bool is_null() const { return kind() == YamlKind::null; }
    // Written without quotes.
    [[nodiscard]] bool plain() const { return target().plain; }
    // A sequence or map in brackets.
    [[nodiscard]] bool flow() const { return target().flow; }
    [[nodiscard]] std::string_view text() const {
        return std::string_view(tree_->pool_).substr(target().text, target().size);
    }
    [[nodiscard]] Position position() const { return {target().line, target().column}; }

    // The children: of a sequence its items, of a map key, value, key, value.
    class Iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = YamlNode;
        using difference_type = std::ptrdiff_t;
        using pointer = const YamlNode*;
        using reference = YamlNode;

        Iterator() = default;
        Iterator(const YamlTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
        YamlNode operator*() const { return {tree_, index_}; }
        Iterator& operator++() {
            index_ = tree_->nodes_[index_].next;
            return *this;
        }
        bool operator==(const Iterator& other) const { return index_ == other.index_; }

      private:
        const YamlTree* tree_ = nullptr;
        std::uint32_t index_ = YamlTree::kNone;
    };
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const { return {tree_, YamlTree::kNone}; }

  private:
    friend class YamlTree;
    YamlNode(const YamlTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
    [[nodiscard]] const YamlTree::Node& target() const {
        const YamlTree::Node& node = tree_->nodes_[index_];
        return node.kind == YamlKind::alias ? tree_->nodes_[node.first] : node;
    }

    const YamlTree* tree_ = nullptr;
    std::uint32_t index_ = YamlTree::kNone;
};

inline YamlNode YamlTree::root() const {
    return {this, root_};
}

}  // namespace feedd
