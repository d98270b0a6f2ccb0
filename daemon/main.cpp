#include <algorithm>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>

#include <fmt/format.h>
#include <malloc.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/text.h"
#include "command/command.h"

namespace {

constexpr int kParseUsage = 2;  // `feedd parse` promises 2 for wrong usage

// The innermost command that the arguments name.
const CLI::App& chosen(const CLI::App& app) {
    const CLI::App* command = &app;
    while (!command->get_subcommands().empty())
        command = command->get_subcommands().front();
    return *command;
}

// "feedd db": how to call it.
std::string full_name(const CLI::App& command) {
    const CLI::App* const parent = command.get_parent();
    return (parent == nullptr ? "" : full_name(*parent) + " ") + command.get_name();
}

// "onec" where a command should stand; "" where it is missing, or the error is another one.
std::string unknown_command(const CLI::App& app, const CLI::App& command) {
    if (command.get_subcommands([](const CLI::App*) { return true; }).empty()) return {};
    for (const std::string& word : app.remaining(true)) {
        if (!word.starts_with('-')) return word;
    }
    return {};
}

std::string nearest_command(const CLI::App& command, const std::string& word) {
    std::string nearest;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const CLI::App* known : command.get_subcommands([](const CLI::App*) { return true; })) {
        const std::size_t distance = feedd::edit_distance(word, known->get_name());
        if (distance >= least) continue;
        least = distance;
        nearest = known->get_name();
    }
    return nearest;
}

int refuse(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App& command = chosen(app);
    std::string what = error.what();
    if (const std::string word = unknown_command(app, command); !word.empty()) {
        what = fmt::format("'{}' is no command", word);
        const std::string meant = nearest_command(command, word);
        if (!meant.empty()) what += fmt::format(" (did you mean {}?)", meant);
    }
    std::fprintf(stderr, "feedd: %s\nTry '%s --help'.\n", what.c_str(), full_name(command).c_str());
    return app.got_subcommand("parse") ? kParseUsage : EX_USAGE;
}

// A full disk behind '>' must not look like success.
int with_output_written(int exit_code) {
    errno = 0;
    const bool flushed = std::fflush(stdout) == 0;
    if (flushed && std::ferror(stdout) == 0) return exit_code;
    std::fprintf(stderr, "feedd: standard output cannot be written%s%s\n", errno == 0 ? "" : ": ",
                 errno == 0 ? "" : std::strerror(errno));
    return EX_IOERR;
}

int run(int argc, char** argv) {
    CLI::App app{
        "Polls RSS, Atom and JSON feeds, deduplicates their items and stores them as articles in "
        "SQLite.",
        "feedd"};
    app.set_version_flag("--version", "feedd " FEEDD_VERSION);
    app.require_subcommand(1);
    app.fallthrough();  // --log-level may stand after the command, too
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
    feedd::add_add(app, exit_code);
    feedd::add_import(app, exit_code);
    feedd::add_export(app, exit_code);
    feedd::add_articles(app, exit_code);
    feedd::add_search(app, exit_code);
    feedd::add_explain(app, exit_code);
    feedd::add_tail(app, exit_code);
    feedd::add_replay(app, exit_code);
    feedd::add_db(app, exit_code);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
            return app.exit(error);  // --help, --version
        }
        return refuse(app, error);
    }
    return exit_code;
}

}  // namespace

// What one thread makes, another one frees (loop, workers, store), and each arena keeps the most
// that it ever held. By default there are eight for each core; with fewer than threads, which on
// two cores are four, they wait for each other.
constexpr int kArenas = 4;

int main(int argc, char** argv) {
    mallopt(M_ARENA_MAX, kArenas);
    std::setlocale(LC_ALL, "C.UTF-8");
    try {
        return with_output_written(run(argc, argv));
    } catch (const std::exception& error) {
        if (std::ferror(stdout) != 0) return with_output_written(EX_IOERR);
        std::fprintf(stderr, "feedd: internal error: %s\n", error.what());
        return EX_SOFTWARE;
    }
}
