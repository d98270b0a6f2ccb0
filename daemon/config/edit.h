// New entries in the text of a list, and nothing else changed.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "config/new_feed.h"

namespace feedd {

struct EditedText {
    // With the feeds behind the ones that are there, in their style: every byte of the text is
    // still there and in its order, but for the brackets of an empty "feeds: []", which give way.
    std::string text;
    // What the text says without the new feeds: the same text, or one that has the key 'feeds' that
    // had to be made.
    std::string before;
};

// Error config: the text is no YAML, or its form leaves a doubt where an entry belongs. Only who
// loads the outcome knows that the entries are where they should be.
[[nodiscard]] Result<EditedText> with_feeds(std::string_view text, std::span<const NewFeed> feeds);

// The entries as they would stand below "feeds:", a line end behind each, to be pasted by hand.
[[nodiscard]] std::string entries_to_paste(std::span<const NewFeed> feeds);

}  // namespace feedd
