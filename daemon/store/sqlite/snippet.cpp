#include "store/sqlite/snippet.h"

#include <algorithm>

#include "base/text.h"

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

// The first, and at the same place the longest.
Hit next_hit(std::string_view text, std::span<const std::string> terms, std::size_t from) {
    Hit first;
    for (const std::string& term : terms) {
        if (term.empty()) continue;
        const std::size_t at = find_term(text, term, from);
        if (at == std::string_view::npos) continue;
        if (at < first.at || (at == first.at && term.size() > first.size)) {
            first = {.at = at, .size = term.size()};
        }
    }
    return first;
}

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

std::string snippet_of(std::string_view text, std::span<const std::string> terms) {
    const Hit first = next_hit(text, terms, 0);
    if (first.at == std::string_view::npos) return {};
    std::size_t start = first.at - std::min(first.at, kBefore);
    while (start < first.at && continues(text[start]))
        ++start;
    std::string_view part = text.substr(start);
    part = truncate_utf8(part, std::max(kLength, first.at - start + first.size));
    std::string out = start > 0 ? "…" : "";
    std::size_t at = 0;
    for (Hit hit = next_hit(part, terms, 0); hit.at != std::string_view::npos;
         hit = next_hit(part, terms, at)) {
        out += part.substr(at, hit.at - at);
        out += '[';
        out += part.substr(hit.at, hit.size);
        out += ']';
        at = hit.at + hit.size;
    }
    out += part.substr(at);
    if (start + part.size() < text.size()) out += "…";
    return out;
}

}  // namespace feedd::sqlite
