#include "store/sqlite/tokenizer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <SQLiteCpp/Exception.h>

#include "base/text.h"

namespace feedd::sqlite {

namespace {

constexpr const char* kName = "unicode61";

using OnToken = int (*)(void* context, int flags, const char* token, int length, int start,
                        int end);

// FTS5's own tokenizers (sqlite.org/fts5.html §7.1), which belong to the connection.
struct Module {
    fts5_tokenizer calls{};
    void* context = nullptr;
};

class Builtin {
  public:
    // `options` are those of the table's declaration.
    Builtin(const Module& module, const char** options, int count) : calls_(module.calls) {
        const int status = calls_.xCreate(module.context, options, count, &self_);
        if (status != SQLITE_OK) throw SQLite::Exception("unicode61 cannot be made", status);
    }
    Builtin(const Builtin&) = delete;
    Builtin& operator=(const Builtin&) = delete;
    ~Builtin() { calls_.xDelete(self_); }

    int tokenize(void* context, int flags, std::string_view text, OnToken on_token) {
        return calls_.xTokenize(self_, context, flags, text.data(), static_cast<int>(text.size()),
                                on_token);
    }

  private:
    fts5_tokenizer calls_;
    Fts5Tokenizer* self_ = nullptr;
};

struct Token {
    std::string text;
    int start = 0;  // byte of the text
    bool operator==(const Token&) const = default;
};

// SQLite is written in C: nothing is thrown through it.
template <typename Work>
int status_of(Work&& work) noexcept {
    try {
        return std::forward<Work>(work)();
    } catch (const SQLite::Exception& error) {
        return error.getErrorCode() > 0 ? error.getErrorCode() : SQLITE_ERROR;
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    }
}

std::vector<Token> tokens_of(Builtin& builtin, std::string_view text) {
    std::vector<Token> tokens;
    const OnToken keep = [](void* all, int, const char* token, int length, int start, int) {
        return status_of([&] {
            static_cast<std::vector<Token>*>(all)->push_back(
                {.text = std::string(token, static_cast<std::size_t>(length)), .start = start});
            return SQLITE_OK;
        });
    };
    const int status = builtin.tokenize(&tokens, FTS5_TOKENIZE_DOCUMENT, text, keep);
    if (status != SQLITE_OK) throw SQLite::Exception("unicode61 fails", status);
    return tokens;
}

// What the tokenizer makes of a character, the same wherever it stands.
struct Glyph {
    enum class Kind : std::uint8_t { separator, mark, letter };  // a mark begins no word
    static constexpr std::size_t kLongest = 4;
    std::array<char, kLongest> folded{};  // what is in the index for it
    std::uint8_t length = 0;              // bytes of that
    Kind kind = Kind::separator;
};

Glyph glyph_of(Builtin& builtin, char32_t c) {
    std::string text = "a";
    append_utf8(text, c);
    text += 'b';
    const std::vector<Token> inside = tokens_of(builtin, text);
    if (inside.size() != 1) return {};
    const std::string& word = inside.front().text;  // "a", what is asked for, "b"
    if (word.size() < 2 || word.size() - 2 > Glyph::kLongest)
        throw SQLite::Exception("unicode61 folds a letter in an unknown way");
    Glyph glyph;
    glyph.length = static_cast<std::uint8_t>(word.copy(glyph.folded.data(), word.size() - 2, 1));
    const std::vector<Token> behind = tokens_of(builtin, std::string_view(text).substr(1));
    const bool begins = !behind.empty() && behind.front().start == 0;
    glyph.kind = begins ? Glyph::Kind::letter : Glyph::Kind::mark;
    return glyph;
}

// Those of all characters, of each as soon as it occurs.
class Glyphs {
  public:
    explicit Glyphs(Builtin& builtin) : builtin_(builtin), blocks_(kCharacters / kBlock) {}

    const Glyph& of(char32_t c) {
        auto& block = blocks_[c / kBlock];
        if (!block) block = learn(c / kBlock * kBlock);
        return (*block)[c % kBlock];
    }

  private:
    static constexpr char32_t kCharacters = 0x110000;
    static constexpr char32_t kBlock = 128;
    using Block = std::array<Glyph, kBlock>;

    std::unique_ptr<Block> learn(char32_t first) {
        auto block = std::make_unique<Block>();
        for (char32_t i = 0; i < kBlock; ++i)
            (*block)[i] = glyph_of(builtin_, first + i);
        return block;
    }

    Builtin& builtin_;
    std::vector<std::unique_ptr<Block>> blocks_;
};

class Tokenizer {
  public:
    Tokenizer(const Module& module, const char** options, int count)
        : builtin_(module, options, count), glyphs_(builtin_), knows_(can_ask()) {
        if (!knows_) return;
        for (char32_t c = 0; c < plain_.size(); ++c) {
            const Glyph& glyph = glyphs_.of(c);
            if (glyph.kind == Glyph::Kind::letter && glyph.length == 1)
                plain_.at(c) = glyph.folded[0];
        }
    }

    int tokenize(void* context, int flags, std::string_view text, OnToken on_token) {
        if (!knows_) return builtin_.tokenize(context, flags, text, on_token);
        for (std::size_t at = 0;;) {
            const std::size_t start = skip(text, at);
            if (start == text.size()) return SQLITE_OK;
            if (!broken_) at = read(text, start);
            // What FTS5 reads from bytes that are not UTF-8 is its own affair.
            if (broken_) return leave(context, flags, text, start, on_token);
            const int status = on_token(context, 0, word_.data(), static_cast<int>(length_),
                                        static_cast<int>(start), static_cast<int>(at));
            if (status != SQLITE_OK) return status == SQLITE_DONE ? SQLITE_OK : status;
        }
    }

  private:
    // A character is asked for between these two, and bytes that are not UTF-8 end a word at first
    // sight. A table may be declared so that it is otherwise.
    bool can_ask() {
        return tokens_of(builtin_, "ab") == std::vector<Token>{{.text = "ab", .start = 0}} &&
               glyphs_.of(U'\uFFFD').kind == Glyph::Kind::separator;
    }

    // Not UTF-8, or a character with more continuation bytes than are its own: FTS5 reads all of
    // them as one.
    static bool is_broken(std::string_view text, std::size_t at, CodePoint c) {
        const std::size_t next = at + c.length;
        const bool goes_on = c.value >= 0x80 && next < text.size() && is_continuation(text[next]);
        return goes_on || (c.value == U'\uFFFD' && utf8_length(text, at) == 0);
    }

    // Behind what is no word, from `at` on, or where the text is broken.
    std::size_t skip(std::string_view text, std::size_t at) {
        broken_ = false;
        while (at < text.size() && !broken_) {
            const CodePoint c = code_point_at(text, at);
            if (glyphs_.of(c.value).kind == Glyph::Kind::letter) break;
            broken_ = is_broken(text, at, c);
            if (!broken_) at += c.length;
        }
        return at;
    }

    // Reads the word at `at` into word_. Returns its end.
    std::size_t read(std::string_view text, std::size_t at) {
        char* out = word_.data();
        const char* full = out + word_.size() - Glyph::kLongest;
        while (at < text.size()) {
            if (out > full) {
                const auto length = static_cast<std::size_t>(out - word_.data());
                word_.resize(2 * word_.size());
                out = word_.data() + length;
                full = word_.data() + word_.size() - Glyph::kLongest;
            }
            const auto byte = static_cast<unsigned char>(text[at]);
            if (byte < plain_.size() && plain_[byte] != 0) {
                *out++ = plain_[byte];
                ++at;
                continue;
            }
            const CodePoint c = code_point_at(text, at);
            const Glyph& glyph = glyphs_.of(c.value);
            if (glyph.kind == Glyph::Kind::separator) {
                broken_ = is_broken(text, at, c);
                break;
            }
            std::memcpy(out, glyph.folded.data(), Glyph::kLongest);
            out += glyph.length;
            at += c.length;
        }
        length_ = static_cast<std::size_t>(out - word_.data());
        return at;
    }

    // Leaves what is from `start` on to FTS5's own.
    int leave(void* context, int flags, std::string_view text, std::size_t start,
              OnToken on_token) {
        struct Rest {
            void* context;
            OnToken on_token;
            int start;
        } rest{context, on_token, static_cast<int>(start)};
        const OnToken moved = [](void* to, int token_flags, const char* token, int length, int from,
                                 int end) {
            const auto* whole = static_cast<const Rest*>(to);
            return whole->on_token(whole->context, token_flags, token, length, whole->start + from,
                                   whole->start + end);
        };
        return builtin_.tokenize(&rest, flags, text.substr(start), moved);
    }

    Builtin builtin_;
    Glyphs glyphs_;
    bool knows_;                     // else all is left to FTS5's own
    std::array<char, 128> plain_{};  // letters of ASCII as they are in the index, 0: no such
    std::string word_ = std::string(256, '\0');  // room for one
    std::size_t length_ = 0;                     // of it
    bool broken_ = false;                        // here are bytes that are not UTF-8
};

int create(void* module, const char** options, int count, Fts5Tokenizer** made) {
    return status_of([&] {
        *made = reinterpret_cast<Fts5Tokenizer*>(
            new Tokenizer(*static_cast<const Module*>(module), options, count));
        return SQLITE_OK;
    });
}

void destroy(Fts5Tokenizer* tokenizer) {
    delete reinterpret_cast<Tokenizer*>(tokenizer);
}

int tokenize(Fts5Tokenizer* tokenizer, void* context, int flags, const char* text, int length,
             OnToken on_token) {
    return status_of([&] {
        return reinterpret_cast<Tokenizer*>(tokenizer)->tokenize(
            context, flags, {text, static_cast<std::size_t>(length)}, on_token);
    });
}

// sqlite.org/fts5.html §7
fts5_api* api_of(sqlite3* database) {
    sqlite3_stmt* prepared = nullptr;
    int status = sqlite3_prepare_v2(database, "SELECT fts5(?)", -1, &prepared, nullptr);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(prepared,
                                                                          sqlite3_finalize);
    if (status != SQLITE_OK) throw SQLite::Exception(database, status);
    fts5_api* api = nullptr;
    sqlite3_bind_pointer(prepared, 1, &api, "fts5_api_ptr", nullptr);
    status = sqlite3_step(prepared);
    if (status != SQLITE_ROW || api == nullptr) throw SQLite::Exception("SQLite has no FTS5");
    return api;
}

}  // namespace

void speed_up_tokenizer(sqlite3* database) {
    fts5_api* api = api_of(database);
    auto builtin = std::make_unique<Module>();
    int status = api->xFindTokenizer(api, kName, &builtin->context, &builtin->calls);
    if (status != SQLITE_OK) throw SQLite::Exception("FTS5 has no tokenizer unicode61", status);
    fts5_tokenizer ours{.xCreate = create, .xDelete = destroy, .xTokenize = tokenize};
    status = api->xCreateTokenizer(api, kName, builtin.get(), &ours,
                                   [](void* module) { delete static_cast<Module*>(module); });
    if (status != SQLITE_OK) throw SQLite::Exception("unicode61 cannot be replaced", status);
    builtin.release();  // NOLINT(bugprone-unused-return-value): FTS5 destroys it
}

}  // namespace feedd::sqlite
