#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace feedd::test {

// A directory of its own for a test, gone with it.
class TempDir {
  public:
    TempDir();
    ~TempDir();
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;

    [[nodiscard]] std::string path(std::string_view name = {}) const;
    // Writes a file below it and returns its path.
    std::string write(std::string_view name, std::string_view content) const;

  private:
    std::filesystem::path path_;
};

[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace feedd::test
