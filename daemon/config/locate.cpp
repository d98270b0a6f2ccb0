#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "base/text.h"
#include "config/load.h"

namespace feedd {

namespace {

constexpr std::string_view kSystemList = "/etc/feedd/feeds.yaml";

bool exists(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

// systemd.exec(5): several directories are separated by colons; the first is the unit's own.
std::string first_directory(const Environment& environment, const char* variable) {
    const std::optional<std::string> value = environment(variable);
    if (!value) return {};
    const auto directories = split(*value, ':');
    return directories.empty() ? std::string{} : std::string(directories.front());
}

}  // namespace

Result<std::string> config_path(const std::string& option, const Environment& environment) {
    if (!option.empty()) return option;
    const std::string directory = first_directory(environment, "CONFIGURATION_DIRECTORY");
    const std::array<std::string, 3> places{
        "feeds.yaml", directory.empty() ? std::string{} : directory + "/feeds.yaml",
        std::string(kSystemList)};
    for (const std::string& place : places) {
        if (!place.empty() && exists(place)) return place;
    }
    return fail(ErrorKind::config, {},
                fmt::format("no feed list: neither ./feeds.yaml nor {} is there", kSystemList),
                "name one with --config");
}

std::string store_path(const std::string& option, const std::optional<std::string>& listed,
                       const Environment& environment) {
    if (!option.empty()) return option;
    if (listed) return *listed;
    const std::string directory = first_directory(environment, "STATE_DIRECTORY");
    return directory.empty() ? "feedd.db" : directory + "/feedd.db";
}

}  // namespace feedd
