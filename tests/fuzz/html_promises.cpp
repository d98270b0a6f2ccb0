#include "base/text.h"
#include "fuzz/processor_time.h"
#include "fuzz/promises.h"
#include "html/filter.h"
#include "html/sanitize.h"
#include "html/tree.h"

namespace feedd::fuzz {

namespace {

constexpr std::string_view kBase = "https://example.org/a/b";

// A start tag is written out as </tag> and what is implied in between at the most.
constexpr std::size_t kGrowth = 64;
constexpr std::size_t kGrowthAnyway = 4096;

}  // namespace

std::string broken_promise_of_html(std::string_view input) {
    Promises promises;
    const ProcessorTime time;
    const std::string source = to_valid_utf8(input);
    const CleanHtml clean = sanitize_html(source, kBase);
    promises.hold(time.passed() <= most_time(input.size()), "it takes too long");
    promises.hold(is_utf8(clean.html) && is_utf8(clean.text) && is_utf8(clean.plain),
                  "what is not UTF-8 comes out");
    promises.hold(clean.html.size() <= kGrowthAnyway + kGrowth * source.size(), "it grows");
    promises.hold(clean.html.find("<script") == std::string::npos, "a script is left", clean.html);
    promises.hold(clean.has_markup == (clean.html.find('<') != std::string::npos),
                  "has_markup is wrong", clean.html);

    const CleanHtml again = sanitize_html(clean.html, kBase);
    promises.hold(again.html == clean.html, "the HTML is no fixed point", clean.html);
    promises.hold(again.text == clean.text && again.plain == clean.plain,
                  "the text of the same HTML differs", clean.html);

    const Filtered filtered = filter_html(source, kBase);
    if (!filtered.misnested) {
        promises.hold(rebuilt_html(filtered.html).value_or(filtered.html) == filtered.html,
                      "the tree of what is called well nested differs", filtered.html);
    }
    static_cast<void>(looks_like_html(source));
    promises.hold(unescape_html(escape_html(clean.plain)) == clean.plain,
                  "escaping cannot be undone", clean.plain);
    promises.hold(is_utf8(unescape_html(source)), "unescaped text is not UTF-8");
    return std::move(promises).broken();
}

}  // namespace feedd::fuzz
