// A file that is edited: replaced as a whole, or not at all.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace feedd {

class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor();
    [[nodiscard]] int raw() const noexcept { return fd_; }

  private:
    int fd_ = -1;
};

// From open() to its end no other Replacement of a file in the same directory is open, in any
// process: two edits at a time both count.
class Replacement {
  public:
    // Symbolic links are followed: it is what they lead to that is replaced. A file that is not
    // there has no text, and will be made. Errors are of kind io.
    [[nodiscard]] static Result<Replacement> open(const std::string& path);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

    // The new text, on the disk when this returns, under the same owner and mode. A reader sees the
    // old file or the new one. Refused where the old one was edited since open(), could not keep
    // its owner, or has other names (hard links), which would go on naming the old text.
    [[nodiscard]] Result<void> replace(std::string_view text) const;

  private:
    Replacement() = default;

    std::string shown_;  // as it was named
    std::string path_;   // of the file itself
    Descriptor directory_;
    bool exists_ = false;
    std::string text_;
};

}  // namespace feedd
