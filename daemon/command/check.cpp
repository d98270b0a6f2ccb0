// feedd check: is the list good, and if not, where and why.
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sysexits.h>

#include "command/command.h"
#include "command/common.h"
#include "config/load.h"

namespace feedd {

namespace {

struct CheckOptions {
    Places places;
    OutputFormat format = OutputFormat::table;
};

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void print_summary(const std::string& path, const Config& config) {
    std::string line = fmt::format("{}: {}", path, counted(config.feeds.size(), "feed"));
    if (config.files.size() > 1) line += " in " + counted(config.files.size(), "file");
    fmt::print("{}, ok\n", line);
    if (config.feeds.empty()) {
        fmt::print(stderr, "feedd: {}: warning: there is nothing to poll\n", path);
    }
}

// One object, whether the list is good or not: a consumer reads one thing.
void print_json(const std::string& path, const Config* config, const std::vector<Error>& errors) {
    nlohmann::ordered_json out{{"file", path},
                               {"ok", config != nullptr},
                               {"feeds", nullptr},
                               {"files", nlohmann::ordered_json::array()},
                               {"errors", nlohmann::ordered_json::array()}};
    if (config != nullptr) {
        out["feeds"] = config->feeds.size();
        out["files"] = config->files;
    }
    for (const Error& error : errors) {
        out["errors"].push_back(
            {{"where", error.where}, {"what", error.what}, {"hint", error.hint}});
    }
    std::fprintf(stdout, "%s\n", json_text(out, 2).c_str());
}

int check(const CheckOptions& options) {
    const Environment environment = process_environment();
    const auto path = config_path(options.places.config, environment);
    const auto config =
        path ? load_config(*path, environment)
             : tl::expected<Config, std::vector<Error>>(tl::unexpect, std::vector{path.error()});
    const std::string shown = path ? *path : std::string{};
    const std::vector<Error> errors = config ? std::vector<Error>{} : config.error();
    if (options.format == OutputFormat::json) {
        print_json(shown, config ? &*config : nullptr, errors);
        return errors.empty() ? EX_OK : exit_code(errors.front());
    }
    if (!errors.empty()) return report(errors);
    print_summary(shown, *config);
    return EX_OK;
}

}  // namespace

void add_check(CLI::App& app, int& exit_code) {
    CLI::App* const command = app.add_subcommand("check", "Validate the feed list");
    const auto options = std::make_shared<CheckOptions>();
    add_config_option(*command, options->places);
    add_format_option(*command, options->format, {"table", "json"});
    command->callback([options, &exit_code] { exit_code = check(*options); });
}

}  // namespace feedd
