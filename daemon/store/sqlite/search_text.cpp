#include "store/sqlite/search_text.h"

#include "base/text.h"
#include "store/sqlite/search_fold.h"
#include "store/sqlite/search_letters.h"

namespace feedd::sqlite {

namespace {

// Walks through a text, piece by piece.
class Pieces {
  public:
    explicit Pieces(std::string_view text) : text_(text) {}
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] bool at_space() const { return !done() && is_space(text_[at_]); }

    // What is not written in runs, from here on.
    std::string_view other() {
        const std::size_t start = at_;
        at_ = find_run(text_, at_);
        return text_.substr(start, at_ - start);
    }

    // The run that begins here, each character but its marks a word.
    void append_run(std::string& out) {
        while (!done()) {
            const CodePoint c = code_point_at(text_, at_);
            const Letter letter = letter_of(c.value);
            if (letter != Letter::in_run && letter != Letter::run_mark) break;
            if (letter == Letter::in_run) {
                if (!out.empty() && out.back() != ' ') out += ' ';
                out += text_.substr(at_, c.length);
            }
            at_ += c.length;
        }
    }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::string search_text(std::string_view original) {
    std::string text = folded(original);
    Pieces pieces(text);
    const std::string_view first = pieces.other();
    if (pieces.done()) return text;
    std::string out;
    out.reserve(text.size() * 2);
    out += first;
    while (!pieces.done()) {
        pieces.append_run(out);
        if (!pieces.done() && !pieces.at_space()) out += ' ';
        out += pieces.other();
    }
    return out;
}

bool has_the_words_of_the_index(std::string_view text) {
    return !may_have_points(text) && find_run(text, 0) == text.size();
}

}  // namespace feedd::sqlite
