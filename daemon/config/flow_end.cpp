#include "config/flow_end.h"

#include "base/text.h"

namespace feedd {

namespace {

// Behind the quoted text that begins at `at`; npos: it never ends.
std::size_t behind_quotes(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (text[at] == quote) {
            const bool doubled = quote == '\'' && at + 1 < text.size() && text[at + 1] == '\'';
            if (!doubled) return at + 1;
            ++at;
        }
    }
    return std::string_view::npos;
}

// A quote inside of a plain text is a character like others: "it's".
bool may_open_quotes(char before) {
    return is_space(before) || std::string_view("[{,:").find(before) != std::string_view::npos;
}

}  // namespace

std::optional<FlowEnd> flow_end(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    std::size_t last = open;
    for (std::size_t at = open; at < text.size();) {
        const char c = text[at];
        const char before = at == 0 ? ' ' : text[at - 1];
        if (c == '#' && is_space(before)) {
            at = text.find('\n', at);
            if (at == std::string_view::npos) break;
            continue;
        }
        if (is_space(c)) {
            ++at;
            continue;
        }
        if ((c == '"' || c == '\'') && may_open_quotes(before)) {
            at = behind_quotes(text, at);
            if (at == std::string_view::npos) break;
            last = at - 1;
            continue;
        }
        if (c == '[' || c == '{') ++depth;
        if ((c == ']' || c == '}') && --depth == 0)
            return FlowEnd{.bracket = at, .last = last, .comma = text[last] == ','};
        last = at++;
    }
    return std::nullopt;
}

}  // namespace feedd
