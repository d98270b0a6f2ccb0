#include "schedule/history.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>
#include <numbers>

#include <fmt/format.h>

#include "base/text.h"

namespace feedd::bench {

namespace {

constexpr double kHour = 3600;
constexpr double kDay = 24 * kHour;
constexpr double kWeek = 7 * kDay;
constexpr double kPart = kWeek / Law::kParts;
constexpr double kWeekBegins = 3 * kDay;  // 1970-01-01 was a Thursday: the first Sunday

double uniform(Random& random, double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
}

// Of every order of magnitude alike.
double spread_out(Random& random, double from, double to) {
    return std::exp(uniform(random, std::log(from), std::log(to)));
}

Time whole(double seconds) {
    return Time{Seconds{std::llround(seconds)}};
}

double number(Time time) {
    return static_cast<double>(time.time_since_epoch().count());
}

double rate_at(const Law& law, Time time) {
    return law
        .rate[std::min(static_cast<std::size_t>(seconds_into_week(time) / kPart), Law::kParts - 1)];
}

struct Burst {
    double items = 1;    // the mean number of items at a moment
    double within = 60;  // the mean time between two of them, seconds
};

// Moments by chance, at the rate of the law; each brings a burst of items.
std::vector<Time> drawn_by_rate(const Law& law, const Burst& burst, const Era& era,
                                Random& random) {
    std::vector<Time> items;
    const double fastest = *std::max_element(law.rate.begin(), law.rate.end()) / burst.items;
    std::exponential_distribution<double> wait(fastest);
    std::exponential_distribution<double> between(1 / burst.within);
    std::geometric_distribution<int> more(1 / burst.items);
    for (double at = number(era.begin) + wait(random); at < number(era.end); at += wait(random)) {
        if (uniform(random, 0, fastest) > rate_at(law, whole(at)) / burst.items) continue;
        double item = at;
        for (int left = burst.items > 1 ? more(random) : 0; left >= 0; --left) {
            items.push_back(whole(item));
            item += between(random);
        }
    }
    std::sort(items.begin(), items.end());
    return items;
}

std::vector<Time> drawn_by_slots(const Law& law, const Era& era, Random& random) {
    std::vector<Time> items;
    const double first = std::floor((number(era.begin) - kWeekBegins) / kWeek) * kWeek;
    for (double week = first + kWeekBegins; week < number(era.end); week += kWeek) {
        for (const Slot& slot : law.slots) {
            std::normal_distribution<double> about(week + slot.in_week, slot.spread);
            const double at = about(random);
            if (uniform(random, 0, 1) < slot.chance) items.push_back(whole(at));
        }
    }
    std::sort(items.begin(), items.end());
    return items;
}

// A working day somewhere on Earth: by night hardly anything, fewer at weekends.
Law working_week(double per_day, double night, double weekend, Random& random) {
    const double zone = std::floor(uniform(random, -8, 10));
    Law law;
    law.rate.resize(Law::kParts);
    double total = 0;
    for (std::size_t i = 0; i < Law::kParts; ++i) {
        double local = std::fmod((static_cast<double>(i) + 0.5) * kPart + zone * kHour, kWeek);
        if (local < 0) local += kWeek;
        const double hour = std::fmod(local / kHour, 24);
        const auto day = static_cast<int>(local / kDay);
        const double by_day = std::exp(-std::pow((hour - 13) / 5, 4));  // about 8 to 18 h
        const double share = night + (1 - night) * by_day;
        law.rate[i] = share * (day == 0 || day == 6 ? weekend : 1);
        total += law.rate[i];
    }
    for (double& rate : law.rate)
        rate *= per_day * 7 / (total * kPart);
    return law;
}

// The rate of all usual times together.
std::vector<double> rate_of(const std::vector<Slot>& slots) {
    std::vector<double> rate(Law::kParts);
    for (const Slot& slot : slots) {
        const auto until = [&](double at) {
            const double off = (at - slot.in_week) / (slot.spread * std::numbers::sqrt2);
            return slot.chance * std::erfc(-off) / 2;
        };
        for (std::size_t i = 0; i < Law::kParts; ++i) {
            const double at = static_cast<double>(i) * kPart;
            for (const double week : {-kWeek, 0.0, kWeek})
                rate[i] += (until(at + week + kPart) - until(at + week)) / kPart;
        }
    }
    return rate;
}

// Every working day, or on one day of the week, at a fixed hour, within minutes.
Law podcast(Random& random) {
    Law law;
    const double at = std::floor(uniform(random, 0, 48)) * kHour / 2;
    const double spread = spread_out(random, 60, 600);
    const bool daily = uniform(random, 0, 1) < 0.6;
    const double only = std::floor(uniform(random, 0, 7));
    for (int day = 0; day < 7; ++day) {
        if (daily ? day == 0 || day == 6 : day != static_cast<int>(only)) continue;
        law.slots.push_back({.in_week = day * kDay + at, .spread = spread, .chance = 0.95});
    }
    law.rate = rate_of(law.slots);
    return law;
}

Law weekly(Random& random) {
    const double day = std::floor(uniform(random, 0, 7));
    const double hour = uniform(random, 0, 24);
    const std::vector<Slot> slots{
        {.in_week = day * kDay + hour * kHour, .spread = kHour, .chance = 0.9}};
    return {.rate = rate_of(slots), .slots = slots};
}

// What a file tells: one row a line. nullopt: it is not such a row.
struct Row {
    std::string feed;
    Time at;
};

std::optional<Row> row_of(std::string_view line) {
    const auto comma = line.rfind(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const std::string_view when = trim(line.substr(comma + 1));
    std::string feed{trim(line.substr(0, comma))};
    if (const auto time = parse_utc(when)) return Row{std::move(feed), *time};
    std::int64_t count = 0;
    const auto read = std::from_chars(when.data(), when.data() + when.size(), count);
    const bool all = read.ec == std::errc{} && read.ptr == when.data() + when.size();
    if (!all || when.empty()) return std::nullopt;
    return Row{std::move(feed), Time{Seconds{count}}};
}

Law histogram(const std::vector<Time>& items) {
    Law law;
    law.rate.resize(Law::kParts);
    const double weeks = std::max(number(items.back()) - number(items.front()), kWeek) / kWeek;
    constexpr std::size_t kInHour = 60;
    for (const Time item : items) {
        const auto hour = static_cast<std::size_t>(seconds_into_week(item) / kHour);
        for (std::size_t i = 0; i < kInHour; ++i)
            law.rate.at(hour * kInHour + i) += 1 / (weeks * kHour);
    }
    return law;
}

}  // namespace

std::string_view name(Kind kind) noexcept {
    constexpr std::array<std::string_view, std::size(kKinds)> kNames{
        "poisson", "newsroom", "daytime", "podcast", "weekly", "dead"};
    return kNames.at(static_cast<std::size_t>(kind));
}

History history_of(Kind kind, const Era& era, Random& random) {
    History history{.window = static_cast<int>(uniform(random, 10, 40))};
    Burst burst;
    switch (kind) {
        case Kind::poisson:
            history.law.rate.assign(Law::kParts, spread_out(random, 0.1, 20) / kDay);
            break;
        case Kind::newsroom:
            history.law = working_week(spread_out(random, 15, 120), 0.06, 0.45, random);
            burst = {.items = 1.6, .within = 90};
            history.window = static_cast<int>(uniform(random, 20, 60));
            break;
        case Kind::daytime:
            history.law = working_week(spread_out(random, 1, 8), 0.02, 0.2, random);
            break;
        case Kind::podcast:
            history.law = podcast(random);
            break;
        case Kind::weekly:
            history.law = weekly(random);
            break;
        case Kind::dead: {
            history.law.rate.assign(Law::kParts, spread_out(random, 0.1, 5) / kDay);
            Era alive = era;
            alive.end = era.start - Seconds{std::llround(spread_out(random, 30, 700) * kDay)};
            alive.begin = alive.end - (era.start - era.begin);
            history.items = drawn_by_rate(history.law, burst, alive, random);
            history.law.rate.assign(Law::kParts, 0);
            return history;
        }
    }
    history.items = history.law.slots.empty() ? drawn_by_rate(history.law, burst, era, random)
                                              : drawn_by_slots(history.law, era, random);
    return history;
}

std::vector<History> mixed(int feeds, const Era& era, Random& random) {
    constexpr std::array kOfTen{Kind::poisson, Kind::weekly,  Kind::daytime, Kind::dead,
                                Kind::poisson, Kind::podcast, Kind::poisson, Kind::newsroom,
                                Kind::daytime, Kind::dead};
    std::vector<History> out;
    for (int i = 0; i < feeds; ++i) {
        const Kind kind = kOfTen.at(static_cast<std::size_t>(i) % kOfTen.size());
        out.push_back(history_of(kind, era, random));
        out.back().feed = fmt::format("{} {}", name(kind), i);
    }
    return out;
}

Result<std::vector<History>> read_histories(const std::string& path, int window) {
    std::ifstream file(path);
    if (!file) return fail(ErrorKind::io, path, "cannot be read");
    std::map<std::string, std::vector<Time>> feeds;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (trim(line).empty()) continue;
        auto row = row_of(line);
        if (row) {
            feeds[std::move(row->feed)].push_back(row->at);
        } else if (number > 1) {
            return fail(ErrorKind::usage, fmt::format("{}:{}", path, number),
                        "is no row of a feed and a time, such as news,2025-04-08T01:02:03Z");
        }
    }
    std::vector<History> out;
    for (auto& [feed, items] : feeds) {
        std::sort(items.begin(), items.end());
        out.push_back({.feed = feed, .items = items, .window = window, .law = histogram(items)});
    }
    return out;
}

double seconds_into_week(Time time) noexcept {
    const double since = number(time) - kWeekBegins;
    return since - kWeek * std::floor(since / kWeek);
}

}  // namespace feedd::bench
