#include "config/file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include "base/handle.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxList = std::size_t{64} << 20U;  // a hundred bytes for 600,000 feeds
constexpr std::size_t kMaxSmall = std::size_t{1} << 20U;  // what systemd allows a credential

void close_file(std::FILE* file) noexcept {
    std::fclose(file);
}
using File = Handle<std::FILE, close_file>;

Result<std::string> read_file(const std::string& path, std::size_t most, ErrorKind kind) {
    const auto refuse = [kind](std::string what, std::string hint = {}) {
        return fail(kind, {}, std::move(what), std::move(hint));
    };
    const auto cannot = [&] {
        return refuse(fmt::format("cannot be read: {}", std::strerror(errno)));
    };
    // O_NONBLOCK: opening a FIFO must not wait for a writer.
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return cannot();
    const File file(fdopen(descriptor, "rb"));
    if (!file) return cannot();
    struct stat about {};
    if (fstat(fileno(file.get()), &about) != 0) return cannot();
    if (S_ISDIR(about.st_mode)) return refuse("this is a directory", "name a file in it");
    if (!S_ISREG(about.st_mode)) return refuse("this is no regular file");
    if (static_cast<std::size_t>(about.st_size) > most) {
        return refuse(fmt::format("larger than {} MiB", most >> 20U));
    }
    std::string text(static_cast<std::size_t>(about.st_size), '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file.get()));
    if (std::ferror(file.get()) != 0) return cannot();
    return text;
}

}  // namespace

Result<std::string> read_list_file(const std::string& path) {
    return read_file(path, kMaxList, ErrorKind::config);
}

Result<std::string> read_small_file(const std::string& path) {
    return read_file(path, kMaxSmall, ErrorKind::not_found);
}

}  // namespace feedd
