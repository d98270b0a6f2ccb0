// The command line: a file per command. Each adds itself to the app; when CLI11 runs its callback,
// the command does its work and sets the exit code (sysexits.h; 0 is success).
#pragma once

#include <CLI/CLI.hpp>

namespace feedd {

void add_run(CLI::App& app, int& exit_code);
void add_once(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code);
void add_parse(CLI::App& app, int& exit_code);
void add_feeds(CLI::App& app, int& exit_code);
void add_add(CLI::App& app, int& exit_code);
void add_import(CLI::App& app, int& exit_code);
void add_export(CLI::App& app, int& exit_code);
void add_articles(CLI::App& app, int& exit_code);
void add_search(CLI::App& app, int& exit_code);
void add_explain(CLI::App& app, int& exit_code);
void add_tail(CLI::App& app, int& exit_code);
void add_db(CLI::App& app, int& exit_code);

}  // namespace feedd
