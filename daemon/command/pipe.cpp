#include "command/pipe.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kChunk = 4096;

bool has_input() {
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    return poll(&input, 1, 0) > 0;
}

Result<std::int64_t> number_of(std::string_view line) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
    if (error == std::errc{} && end == line.data() + line.size() && number >= 0) return number;
    return fail(ErrorKind::usage, "standard input", fmt::format("'{}' is no seq", line),
                "write the seq of the last change that was handled, a number a line");
}

}  // namespace

Result<bool> write_to_output(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(STDOUT_FILENO, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EPIPE) {
            return false;
        } else if (errno == EAGAIN) {
            pollfd output{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
            (void)poll(&output, 1, -1);
        } else if (errno != EINTR) {
            return fail(ErrorKind::io, "standard output",
                        fmt::format("cannot be written: {}", std::strerror(errno)), {});
        }
    }
    return true;
}

bool output_closed() {
    pollfd output{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
    return poll(&output, 1, 0) > 0 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

void NumbersIn::read_what_came() {
    std::array<char, kChunk> chunk{};
    while (!ended_ && has_input()) {
        const ssize_t got = read(STDIN_FILENO, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) {
            ended_ = true;
            if (!pending_.empty()) pending_ += '\n';  // a last line without its end
            return;
        }
        pending_.append(chunk.data(), static_cast<std::size_t>(got));
    }
}

Result<std::optional<std::int64_t>> NumbersIn::latest() {
    read_what_came();
    std::optional<std::int64_t> last;
    std::size_t start = 0;
    for (std::size_t end = 0; (end = pending_.find('\n', start)) != std::string::npos;
         start = end + 1) {
        const std::string_view line = trim(std::string_view(pending_).substr(start, end - start));
        if (line.empty()) continue;
        const auto number = number_of(line);
        if (!number) return tl::unexpected(number.error());
        last = *number;
    }
    pending_.erase(0, start);
    return last;
}

}  // namespace feedd
