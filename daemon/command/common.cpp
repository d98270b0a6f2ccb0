#include "command/common.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <sysexits.h>

#include "config/load.h"
#include "store/open.h"

namespace feedd {

void add_config_option(CLI::App& command, Places& places) {
    command
        .add_option("--config", places.config,
                    "Feed list (default: ./feeds.yaml, then $CONFIGURATION_DIRECTORY, "
                    "then /etc/feedd/feeds.yaml)")
        ->type_name("FILE");
}

void add_db_option(CLI::App& command, Places& places) {
    command
        .add_option("--db", places.db,
                    "Store (default: 'store:' of the list, then $STATE_DIRECTORY/feedd.db, "
                    "then ./feedd.db)")
        ->type_name("FILE");
}

void add_format_option(CLI::App& command, OutputFormat& format,
                       const std::vector<std::string>& choices) {
    static const std::map<std::string, OutputFormat> kFormats{{"table", OutputFormat::table},
                                                              {"text", OutputFormat::text},
                                                              {"json", OutputFormat::json},
                                                              {"jsonl", OutputFormat::jsonl},
                                                              {"csv", OutputFormat::csv}};
    format = kFormats.at(choices.front());
    command
        .add_option_function<std::string>(
            "--format",
            [&format, choices](const std::string& word) {
                if (std::find(choices.begin(), choices.end(), word) == choices.end()) {
                    throw CLI::ValidationError("--format", fmt::format("'{}' is none of {}", word,
                                                                       fmt::join(choices, ", ")));
                }
                format = kFormats.at(word);
            },
            "How to print (default: " + choices.front() + ")")
        ->type_name(fmt::format("{}", fmt::join(choices, "|")));
}

int report(const Error& error) {
    std::fprintf(stderr, "feedd: %s\n", message(error).c_str());
    return exit_code(error);
}

int report(std::span<const Error> errors) {
    int code = EX_OK;
    for (const Error& error : errors)
        code = report(error);
    return code;
}

std::optional<Config> read_list(const Places& places, int& exit_code) {
    const Environment environment = process_environment();
    const auto path = config_path(places.config, environment);
    if (!path) {
        exit_code = report(path.error());
        return std::nullopt;
    }
    auto config = load_config(*path, environment);
    if (!config) {
        exit_code = report(config.error());
        return std::nullopt;
    }
    return std::move(*config);
}

std::string json_text(const nlohmann::ordered_json& json, int indent) {
    return json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<std::string> store_path_of(const Places& places) {
    const Environment environment = process_environment();
    if (!places.db.empty()) return places.db;
    const auto list = config_path(places.config, environment);
    if (!list) return store_path({}, std::nullopt, environment);
    const auto listed = listed_store(*list, environment);
    if (!listed) {
        Error error = listed.error().front();
        if (error.hint.empty())
            error.hint = "the store is where the list says; or name it with --db";
        return tl::unexpected(std::move(error));
    }
    return store_path({}, *listed, environment);
}

Result<std::unique_ptr<StoreReader>> open_reader_of(const Places& places) {
    return store_path_of(places).and_then(
        [](const std::string& path) { return open_reader(path); });
}

}  // namespace feedd
