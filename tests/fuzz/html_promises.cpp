#include <optional>

#include "base/text.h"
#include "fuzz/processor_time.h"
#include "fuzz/promises.h"
#include "fuzz/soup.h"
#include "html/filter.h"
#include "html/sanitize.h"
#include "html/to_text.h"
#include "html/tree.h"

namespace feedd::fuzz {

namespace {

constexpr std::string_view kBase = "https://example.org/a/b";

// A start tag is written out as </tag> and what is implied in between at the most.
constexpr std::size_t kGrowth = 64;
constexpr std::size_t kGrowthAnyway = 4096;

// What is called well nested goes without the tree builder: by it, it must come to the same.
void hold_both_paths_equal(Promises& promises, std::string_view source, const CleanHtml& clean) {
    const Filtered filtered = filter_html(source, kBase);
    if (filtered.misnested) return;
    promises.hold(clean.html == filtered.html, "what is well nested went another way", source);
    const std::optional<std::string> rebuilt = rebuilt_html(filtered.html);
    if (!rebuilt) return;
    promises.hold(*rebuilt == filtered.html, "the tree of what is called well nested differs",
                  filtered.html);
    const Readings readings = readings_of(*rebuilt);
    promises.hold(readings.text == clean.text && readings.plain == clean.plain &&
                      readings.first_image == clean.first_image,
                  "the text of the tree differs", filtered.html);
}

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

    hold_both_paths_equal(promises, source, clean);
    static_cast<void>(looks_like_html(source));
    promises.hold(unescape_html(escape_html(clean.plain)) == clean.plain,
                  "escaping cannot be undone", clean.plain);
    promises.hold(is_utf8(unescape_html(source)), "unescaped text is not UTF-8");
    return std::move(promises).broken();
}

std::string broken_promise_of_html_paths(std::string_view input) {
    Promises promises;
    const std::string source = Soup::of(input);
    const CleanHtml clean = sanitize_html(source, kBase);
    hold_both_paths_equal(promises, source, clean);
    promises.hold(sanitize_html(clean.html, kBase).html == clean.html, "the HTML is no fixed point",
                  source);
    return std::move(promises).broken();
}

}  // namespace feedd::fuzz
