#include "store/sqlite/search_query.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text.h"
#include "store/sqlite/search_text.h"

namespace feedd::sqlite {

namespace {

// FTS5's parser has a stack of its own; nobody means more.
constexpr int kDeepest = 16;

enum class Kind : std::uint8_t { text, open, close, either, both, without };

struct Token {
    Kind kind = Kind::text;
    std::string text;   // as FTS5 wants it
    std::string typed;  // of a text
};

// Marks of punctuation alone are no word to FTS5's tokenizer; bytes of other scripts may be.
bool has_word(std::string_view text) {
    for (const char c : text) {
        if (is_alpha(c) || is_digit(c) || !is_ascii(c)) return true;
    }
    return false;
}

// An FTS5 string: whatever is between the quotes is text (sqlite.org/fts5.html §3.1). A NUL would
// end the query early.
std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c != '"' && c != '\0') out += c;
    }
    return out + '"';
}

struct Column {
    std::string_view typed;
    std::string_view name;
};
constexpr Column kColumns[] = {{"title:", "title"}, {"text:", "content_text"}};

class Lexer {
  public:
    explicit Lexer(std::string_view typed) : rest_(typed) {}

    std::vector<Token> tokens() {
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (is_space(c)) {
                rest_.remove_prefix(1);
            } else if (c == '(' || c == ')') {
                tokens_.push_back({.kind = c == '(' ? Kind::open : Kind::close});
                rest_.remove_prefix(1);
            } else {
                read_term();
            }
        }
        return std::move(tokens_);
    }

  private:
    // [-][title:]word[*] or [-][title:]"a phrase"[*]
    void read_term() {
        const std::string_view whole = rest_;
        const bool excluded = rest_.front() == '-';
        if (excluded) rest_.remove_prefix(1);
        const std::string_view column = take_column();
        const bool phrase = rest_.starts_with('"');
        const std::string_view text = phrase ? take_phrase() : take_word();
        if (rest_.size() == whole.size()) rest_.remove_prefix(1);  // a sign that begins no term
        if (!phrase && !excluded && column.empty() && add_operator(text)) return;
        if (!has_word(text)) return;
        if (excluded) tokens_.push_back({.kind = Kind::without});
        const bool begins = phrase ? rest_.starts_with('*') : text.ends_with('*');
        if (phrase && begins) rest_.remove_prefix(1);
        std::string term = column.empty() ? "" : std::string(column) + " : ";
        term += in_quotes(search_text(nfc(std::string(text))));
        if (begins) term += '*';
        tokens_.push_back(
            {.kind = Kind::text, .text = std::move(term), .typed = std::string(text)});
    }

    std::string_view take_column() {
        for (const Column& column : kColumns) {
            if (!rest_.starts_with(column.typed)) continue;
            const std::string_view after = rest_.substr(column.typed.size());
            if (after.empty() || is_space(after.front())) continue;
            rest_ = after;
            return column.name;
        }
        return {};
    }

    // A missing closing quote closes itself at the end.
    std::string_view take_phrase() {
        rest_.remove_prefix(1);
        const std::string_view text = rest_.substr(0, rest_.find('"'));
        rest_.remove_prefix(std::min(rest_.size(), text.size() + 1));
        return text;
    }

    std::string_view take_word() {
        std::size_t end = 0;
        while (end < rest_.size() && !is_space(rest_[end]) && rest_[end] != '"' &&
               rest_[end] != '(' && rest_[end] != ')')
            ++end;
        const std::string_view text = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return text;
    }

    bool add_operator(std::string_view text) {
        static constexpr std::pair<std::string_view, Kind> kOperators[] = {
            {"OR", Kind::either}, {"AND", Kind::both}, {"NOT", Kind::without}};
        for (const auto& [word, kind] : kOperators) {
            if (text != word) continue;
            tokens_.push_back({.kind = kind, .text = in_quotes(word), .typed = std::string(word)});
            return true;
        }
        return false;
    }

    std::string_view rest_;
    std::vector<Token> tokens_;
};

// Without parentheses that have no partner, have nothing in them, or are too deep.
std::vector<Token> balanced(std::vector<Token> tokens) {
    std::vector<bool> kept(tokens.size(), true);
    std::vector<std::size_t> open;
    std::vector<std::size_t> terms;  // how many texts stood before each open one
    std::size_t seen = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind == Kind::text) ++seen;
        if (tokens[i].kind == Kind::open) {
            open.push_back(i);
            terms.push_back(seen);
        }
        if (tokens[i].kind != Kind::close) continue;
        if (open.empty()) {
            kept[i] = false;
            continue;
        }
        if (seen == terms.back() || open.size() > kDeepest) kept[i] = kept[open.back()] = false;
        open.pop_back();
        terms.pop_back();
    }
    for (const std::size_t i : open)
        kept[i] = false;
    std::vector<Token> out;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (kept[i]) out.push_back(std::move(tokens[i]));
    }
    return out;
}

bool is_operator(Kind kind) {
    return kind == Kind::either || kind == Kind::both || kind == Kind::without;
}

// An operator has a term on either side, else it is the word that it is written as (a lone minus
// is nothing). `before` is what has been kept so far.
bool operates(const std::vector<Token>& before, const Token* next) {
    if (before.empty() || next == nullptr) return false;
    const Kind last = before.back().kind;
    return (last == Kind::text || last == Kind::close) &&
           (next->kind == Kind::text || next->kind == Kind::open);
}

std::vector<Token> with_operators_in_place(std::vector<Token> tokens) {
    std::vector<Token> out;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        Token& token = tokens[i];
        const Token* const next = i + 1 < tokens.size() ? &tokens[i + 1] : nullptr;
        if (is_operator(token.kind) && !operates(out, next)) {
            if (token.text.empty()) continue;
            token.kind = Kind::text;
        }
        out.push_back(std::move(token));
    }
    return out;
}

std::vector<Token> parsed(std::string_view typed) {
    return with_operators_in_place(balanced(Lexer(typed).tokens()));
}

std::string_view symbol(Kind kind) {
    switch (kind) {
        case Kind::open:
            return "(";
        case Kind::close:
            return ")";
        case Kind::either:
            return "OR";
        case Kind::both:
            return "AND";
        case Kind::without:
            return "NOT";
        case Kind::text:
            break;
    }
    return {};
}

}  // namespace

std::string search_query(std::string_view typed) {
    std::string query;
    Kind before = Kind::open;
    for (const Token& token : parsed(typed)) {
        const bool begins = token.kind == Kind::text || token.kind == Kind::open;
        const bool ended = before == Kind::text || before == Kind::close;
        // What merely stands side by side must all be there; said, since FTS5 takes it so for
        // strings only.
        if (begins && ended) query += " AND";
        if (!query.empty() && token.kind != Kind::close && before != Kind::open) query += ' ';
        query += token.kind == Kind::text ? token.text : symbol(token.kind);
        before = token.kind;
    }
    return query;
}

std::vector<std::string> search_terms(std::string_view typed) {
    std::vector<std::string> terms;
    Kind before = Kind::open;
    for (Token& token : parsed(typed)) {
        if (token.kind == Kind::text && before != Kind::without) {
            if (token.typed.ends_with('*')) token.typed.pop_back();
            terms.push_back(std::move(token.typed));
        }
        before = token.kind;
    }
    return terms;
}

}  // namespace feedd::sqlite
