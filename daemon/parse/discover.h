// An HTML page in the place of a feed: what it is, and the feeds that it names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace feedd {

// Read of a page are its first MiB, at most 50 feeds, and addresses up to 2 KiB. All texts are
// UTF-8 with references resolved.
struct FoundFeed {
    std::string url;    // absolute, unless the page's own URL is unknown; without credentials
    std::string title;  // as the link has it, in one line; "" none
    std::string type;   // media type as the link has it; "" none
};

struct HtmlPage {
    std::string title;  // in one line; "" none
    bool asks_for_password = false;
    std::vector<FoundFeed> feeds;  // feeds_in_page
};

// `html` is valid UTF-8; `url` that of the page, "" unknown. Linear in the size of `html`.
[[nodiscard]] HtmlPage read_page(std::string_view html, std::string_view url);

// The feeds that a page names by <link rel="alternate">, or, if by none, that its <a> lead to: in
// the order of the page, feeds of comments behind the others, each once, never the page itself.
[[nodiscard]] std::vector<FoundFeed> feeds_in_page(std::string_view html, std::string_view url);

// Where programs that publish put their feeds, for a site whose page names none: the likeliest
// first. Empty for what is no web URL.
[[nodiscard]] std::vector<std::string> well_known_feeds(std::string_view url);

}  // namespace feedd
