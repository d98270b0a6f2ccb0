// Which addresses may stand in safe HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace feedd {

enum class UrlUse : std::uint8_t {
    link,   // followed by people: the web, mail, telephone, chat and files
    media,  // loaded by the page: the web
    image,  // media, and bitmaps as data: URLs
};

// `url` (references resolved) seen from `base`; "" if it is not allowed. Allowed is what is on a
// list, so that no disguise of a scheme has to be known. Resolving it again changes nothing.
[[nodiscard]] std::string safe_url(UrlUse use, std::string_view url, std::string_view base);

// A srcset with the candidates that are allowed as media (WHATWG HTML, 4.8.4.2.2); "": none is.
[[nodiscard]] std::string safe_srcset(std::string_view srcset, std::string_view base);

// The page of a video whose player is embedded from `url`; "": no player that we know.
[[nodiscard]] std::string video_page(std::string_view url, std::string_view base);

}  // namespace feedd
