#include "command/common.h"

#include <map>

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
                                                              {"json", OutputFormat::json},
                                                              {"jsonl", OutputFormat::jsonl},
                                                              {"csv", OutputFormat::csv}};
    std::map<std::string, OutputFormat> offered;
    std::string names;
    for (const std::string& choice : choices) {
        offered.emplace(choice, kFormats.at(choice));
        names += (names.empty() ? "" : "|") + choice;
    }
    format = kFormats.at(choices.front());
    command.add_option("--format", format, "How to print (default: " + choices.front() + ")")
        ->transform(CLI::CheckedTransformer(offered).description(""))
        ->type_name(names);
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

std::string store_path_of(const Places& places) {
    const Environment environment = process_environment();
    std::optional<std::string> listed;
    if (places.db.empty()) {
        // A list that is missing or broken says nothing about the store: that is no error here.
        if (const auto path = config_path(places.config, environment)) {
            if (const auto config = load_config(*path, environment)) listed = config->store;
        }
    }
    return store_path(places.db, listed, environment);
}

Result<std::unique_ptr<StoreReader>> open_reader_of(const Places& places) {
    return open_reader(store_path_of(places));
}

}  // namespace feedd
