// How a list is written: what new entries have to look like beside the ones that are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "config/new_feed.h"
#include "config/yaml.h"
#include "config/yaml_scalar.h"

namespace feedd {

struct ListStyle {
    enum class Tags : std::uint8_t { flow, block, scalar };  // [a, b], a line each, a single word

    std::string_view line_end = "\n";
    std::size_t gap = 1;        // columns between a dash and what it introduces
    bool urls_alone = true;     // "- https://…" where there is nothing else to say
    bool maps_in_flow = false;  // "- {url: …, name: …}"
    bool name_first = false;
    Tags tags = Tags::flow;
    Quote url_quote = Quote::plain;
    Quote name_quote = Quote::plain;
    Quote tag_quote = Quote::plain;
};

// Where the text of a node begins in `text`, that the tree was made of.
class Lines {
  public:
    // `text` outlives it.
    explicit Lines(std::string_view text);
    [[nodiscard]] std::size_t count() const { return starts_.size(); }
    // Lines count from 0 here, unlike those of a Position.
    [[nodiscard]] std::string_view line(std::size_t number) const;  // without its end
    [[nodiscard]] std::size_t start(std::size_t number) const;      // of the text's end: past it
    [[nodiscard]] std::size_t offset(Position position) const;

  private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

// Learned from the entries of `feeds`; what none of them shows keeps its default.
void learn_style(YamlNode feeds, std::string_view text, const Lines& lines, ListStyle& style);

// "- url: …" and what follows it, each line behind `indent`, without the last line's end.
[[nodiscard]] std::string block_entry(const NewFeed& feed, const ListStyle& style,
                                      std::string_view indent);

// The entry between the brackets of a list.
[[nodiscard]] std::string flow_entry(const NewFeed& feed, const ListStyle& style);

}  // namespace feedd
