// Lays out running text in lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace feedd {

// Collapses white space; what separates two words is decided when the second one comes, so that
// nothing hangs at the ends of lines or of the whole.
class TextWriter {
  public:
    explicit TextWriter(std::size_t expected) { out_.reserve(expected); }

    void words(std::string_view text);         // white space collapsed
    void preformatted(std::string_view text);  // as it is
    // At least so many line ends before the next word: 2 leave a blank line.
    void gap(std::size_t lines);
    void line_break();                      // <br>: two of them leave a blank line
    void marker(std::string text);          // "- " before the next word
    void separator(std::string_view text);  // between the last word and the next, instead of a gap
    void indent(std::size_t spaces) { indent_ = spaces; }

    // Whether a line ended since the first word behind the mark.
    void mark() { mark_ = std::string::npos; }
    [[nodiscard]] bool line_ended_since_mark() const noexcept {
        return mark_ != std::string::npos && out_.find('\n', mark_) != std::string::npos;
    }
    [[nodiscard]] std::string take() &&;

  private:
    void lead_in();

    std::string out_;
    std::size_t mark_ = 0;
    std::size_t gap_ = 0;
    std::size_t breaks_ = 0;
    bool space_ = false;
    std::size_t indent_ = 0;
    std::string marker_;
    std::string_view separator_;
};

}  // namespace feedd
