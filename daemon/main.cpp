#include <clocale>
#include <cstdio>
#include <exception>

#include <sysexits.h>

#include "base/log.h"
#include "command/command.h"

namespace {

constexpr int kParseUsage = 2;  // `feedd parse` promises 2 for wrong usage

int run(int argc, char** argv) {
    CLI::App app{
        "Polls RSS, Atom and JSON feeds, deduplicates their items and stores them as articles in "
        "SQLite.",
        "feedd"};
    app.set_version_flag("--version", "feedd " FEEDD_VERSION);
    app.require_subcommand(1);
    app.footer("'feedd COMMAND --help' tells the options of a command.");
    int exit_code = EX_OK;
    std::string level = "info";
    app.add_option("--log-level", level, "trace, debug, info, warning, error or off")
        ->envname("FEEDD_LOG_LEVEL")
        ->capture_default_str();
    app.parse_complete_callback([&] {
        if (const auto started = feedd::start_log(level); !started) {
            throw CLI::ValidationError("--log-level", feedd::message(started.error()));
        }
    });
    feedd::add_run(app, exit_code);
    feedd::add_once(app, exit_code);
    feedd::add_check(app, exit_code);
    feedd::add_parse(app, exit_code);
    feedd::add_feeds(app, exit_code);
    feedd::add_articles(app, exit_code);
    feedd::add_search(app, exit_code);
    feedd::add_db(app, exit_code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
            return app.exit(error);  // --help, --version
        }
        std::fprintf(stderr, "feedd: %s\nTry 'feedd --help'.\n", error.what());
        return argc > 1 && std::string_view(argv[1]) == "parse" ? kParseUsage : EX_USAGE;
    }
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    std::setlocale(LC_ALL, "C.UTF-8");
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "feedd: internal error: %s\n", error.what());
        return EX_SOFTWARE;
    }
}
