// What holds for the sanitiser, whatever comes in.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "html/filter.h"
#include "html/sanitize.h"
#include "html/tree.h"

namespace {

using namespace feedd;

constexpr std::string_view kBase = "https://example.org/a/b";

// A start tag is written out as </tag> and what is implied in between at the most.
constexpr std::size_t kGrowth = 64;
constexpr std::size_t kGrowthAnyway = 4096;

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string source =
        to_valid_utf8(std::string_view(reinterpret_cast<const char*>(data), size));
    const CleanHtml clean = sanitize_html(source, kBase);
    require(is_utf8(clean.html) && is_utf8(clean.text) && is_utf8(clean.plain));
    require(clean.html.size() <= kGrowthAnyway + kGrowth * source.size());
    require(clean.html.find("<script") == std::string::npos);
    require(clean.has_markup == (clean.html.find('<') != std::string::npos));

    const CleanHtml again = sanitize_html(clean.html, kBase);
    require(again.html == clean.html && again.text == clean.text && again.plain == clean.plain);

    const Filtered filtered = filter_html(source, kBase);
    if (!filtered.misnested)
        require(rebuilt_html(filtered.html).value_or(filtered.html) == filtered.html);

    static_cast<void>(looks_like_html(source));
    require(unescape_html(escape_html(clean.plain)) == clean.plain);
    require(is_utf8(unescape_html(source)));
    return 0;
}
