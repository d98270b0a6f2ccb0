// Whatever bytes come: parse answers, and what it answers is valid UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "html/sanitize.h"
#include "parse/parse.h"

namespace {

void expect_utf8(std::string_view text) {
    if (!feedd::is_utf8(text)) std::abort();
}

void check(const feedd::Item& item) {
    expect_utf8(item.id);
    expect_utf8(item.url);
    for (const feedd::Text* text : {&item.title, &item.summary, &item.content}) {
        expect_utf8(text->value);
        if (text->kind == feedd::Text::Kind::html) {
            expect_utf8(feedd::sanitize_html(text->value, text->base).html);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The first byte picks a Content-Type, so that labels from outside are tried as well.
    constexpr std::string_view kTypes[] = {
        "", "text/xml; charset=utf-8", "text/xml; charset=iso-8859-1",
        "text/xml; charset=shift_jis", "text/xml; charset=utf-16"};
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const feedd::ParseHints hints{.base = "https://example.org/feed",
                                  .content_type = std::string(kTypes[data[0] % std::size(kTypes)]),
                                  .content_language = {}};
    const auto document = feedd::parse(bytes, hints);
    if (!document) return 0;
    expect_utf8(document->feed.title.value);
    for (const feedd::Item& item : document->items)
        check(item);
    return 0;
}
