// New feeds on the list: validated before anything is written.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "config/environment.h"
#include "config/load.h"
#include "config/new_feed.h"
#include "config/replacement.h"

namespace feedd {

struct ListAddition {
    std::string list;  // the main file
    std::string file;  // of the list, where the feeds go; "" the main file
    std::vector<NewFeed> feeds;
};

struct ListRefusal {
    std::vector<Error> errors;  // never empty
    // The list itself is in order, so that the entries may be put into it by hand.
    bool by_hand = false;
};

// The list with the new feeds, loaded as the daemon would, and found to have every old feed as it
// was and the new ones as they should be.
struct CheckedEdit {
    Config after;
    std::string text;  // of the file
};
[[nodiscard]] tl::expected<CheckedEdit, ListRefusal> checked_edit(const ListAddition& addition,
                                                                  const std::string& text,
                                                                  const Environment& environment);

// checked_edit, and the file replaced (Replacement). Nothing is written where anything is in doubt.
[[nodiscard]] tl::expected<Config, ListRefusal> add_to_list(const ListAddition& addition,
                                                            const Environment& environment);

// The list as it is for whoever edits it (load_draft): also one that is not there yet, or has no
// 'feeds' yet.
[[nodiscard]] tl::expected<Config, std::vector<Error>> editable_list(
    const std::string& list, const Environment& environment);

}  // namespace feedd
