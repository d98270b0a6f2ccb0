#include "store/sqlite/search_query.h"

#include "base/text.h"

namespace feedd::sqlite {

namespace {

// Marks of punctuation alone are no word to FTS5's tokenizer; bytes of other scripts may be.
bool has_word(std::string_view text) {
    for (const char c : text) {
        if (is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) return true;
    }
    return false;
}

// An FTS5 string: whatever is between the quotes is text (sqlite.org/fts5.html §3.1). A NUL would
// end the query early.
void append_string(std::string& out, std::string_view text) {
    if (!has_word(text)) return;
    if (!out.empty()) out += ' ';
    out += '"';
    for (const char c : text) {
        if (c != '"' && c != '\0') out += c;
    }
    out += '"';
}

}  // namespace

std::string search_query(std::string_view typed) {
    std::string query;
    std::size_t at = 0;
    while (at < typed.size()) {
        if (is_space(typed[at])) {
            ++at;
            continue;
        }
        const bool phrase = typed[at] == '"';
        if (phrase) ++at;
        const std::size_t start = at;
        while (at < typed.size() && typed[at] != '"' && (phrase || !is_space(typed[at])))
            ++at;
        const std::string_view text = typed.substr(start, at - start);
        const std::size_t before = query.size();
        append_string(query, text);
        if (phrase && at < typed.size()) ++at;  // the closing quote; a missing one closes itself
        const bool starred = phrase ? at < typed.size() && typed[at] == '*' : text.ends_with('*');
        if (starred && query.size() > before) query += '*';
    }
    return query;
}

}  // namespace feedd::sqlite
