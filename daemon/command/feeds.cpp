#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "command/command.h"
#include "command/common.h"
#include "command/hosts.h"
#include "command/table.h"

namespace feedd {

namespace {

struct FeedsOptions {
    Places places;
    FeedFilter filter;
    OutputFormat format = OutputFormat::table;
    bool hosts = false;
    bool gaps = false;
};

std::string or_dash(const std::optional<Time>& time) {
    return time ? format_utc(*time) : "-";
}

// What a person should know first.
std::string note_on(const FeedRow& row) {
    if (!row.merged_into.empty()) return "into " + row.merged_into;
    if (!row.state.last_error.empty()) return row.state.last_error;
    if (!row.state.silent_since) return row.info.title;
    return "silent since " + format_utc(*row.state.silent_since) + ": " + row.info.title;
}

std::string_view status_of(const FeedRow& row) {
    const bool listed = row.state.status != FeedStatus::removed;
    return listed && row.state.merged_into ? "merged" : name(row.state.status);
}

void print_table(const std::vector<FeedRow>& rows) {
    std::vector<std::vector<std::string>> cells;
    for (const FeedRow& row : rows) {
        const FeedState& state = row.state;
        cells.push_back({state.name, std::string(status_of(row)), std::to_string(row.articles),
                         or_dash(state.last_success_at), or_dash(state.last_new_at),
                         or_dash(state.next_poll_at), note_on(row)});
    }
    std::fputs(table({{"FEED"},
                      {"STATUS"},
                      {"ITEMS", true},
                      {"LAST SUCCESS"},
                      {"LAST NEW"},
                      {"NEXT POLL"},
                      {"TITLE OR TROUBLE", false, true}},
                     cells, terminal_width())
                   .c_str(),
               stdout);
}

nlohmann::ordered_json json_of(const FeedRow& row) {
    const FeedState& state = row.state;
    nlohmann::ordered_json out{{"name", state.name},
                               {"url", state.url},
                               {"listed_url", state.listed_url},
                               {"title", row.info.title},
                               {"site_url", row.info.site_url},
                               {"tags", row.tags},
                               {"status", status_of(row)},
                               {"items_known", row.articles},
                               {"failures", state.failures}};
    const auto put_time = [&](const char* key, const std::optional<Time>& time) {
        out[key] = time ? nlohmann::ordered_json(format_utc(*time)) : nullptr;
    };
    put_time("last_polled_at", state.last_polled_at);
    put_time("last_success_at", state.last_success_at);
    put_time("last_new_at", state.last_new_at);
    put_time("next_poll_at", state.next_poll_at);
    put_time("silent_since", state.silent_since);
    out["next_poll_reason"] = row.next_poll_reason;
    out["last_error"] =
        state.last_error.empty() ? nullptr : nlohmann::ordered_json(state.last_error);
    if (!row.merged_into.empty()) out["merged_into"] = row.merged_into;
    if (state.move) {
        out["moving_to"] = {{"url", state.move->to}, {"polls", state.move->polls}};
    }
    return out;
}

int feeds(const FeedsOptions& options) {
    auto reader = open_reader_of(options.places);
    if (!reader) return report(reader.error());
    if (options.hosts) return print_hosts(**reader, options.format, now_utc());
    if (options.gaps) return print_gaps(**reader, options.format);
    const auto rows = (*reader)->feeds(options.filter);
    if (!rows) return report(rows.error());
    if (options.format == OutputFormat::table) {
        print_table(*rows);
        return 0;
    }
    auto all = nlohmann::ordered_json::array();
    for (const FeedRow& row : *rows)
        all.push_back(json_of(row));
    std::fprintf(stdout, "%s\n", json_text(all, 2).c_str());
    return 0;
}

}  // namespace

void add_feeds(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<FeedsOptions>();
    CLI::App& command = *app.add_subcommand("feeds", "The health of every feed");
    add_config_option(command, options->places);
    add_db_option(command, options->places);
    command.add_flag("--failing", options->filter.failing, "Only those whose last poll failed");
    command.add_flag("--removed", options->filter.removed,
                     "Those that are no longer on the list, too");
    CLI::Option* hosts = command.add_flag(
        "--hosts", options->hosts, "How each host was treated: requests, pauses, complaints");
    CLI::Option* gaps = command.add_flag("--gaps", options->gaps,
                                         "Feeds that may have published more than was seen");
    hosts->excludes(gaps);
    command.add_option("FEED", options->filter.names, "Only these, by name");
    add_format_option(command, options->format, {"table", "json"});
    command.callback([options, &exit_code] { exit_code = feeds(*options); });
}

}  // namespace feedd
