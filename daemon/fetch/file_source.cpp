#include "fetch/file_source.h"

#include <cerrno>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/url.h"
#include "fetch/classify.h"

namespace feedd {

namespace {

class OpenFile {
  public:
    // O_NONBLOCK: opening a FIFO that nobody writes to must not wait for ever.
    explicit OpenFile(const std::string& path)
        : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
    ~OpenFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    [[nodiscard]] int fd() const noexcept { return fd_; }

  private:
    int fd_;
};

// RFC 8089: file:///path, file://localhost/path, file:/path.
tl::expected<std::string, Failure> path_of(std::string_view url) {
    const UrlParts parts = split_url(url);
    if (!parts.scheme || !iequals(*parts.scheme, "file"))
        return tl::unexpected(Failure{PollError::refused, "no file: URL"});
    const std::string_view host = parts.authority.value_or("");
    if (!host.empty() && !iequals(host, "localhost"))
        return tl::unexpected(
            Failure{PollError::file, "a file: URL with a host; use file:///path"});
    std::string path = percent_decode(parts.path);
    // The system would read a path only up to a NUL, which may be another file.
    if (!path.starts_with('/') || path.find('\0') != std::string::npos)
        return tl::unexpected(Failure{PollError::file, "a file: URL without an absolute path"});
    return path;
}

// RFC 9110 §5.6.7, in English whatever the locale.
std::string http_date(std::time_t time) {
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    if (gmtime_r(&time, &utc) == nullptr) return {};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[utc.tm_wday], utc.tm_mday,
                       kMonths[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
                       utc.tm_sec);
}

std::string system_error(const std::string& path, int error) {
    return path + ": " + std::strerror(error);
}

Failure too_large(const Request& request) {
    return {PollError::too_large,
            "file of more than " + std::to_string(request.max_body) + " bytes"};
}

std::optional<Failure> read_all(int fd, const std::string& path, const Request& request,
                                std::string& body) {
    char buffer[65536];
    for (;;) {
        const ssize_t count = ::read(fd, buffer, sizeof buffer);
        if (count == 0) return std::nullopt;
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return Failure{PollError::file, system_error(path, errno)};
        body.append(buffer, static_cast<std::size_t>(count));
        if (body.size() > request.max_body) return too_large(request);
    }
}

std::optional<Failure> read_into(Response& response, const Request& request) {
    const tl::expected<std::string, Failure> path = path_of(request.url);
    if (!path) return path.error();
    const OpenFile file(*path);
    struct stat about {};
    if (file.fd() < 0 || ::fstat(file.fd(), &about) != 0)
        return Failure{PollError::file, system_error(*path, errno)};
    if (!S_ISREG(about.st_mode)) return Failure{PollError::file, *path + ": no regular file"};
    if (static_cast<std::uint64_t>(about.st_size) > request.max_body) return too_large(request);

    // Taken before reading: a file that changes meanwhile is read again next time.
    const std::string etag =
        fmt::format("\"{}{:09}-{}\"", about.st_mtim.tv_sec, about.st_mtim.tv_nsec, about.st_size);
    response.headers = {{"ETag", etag}, {"Last-Modified", http_date(about.st_mtim.tv_sec)}};
    response.status = 304;
    if (request.validators.etag == etag) return std::nullopt;
    response.status = 200;
    std::optional<Failure> failure = read_all(file.fd(), *path, request, response.body);
    response.wire_bytes = response.body.size();
    return failure;
}

}  // namespace

Response read_file_feed(const Request& request) {
    const SteadyTime started = std::chrono::steady_clock::now();
    Response response{.url = request.url, .conditional = !request.validators.empty()};
    if (std::optional<Failure> failure = read_into(response, request)) {
        response.status = 0;
        response.headers.clear();
        response.body.clear();
        response.error = failure->error;
        response.error_text = std::move(failure->text);
    }
    response.duration = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - started);
    response.at = now_utc();
    return response;
}

}  // namespace feedd
