// feedd export: the list as OPML, for other programs.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sysexits.h>

#include "base/text.h"
#include "base/time.h"
#include "base/url.h"
#include "command/command.h"
#include "command/common.h"
#include "config/edit_list.h"
#include "config/load.h"
#include "config/replacement.h"
#include "parse/opml.h"

namespace feedd {

namespace {

struct ExportOptions {
    Places places;
    std::vector<std::string> tags;
    std::string output;
};

bool is_wanted(const FeedSpec& feed, const std::vector<std::string>& tags) {
    return tags.empty() || std::any_of(tags.begin(), tags.end(), [&](const std::string& tag) {
               return std::find(feed.tags.begin(), feed.tags.end(), tag) != feed.tags.end();
           });
}

// The parameter of the query that may be a secret; "" none.
std::string_view secret_parameter(std::string_view url) {
    static constexpr std::array<std::string_view, 14> kNames{
        "token",  "access_token", "auth",   "auth_token", "key", "apikey",    "api_key",
        "secret", "password",     "passwd", "pwd",        "sig", "signature", "private_token"};
    for (const std::string_view pair : split(split_url(url).query.value_or(""), '&')) {
        const std::string_view name = pair.substr(0, pair.find('='));
        for (const std::string_view known : kNames) {
            if (iequals(known, name)) return name;
        }
    }
    return {};
}

// Feeds whose URL is made with a secret are left out, and that is said.
Opml opml_of(const Config& config, const std::vector<std::string>& tags) {
    Opml opml{.title = "Feeds of feedd", .feeds = {}, .recovered = false};
    for (const FeedSpec& feed : config.feeds) {
        if (!is_wanted(feed, tags)) continue;
        if (feed.secret_url) {
            fmt::print(stderr, "feedd: {}: '{}' is left out: its URL has a secret filled in\n",
                       feed.place, feed.name);
            continue;
        }
        if (const auto name = secret_parameter(feed.url); !name.empty()) {
            fmt::print(stderr, "feedd: {}: warning: '{}' of the URL of '{}' may be a secret\n",
                       feed.place, name, feed.name);
        }
        opml.feeds.push_back({.url = feed.url, .name = feed.name, .tags = feed.tags});
    }
    return opml;
}

int export_list(const ExportOptions& options) {
    const Environment environment = process_environment();
    const auto path = config_path(options.places.config, environment);
    if (!path) return report(path.error());
    const auto config = std::filesystem::exists(*path) ? editable_list(*path, environment)
                                                       : load_config(*path, environment);
    if (!config) return report(config.error());
    const std::string text = write_opml(opml_of(*config, options.tags), now_utc());
    if (options.output.empty() || options.output == "-") {
        std::fwrite(text.data(), 1, text.size(), stdout);
        return EX_OK;
    }
    const auto file = Replacement::open(options.output);
    const auto written = file ? file->replace(text) : tl::unexpected<Error>(file.error());
    return written ? EX_OK : report(written.error());
}

}  // namespace

void add_export(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<ExportOptions>();
    CLI::App& command = *app.add_subcommand("export", "Print the list as OPML");
    add_config_option(command, options->places);
    command.add_option("--tag", options->tags, "Only feeds with this tag; may be repeated")
        ->type_name("TAG")
        ->delimiter(',')
        ->take_all()
        ->allow_extra_args(false);
    command.add_option("--output", options->output, "Write to this file (default: stdout)")
        ->type_name("FILE");
    command.footer(
        "User names, passwords, headers and what else is secret stay here: credentials are taken\n"
        "out of URLs, and feeds whose URL has a ${NAME} filled in are left out.");
    command.callback([options, &exit_code] { exit_code = export_list(*options); });
}

}  // namespace feedd
