// What several commands share: options, opening what they name, printing errors.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json_fwd.hpp>

#include "base/result.h"
#include "model/config.h"
#include "store/store.h"

namespace feedd {

// --config and --db, as written; "" where they were not given.
struct Places {
    std::string config;
    std::string db;
};
void add_config_option(CLI::App& command, Places& places);
void add_db_option(CLI::App& command, Places& places);

enum class OutputFormat : std::uint8_t { table, text, json, jsonl, csv };
// --format with those of the choices that make sense for the command; the first is the default.
void add_format_option(CLI::App& command, OutputFormat& format,
                       const std::vector<std::string>& choices);

// "feedd: message" on stderr; the exit code for it.
int report(const Error& error);
int report(std::span<const Error> errors);

// The list that the options name. Its errors are reported; the exit code is then in `exit_code`.
[[nodiscard]] std::optional<Config> read_list(const Places& places, int& exit_code);

// JSON as one line, or indented. Text that is no UTF-8 is mended: it must never break the JSON.
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& json, int indent = -1);

// The store's path by --db, else by the list, else by the environment. A list need not be there;
// one that was named with --config, or is there and has errors, is an error: the store would be
// another one than the list's.
[[nodiscard]] Result<std::string> store_path_of(const Places& places);
[[nodiscard]] Result<std::unique_ptr<StoreReader>> open_reader_of(const Places& places);

}  // namespace feedd
