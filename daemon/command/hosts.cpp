#include "command/hosts.h"

#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "command/table.h"
#include "schedule/throttle.h"

namespace feedd {

namespace {

using Json = nlohmann::ordered_json;

Json time_or_null(const std::optional<Time>& time) {
    return time ? Json(format_utc(*time)) : Json(nullptr);
}

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string spacing_text(const std::optional<std::int64_t>& milliseconds) {
    if (!milliseconds) return "-";
    return fmt::format("{:.3f} s", static_cast<double>(*milliseconds) / 1000);
}

void print(const Json& rows) {
    std::fprintf(stdout, "%s\n", json_text(rows, 2).c_str());
}

Json json_of(const HostRow& row, Time now) {
    const bool held = hold_left(row.throttle, now) > Seconds{0};
    Json out{{"host", row.host},
             {"first_at", format_utc(row.first_at)},
             {"last_at", format_utc(row.last_at)},
             {"requests", row.requests},
             {"not_modified", row.not_modified},
             {"not_modified_share", share(row.not_modified, row.requests)},
             {"bytes", row.bytes}};
    out["least_spacing_ms"] = row.least_spacing_ms ? Json(*row.least_spacing_ms) : Json(nullptr);
    out["complaints"] = row.complaints;
    out["breaches"] = row.breaches;
    out["pause_ms"] = least_pause(row.throttle, now).count();
    out["held_until"] = held ? time_or_null(row.throttle.held_until) : Json(nullptr);
    out["held_reason"] = held ? Json(row.throttle.reason) : Json(nullptr);
    return out;
}

std::vector<std::string> cells_of(const HostRow& row, Time now) {
    std::string held = "-";
    if (hold_left(row.throttle, now) > Seconds{0})
        held = fmt::format("{} ({})", format_utc(*row.throttle.held_until), row.throttle.reason);
    return {row.host,
            std::to_string(row.requests),
            fmt::format("{:.0f} %", 100 * share(row.not_modified, row.requests)),
            spacing_text(row.least_spacing_ms),
            std::to_string(row.bytes),
            std::to_string(row.complaints),
            std::to_string(row.breaches),
            std::move(held)};
}

}  // namespace

int print_hosts(StoreReader& store, OutputFormat format, Time now) {
    const auto hosts = store.hosts({});
    if (!hosts) return report(hosts.error());
    if (format == OutputFormat::json) {
        Json rows = Json::array();
        for (const HostRow& row : *hosts)
            rows.push_back(json_of(row, now));
        print(rows);
        return 0;
    }
    std::vector<std::vector<std::string>> cells;
    for (const HostRow& row : *hosts)
        cells.push_back(cells_of(row, now));
    std::fputs(table({{"HOST", false, true},
                      {"REQUESTS", true},
                      {"304", true},
                      {"LEAST SPACING", true},
                      {"BYTES", true},
                      {"COMPLAINTS", true},
                      {"BREACHES", true},
                      {"LEFT ALONE UNTIL"}},
                     cells, terminal_width())
                   .c_str(),
               stdout);
    return 0;
}

int print_gaps(StoreReader& store, OutputFormat format) {
    const auto gaps = store.gaps();
    if (!gaps) return report(gaps.error());
    if (format == OutputFormat::json) {
        Json rows = Json::array();
        for (const GapRow& row : *gaps) {
            rows.push_back({{"feed", row.feed},
                            {"gaps", row.gaps},
                            {"polls", row.polls},
                            {"items", row.items},
                            {"last_gap_at", time_or_null(row.last_gap_at)},
                            {"next_poll_reason", row.next_poll_reason}});
        }
        print(rows);
        return 0;
    }
    std::vector<std::vector<std::string>> cells;
    for (const GapRow& row : *gaps) {
        cells.push_back({row.feed, std::to_string(row.gaps), std::to_string(row.polls),
                         std::to_string(row.items),
                         row.last_gap_at ? format_utc(*row.last_gap_at) : "-",
                         row.next_poll_reason});
    }
    std::fputs(table({{"FEED"},
                      {"GAPS", true},
                      {"POLLS", true},
                      {"ITEMS", true},
                      {"LAST GAP"},
                      {"PLAN", false, true}},
                     cells, terminal_width())
                   .c_str(),
               stdout);
    return 0;
}

}  // namespace feedd
