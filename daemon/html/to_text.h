// What safe HTML says, without its markup.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

struct Readings {
    std::string text;         // paragraphs, lists and tables stay readable
    std::string plain;        // the text nodes in one line
    std::string first_image;  // absolute URL of the first picture, "" none
    bool has_markup = false;
};

// `html` is output of the sanitiser.
[[nodiscard]] Readings readings_of(std::string_view html);

}  // namespace feedd
