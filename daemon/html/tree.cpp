#include "html/tree.h"

#include <algorithm>
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

#include <gumbo.h>

#include "html/elements.h"
#include "html/escape.h"
#include "html/tokenizer.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxBytes = 4 << 20;  // gumbo reads about 10 MB a second

// Articles take 12 times their size, 71 times is the most for tags alone; what takes more are
// formatting elements that are reopened again and again.
constexpr std::size_t kMemoryPerByte = 96;
constexpr std::size_t kMemoryAnyway = 1 << 20;
constexpr std::size_t kMemoryAtMost = 64 << 20;

constexpr std::size_t kFirstBlock = 64 << 10;
constexpr std::size_t kLargestBlock = 4 << 20;

// Memory for one tree, given back all at once, which is also the fastest way.
//
// Gumbo does not check what an allocation returns. When the budget is spent, the way out is a jump
// over its frames: they are C and own nothing but memory from here, so nothing is left behind.
class Arena {
  public:
    explicit Arena(std::size_t budget) : budget_(budget) {}

    [[nodiscard]] std::jmp_buf& exhausted() noexcept { return exhausted_; }

    static void* allocate(void* arena, std::size_t size) noexcept {
        return static_cast<Arena*>(arena)->take(size);
    }
    static void release(void* /*arena*/, void* /*memory*/) noexcept {}

  private:
    void* take(std::size_t size) noexcept {
        constexpr std::size_t kGrain = alignof(std::max_align_t);
        size = (size + kGrain - 1) / kGrain * kGrain;
        if (size > room_ && !add_block(size)) std::longjmp(exhausted_, 1);
        std::byte* const memory = next_;
        next_ += size;
        room_ -= size;
        return memory;
    }

    [[nodiscard]] bool add_block(std::size_t least) noexcept {
        const std::size_t size = std::max(least, block_size_);
        if (size > budget_) return false;
        Block block(new (std::nothrow) std::byte[size]);
        if (!block) return false;
        next_ = block.get();
        room_ = size;
        budget_ -= size;
        block_size_ = std::min(2 * block_size_, kLargestBlock);
        try {
            blocks_.push_back(std::move(block));
        } catch (const std::bad_alloc&) {
            return false;
        }
        return true;
    }

    using Block = std::unique_ptr<std::byte[]>;
    std::size_t budget_;
    std::size_t block_size_ = kFirstBlock;
    std::byte* next_ = nullptr;
    std::size_t room_ = 0;
    std::vector<Block> blocks_;
    std::jmp_buf exhausted_{};
};

// nullptr: the arena is exhausted. The tree lives in the arena.
const GumboNode* parse(Arena& arena, std::string_view html) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = Arena::allocate;
    options.deallocator = Arena::release;
    options.userdata = &arena;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_BODY;
    if (setjmp(arena.exhausted()) != 0) return nullptr;
    return gumbo_parse_with_options(&options, html.data(), html.size())->root;
}

Tag tag_of(const GumboElement& element) noexcept {
    if (element.tag != GUMBO_TAG_UNKNOWN) {
        return element_named(gumbo_normalized_tagname(element.tag)).tag;
    }
    GumboStringPiece name = element.original_tag;
    gumbo_tag_from_original_text(&name);
    return element_named(LowerName({name.data, name.length}).view()).tag;
}

// Writes a tree without recursion, so that no depth exhausts the stack.
class Writer {
  public:
    explicit Writer(std::size_t expected) { out_.reserve(expected); }

    std::string written(const GumboNode& root) && {
        open_.push_back({&root, Tag::none, 0});
        while (!open_.empty()) {
            Open& top = open_.back();
            const GumboVector& children = top.node->v.element.children;
            if (top.next == children.length) {
                end(top.tag);
                open_.pop_back();
            } else {
                begin(*static_cast<const GumboNode*>(children.data[top.next++]));
            }
        }
        return std::move(out_);
    }

  private:
    struct Open {
        const GumboNode* node;
        Tag tag;  // none: its tags are not written
        unsigned next;
    };

    void begin(const GumboNode& node) {
        if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) {
            text(node.v.text.text);
        } else if (node.type == GUMBO_NODE_ELEMENT) {
            start(node);
        }
    }

    void start(const GumboNode& node) {
        Tag tag = tag_of(node.v.element);
        // Browsers put it between a table and its rows; written out it would be of no use.
        const bool implied = (node.parse_flags & GUMBO_INSERTION_IMPLIED) != 0;
        if (tag == Tag::tbody && implied) tag = Tag::none;
        if (tag != Tag::none) {
            out_.append("<").append(name_of(tag));
            const GumboVector& attributes = node.v.element.attributes;
            for (unsigned i = 0; i < attributes.length; ++i) {
                const auto* one = static_cast<const GumboAttribute*>(attributes.data[i]);
                out_.append(" ").append(one->name).append("=\"");
                append_escaped_attribute(out_, one->value);
                out_ += '"';
            }
            out_ += '>';
            if (tag == Tag::pre) pre_begin_ = out_.size();
        }
        if (tag == Tag::none || !is(tag, kVoid)) open_.push_back({&node, tag, 0});
    }

    // A line end behind <pre> is no part of it (WHATWG HTML, 13.2.6.4.7).
    void text(std::string_view text) {
        if (out_.size() == pre_begin_)
            text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
        append_escaped_text(out_, text);
    }

    void end(Tag tag) {
        if (tag != Tag::none) out_.append("</").append(name_of(tag)).append(">");
    }

    std::vector<Open> open_;
    std::string out_;
    std::size_t pre_begin_ = std::string::npos;
};

}  // namespace

std::optional<std::string> rebuilt_html(std::string_view html) {
    if (html.size() > kMaxBytes) return std::nullopt;
    Arena arena(std::min(kMemoryAnyway + kMemoryPerByte * html.size(), kMemoryAtMost));
    const GumboNode* const root = parse(arena, html);
    if (root == nullptr) return std::nullopt;
    return Writer(html.size()).written(*root);
}

}  // namespace feedd
