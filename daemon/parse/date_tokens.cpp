#include "parse/date_tokens.h"

#include "base/text.h"
#include "parse/date_names.h"

namespace feedd {

namespace {

struct Symbol {
    std::string_view bytes;
    char means;  // ' ' or a mark
};

// What typewriters lack: spaces, dashes and full-width marks.
constexpr std::array kSymbols{
    Symbol{"\xC2\xA0", ' '},      // no-break space
    Symbol{"\xE2\x80\x89", ' '},  // thin space
    Symbol{"\xE2\x80\xAF", ' '},  // narrow no-break space: before AM and PM, since CLDR 42
    Symbol{"\xE2\x80\x8E", ' '},  // left-to-right mark
    Symbol{"\xE2\x80\x8F", ' '},  // right-to-left mark
    Symbol{"\xE2\x80\x8B", ' '},  // zero width space
    Symbol{"\xE3\x80\x80", ' '},  // ideographic space
    Symbol{"\xEF\xBB\xBF", ' '},  // byte order mark
    Symbol{"\xE2\x80\x90", '-'},  // hyphen
    Symbol{"\xE2\x80\x91", '-'},  // no-break hyphen
    Symbol{"\xE2\x80\x93", '-'},  // en dash
    Symbol{"\xE2\x80\x94", '-'},  // em dash
    Symbol{"\xE2\x88\x92", '-'},  // minus
    Symbol{"\xEF\xBC\x88", '('}, Symbol{"\xEF\xBC\x89", ')'}, Symbol{"\xEF\xBC\x9A", ':'},
};

const Symbol* symbol_at(std::string_view text) noexcept {
    for (const Symbol& symbol : kSymbols) {
        if (text.starts_with(symbol.bytes)) return &symbol;
    }
    return nullptr;
}

bool is_word_byte(char c) noexcept {
    return is_alpha(c) || c == '_' || !is_ascii(c);
}

std::size_t number_length(std::string_view text) noexcept {
    std::size_t length = 0;
    while (length < text.size() && is_digit(text[length]))
        ++length;
    return length;
}

std::size_t word_length(std::string_view text) noexcept {
    if (const auto length = cjk_token(text); length > 0) return length;
    std::size_t length = 0;
    while (length < text.size() && is_word_byte(text[length])) {
        const auto rest = text.substr(length);
        const bool ascii = is_ascii(rest[0]);
        if (!ascii && (symbol_at(rest) != nullptr || cjk_token(rest) > 0)) break;
        ++length;
    }
    return length;
}

int number_value(std::string_view digits) noexcept {
    constexpr std::size_t kMostDigits = 9;  // what an int holds
    if (digits.size() > kMostDigits) return -1;
    int value = 0;
    for (const char c : digits)
        value = value * 10 + (c - '0');
    return value;
}

}  // namespace

DateTokens date_tokens(std::string_view text) noexcept {
    DateTokens tokens;
    std::size_t count = 0;
    bool spaced = false;
    while (!text.empty()) {
        const bool ascii = is_ascii(text[0]);
        const Symbol* symbol = ascii ? nullptr : symbol_at(text);
        if (is_space(text[0]) || (symbol != nullptr && symbol->means == ' ')) {
            spaced = true;
            text.remove_prefix(symbol != nullptr ? symbol->bytes.size() : 1);
            continue;
        }
        if (count + 1 == DateTokens::kMost) return tokens;
        DateToken& token = tokens.list[count++];
        token.spaced = spaced;
        spaced = false;
        std::size_t length = 1;
        if (symbol != nullptr) {
            token.kind = DateToken::Kind::mark;
            token.mark = symbol->means;
            length = symbol->bytes.size();
        } else if (is_digit(text[0])) {
            token.kind = DateToken::Kind::number;
            length = number_length(text);
            token.value = number_value(text.substr(0, length));
        } else if (is_word_byte(text[0])) {
            token.kind = DateToken::Kind::word;
            length = word_length(text);
        } else {
            token.kind = DateToken::Kind::mark;
            token.mark = text[0];
        }
        token.text = text.substr(0, length);
        text.remove_prefix(length);
    }
    tokens.fits = true;
    return tokens;
}

}  // namespace feedd
