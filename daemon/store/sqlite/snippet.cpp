#include "store/sqlite/snippet.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "store/sqlite/search_fold.h"

namespace feedd::sqlite {

namespace {

constexpr std::size_t kBefore = 60;  // bytes: some twenty characters of three
constexpr std::size_t kLength = 180;

struct Hit {
    std::size_t at = std::string_view::npos;
    std::size_t size = 0;
};

// Regardless of case, as far as ASCII goes: the scripts in question have none.
std::size_t find_term(std::string_view text, std::string_view term, std::size_t from) {
    const auto found =
        std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), term.begin(),
                    term.end(), [](char a, char b) { return to_lower(a) == to_lower(b); });
    return found == text.end() ? std::string_view::npos
                               : static_cast<std::size_t>(found - text.begin());
}

// The first, and at the same place the longest; `terms` are folded.
Hit next_hit(const FoldedText& text, std::span<const std::string> terms, std::size_t from) {
    Hit first;
    for (const std::string& term : terms) {
        if (term.empty()) continue;
        const std::size_t at = find_term(text.text, term, from);
        if (at == std::string_view::npos) continue;
        if (at < first.at || (at == first.at && term.size() > first.size)) {
            first = {.at = at, .size = term.size()};
        }
    }
    return first;
}

}  // namespace

std::string snippet_of(std::string_view text, std::span<const std::string> typed) {
    std::vector<std::string> terms;
    for (const std::string& term : typed)
        terms.push_back(folded(nfc(term)));
    const FoldedText whole = folded_with_origin(text);
    const Hit hit = next_hit(whole, terms, 0);
    if (hit.at == std::string_view::npos) return {};
    const std::size_t first = whole.origin[hit.at];
    const std::size_t first_size = whole.origin[hit.at + hit.size] - first;
    std::size_t start = first - std::min(first, kBefore);
    while (start < first && is_continuation(text[start]))
        ++start;
    std::string_view part = text.substr(start);
    part = truncate_utf8(part, std::max(kLength, first - start + first_size));
    std::string out = start > 0 ? "…" : "";
    const FoldedText shown = folded_with_origin(part);
    std::size_t at = 0;
    for (Hit next = next_hit(shown, terms, 0); next.at != std::string_view::npos;
         next = next_hit(shown, terms, next.at + next.size)) {
        const std::size_t begin = shown.origin[next.at];
        const std::size_t end = shown.origin[next.at + next.size];
        out += part.substr(at, begin - at);
        out += '[';
        out += part.substr(begin, end - begin);
        out += ']';
        at = end;
    }
    out += part.substr(at);
    if (start + part.size() < text.size()) out += "…";
    return out;
}

}  // namespace feedd::sqlite
