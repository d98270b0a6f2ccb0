// Addresses that only lead on to another one; as data.
#pragma once

#include <array>
#include <string_view>

namespace feedd {

// Addresses that only lead on to the one in their query.
struct Wrapper {
    std::string_view host;
    std::string_view path;
    std::string_view parameter;
};
inline constexpr std::array kWrappers{
    Wrapper{"www.google.com", "/url", "url"},  // Google Alerts, in feeds
    Wrapper{"www.google.com", "/url", "q"},       Wrapper{"l.facebook.com", "/l.php", "u"},
    Wrapper{"lm.facebook.com", "/l.php", "u"},    Wrapper{"t.umblr.com", "/redirect", "z"},
    Wrapper{"www.youtube.com", "/redirect", "q"},
};

}  // namespace feedd
