#include "config/replacement.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/file.h"

namespace feedd {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot(const std::string& path, std::string_view what) {
    const int number = errno;
    return fail(ErrorKind::io, path, fmt::format("{}: {}", what, std::strerror(number)),
                number == EACCES || number == EPERM || number == EROFS
                    ? "as somebody who may write there?"
                    : "");
}

// Waits for whoever edits there just now, which takes some milliseconds.
bool lock(int directory) {
    while (flock(directory, LOCK_EX) != 0) {
        if (errno != EINTR) return false;
    }
    return true;
}

// A file beside the one it is going to replace, gone unless it does. Its name ends such that no
// 'include' takes it for a list.
class Beside {
  public:
    explicit Beside(const std::string& path) {
        const fs::path file(path);
        name_ = (file.parent_path() / ("." + file.filename().string() + ".XXXXXX")).string();
        fd_ = Descriptor(mkostemp(name_.data(), O_CLOEXEC));
    }
    ~Beside() {
        if (fd_.raw() >= 0 && !renamed_) ::unlink(name_.c_str());
    }
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;

    [[nodiscard]] int fd() const { return fd_.raw(); }
    [[nodiscard]] bool write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = ::write(fd_.raw(), text.data(), text.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return false;
            text.remove_prefix(static_cast<std::size_t>(written));
        }
        return ::fsync(fd_.raw()) == 0;
    }
    [[nodiscard]] bool rename_to(const std::string& path) {
        renamed_ = std::rename(name_.c_str(), path.c_str()) == 0;
        return renamed_;
    }

  private:
    std::string name_;
    Descriptor fd_;
    bool renamed_ = false;
};

mode_t default_mode() {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

bool same_owner(const struct stat& a, const struct stat& b) {
    return a.st_uid == b.st_uid && a.st_gid == b.st_gid;
}

}  // namespace

Descriptor::~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
}

Result<Replacement> Replacement::open(const std::string& path) {
    Replacement file;
    file.shown_ = path;
    std::error_code failed;
    file.path_ = fs::weakly_canonical(fs::absolute(path), failed).string();
    if (failed) return fail(ErrorKind::io, path, failed.message());
    const std::string directory = fs::path(file.path_).parent_path().string();
    file.directory_ = Descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.directory_.raw() < 0) return cannot(path, "its directory cannot be opened");
    if (!lock(file.directory_.raw())) return cannot(path, "its directory cannot be locked");
    file.exists_ = ::access(file.path_.c_str(), F_OK) == 0;
    if (!file.exists_) return file;
    auto text = read_list_file(file.path_);
    if (!text) return fail(ErrorKind::io, path, text.error().what, text.error().hint);
    file.text_ = std::move(*text);
    return file;
}

Result<void> Replacement::replace(std::string_view text) const {
    Beside beside(path_);
    if (beside.fd() < 0) return cannot(shown_, "its directory cannot be written to");
    struct stat old {};
    struct stat fresh {};
    if (::fstat(beside.fd(), &fresh) != 0) return cannot(shown_, "cannot be replaced");
    mode_t mode = default_mode();
    if (exists_) {
        if (::stat(path_.c_str(), &old) != 0) return cannot(shown_, "is gone");
        const auto now = read_list_file(path_);
        if (!now || *now != text_)
            return fail(ErrorKind::io, shown_, "was edited at the same time", "try again");
        if (old.st_nlink > 1) {
            return fail(ErrorKind::io, shown_,
                        "has other names (hard links), which would keep the old text",
                        "edit it by hand");
        }
        mode = old.st_mode & 07777;
        const bool owned =
            same_owner(old, fresh) || ::fchown(beside.fd(), old.st_uid, old.st_gid) == 0;
        if (!owned) return cannot(shown_, "its owner could not be kept");
    }
    if (::fchmod(beside.fd(), mode) != 0) return cannot(shown_, "its mode could not be kept");
    if (!beside.write(text)) return cannot(shown_, "cannot be written");
    if (!beside.rename_to(path_)) return cannot(shown_, "cannot be replaced");
    ::fsync(directory_.raw());  // the new name is there whether or not this succeeds
    return {};
}

}  // namespace feedd
