#include <memory>
#include <utility>

#include "command/command.h"
#include "command/common.h"
#include "config/load.h"
#include "service/daemon.h"

namespace feedd {

namespace {

int run(const Places& places) {
    const Environment environment = process_environment();
    const auto path = config_path(places.config, environment);
    if (!path) return report(path.error());
    auto config = load_config(*path, environment);
    if (!config) return report(config.error());
    const std::string db = store_path(places.db, config->store, environment);
    const auto stopped = run_daemon(std::move(*config), *path, db);
    return stopped ? 0 : report(stopped.error());
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
    auto places = std::make_shared<Places>();
    CLI::App& command = *app.add_subcommand(
        "run",
        "The daemon, in the foreground: polls until SIGTERM, reloads the list on SIGHUP "
        "and when it is saved");
    add_config_option(command, *places);
    add_db_option(command, *places);
    command.callback([places, &exit_code] { exit_code = run(*places); });
}

}  // namespace feedd
