#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <sysexits.h>

#include "command/change_json.h"
#include "command/command.h"
#include "command/common.h"
#include "command/pipe.h"
#include "command/table.h"
#include "service/loop.h"
#include "store/open.h"

namespace feedd {

namespace {

enum class Acknowledge : std::uint8_t {
    written,  // what the reader of standard output has taken
    input,    // what comes back on standard input
};

struct TailOptions {
    Places places;
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> after;
    std::string consumer;
    Acknowledge acknowledge = Acknowledge::written;
    std::optional<std::int64_t> acknowledged;
    bool forget = false;
    bool consumers = false;
    bool follow = false;
    OutputFormat format = OutputFormat::table;  // of the consumers
    bool no_backfill = false;
};

// Articles are inlined whole: so many of them are in memory at a time.
constexpr std::size_t kBatch = 64;
// Commits are noticed by the writes to the WAL; this is for what no file system event tells: the
// other end of a pipe, and stores on file systems without events.
constexpr std::chrono::milliseconds kTick{100};
// A commit is several writes: read after the last one, not after each.
constexpr std::chrono::milliseconds kSettle{5};

// Which file a path names: a store that was put in the place of another is another store.
using FileIdentity = std::pair<dev_t, ino_t>;
std::optional<FileIdentity> identity_of(const std::string& path) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0) return std::nullopt;
    return FileIdentity{status.st_dev, status.st_ino};
}

// Prints the changes after `after_` and moves it on.
class Tail {
  public:
    Tail(std::string store, TailOptions options)
        : store_(std::move(store)), options_(std::move(options)) {}

    int run() {
        if (const auto opened = open(); !opened) return report(opened.error());
        if (const auto begun = begin(); !begun) return report(begun.error());
        print_what_came();
        if (!done()) wait();
        return failure_ ? report(*failure_) : EX_OK;
    }

  private:
    Result<void> open() {
        identity_ = identity_of(store_);
        auto reader = open_reader(store_);
        if (!reader) return tl::unexpected(reader.error());
        reader_ = std::move(*reader);
        if (options_.consumer.empty()) return {};
        auto cursors = open_consumers(store_);
        if (!cursors) {
            cursors.error().hint =
                "a cursor is kept in the store, which must be writable for that; or remember the "
                "last seq yourself, and go on with --after";
            return tl::unexpected(cursors.error());
        }
        cursors_ = std::move(*cursors);
        auto claim = claim_consumer(store_, options_.consumer);
        if (!claim) return tl::unexpected(claim.error());
        claim_ = std::move(*claim);
        return {};
    }

    Result<void> begin() {
        const auto last = reader_->last_seq();
        if (!last) return tl::unexpected(last.error());
        const auto cursor = cursor_of_consumer();
        if (!cursor) return tl::unexpected(cursor.error());
        acknowledged_ = *cursor;
        after_ = acknowledged_;
        if (options_.from) after_ = *options_.from - 1;
        if (options_.after) after_ = *options_.after;
        if (after_ <= *last) return {};
        return fail(ErrorKind::io, store_,
                    fmt::format("the change log ends at {}, before {}", *last, after_),
                    "this is another store, or an older copy; --after 0 begins anew");
    }

    Result<std::int64_t> cursor_of_consumer() {
        if (options_.consumer.empty()) return 0;
        const auto consumers = reader_->consumers();
        if (!consumers) return tl::unexpected(consumers.error());
        for (const ConsumerRow& consumer : *consumers) {
            if (consumer.name == options_.consumer) return consumer.seq;
        }
        return 0;
    }

    // Everything is printed, nobody waits for more, and no acknowledgement can come any more.
    [[nodiscard]] bool done() const {
        if (failure_ || closed_) return true;
        if (options_.follow) return false;
        return !by_input() || input_.ended() || acknowledged_ >= printed_;
    }
    [[nodiscard]] bool by_input() const {
        return cursors_ && options_.acknowledge == Acknowledge::input;
    }

    void print_what_came() {
        while (!failure_ && !closed_) {
            const auto version = reader_->version();
            const auto changes = reader_->changes(after_, kBatch);
            if (!version || !changes) {
                failure_ = version ? changes.error() : version.error();
                return;
            }
            version_ = *version;
            if (changes->empty()) return;
            print(*changes);
        }
    }

    void print(const std::vector<ChangeRow>& changes) {
        std::string lines;
        for (const ChangeRow& change : changes) {
            if (change.backfill && options_.no_backfill) continue;
            printed_ = change.seq;
            lines += json_text(change_json(change));
            lines += '\n';
        }
        const auto written = lines.empty() ? Result<bool>(true) : write_to_output(lines);
        if (!written) failure_ = written.error();
        closed_ = !written || !*written;
        if (closed_) return;
        after_ = changes.back().seq;
        if (cursors_ && !by_input()) acknowledge(after_);
    }

    void acknowledge(std::int64_t seq) {
        if (const auto kept = cursors_->acknowledge(options_.consumer, seq, now_utc()); !kept) {
            failure_ = kept.error();
        }
        acknowledged_ = seq;
    }

    void take_acknowledgements() {
        if (!by_input()) return;
        const auto number = input_.latest();
        if (!number) {
            failure_ = number.error();
        } else if (*number && **number > after_) {
            failure_ = Error{ErrorKind::usage,
                             "standard input",
                             fmt::format("{} has not been printed yet", **number),
                             {}};
        } else if (*number) {
            acknowledge(**number);
        }
    }

    void wait() {
        Loop loop;
        const std::string file = std::filesystem::weakly_canonical(store_).string();
        Timer settled(loop, [&] { step(loop); });
        Timer tick(loop, [&] { step(loop); });
        const FileWatch watch(loop, {file, file + "-wal"}, {}, [&] { settled.once(kSettle); });
        tick.every(kTick);
        loop.run();
    }

    void step(Loop& loop) {
        take_acknowledgements();
        if (output_closed()) closed_ = true;
        if (!done() && options_.follow) look();
        if (done()) loop.stop();
    }

    void look() {
        if (identity_of(store_) != identity_) {
            failure_ = Error{ErrorKind::io, store_, "the store was replaced or removed",
                             "start again: the new one's change log may be another"};
            return;
        }
        const auto version = reader_->version();
        if (!version) {
            failure_ = version.error();
        } else if (*version != version_) {
            print_what_came();
        }
    }

    const std::string store_;
    const TailOptions options_;
    std::optional<FileIdentity> identity_;
    std::unique_ptr<StoreReader> reader_;
    std::unique_ptr<ConsumerLog> cursors_;  // none without --consumer
    std::unique_ptr<ConsumerClaim> claim_;
    NumbersIn input_;
    std::int64_t after_ = 0;         // the last one that was printed or passed over
    std::int64_t printed_ = 0;       // the last one that was printed
    std::int64_t acknowledged_ = 0;  // the consumer's cursor
    std::int64_t version_ = 0;       // of the store when it was read last
    bool closed_ = false;            // standard output, by its reader
    std::optional<Error> failure_;
};

int list_consumers(const std::string& store, OutputFormat format) {
    const auto reader = open_reader(store);
    if (!reader) return report(reader.error());
    const auto last = (*reader)->last_seq();
    const auto consumers = (*reader)->consumers();
    if (!last || !consumers) return report(last ? consumers.error() : last.error());
    if (format == OutputFormat::json) {
        auto all = nlohmann::ordered_json::array();
        for (const ConsumerRow& consumer : *consumers) {
            all.push_back({{"name", consumer.name},
                           {"seq", consumer.seq},
                           {"behind", *last - consumer.seq},
                           {"acknowledged_at", format_utc(consumer.acknowledged_at)}});
        }
        std::puts(json_text(all, 2).c_str());
        return EX_OK;
    }
    std::vector<std::vector<std::string>> rows;
    rows.reserve(consumers->size());
    for (const ConsumerRow& consumer : *consumers) {
        rows.push_back({consumer.name, std::to_string(consumer.seq),
                        std::to_string(*last - consumer.seq),
                        format_utc(consumer.acknowledged_at)});
    }
    std::fputs(table({{"CONSUMER", false, true}, {"SEQ", true}, {"BEHIND", true}, {"ACKNOWLEDGED"}},
                     rows, terminal_width())
                   .c_str(),
               stdout);
    return EX_OK;
}

int set_cursor(const std::string& store, const TailOptions& options) {
    const auto cursors = open_consumers(store);
    if (!cursors) return report(cursors.error());
    const auto claim = claim_consumer(store, options.consumer);
    if (!claim) return report(claim.error());
    if (options.forget) {
        const auto forgotten = (*cursors)->forget(options.consumer);
        if (!forgotten) return report(forgotten.error());
        if (*forgotten) return EX_OK;
        return report(Error{ErrorKind::not_found,
                            {},
                            fmt::format("there is no consumer '{}'", options.consumer),
                            "'feedd tail --consumers' lists them"});
    }
    const auto reader = open_reader(store);
    if (!reader) return report(reader.error());
    const auto last = (*reader)->last_seq();
    if (!last) return report(last.error());
    if (*options.acknowledged > *last) {
        return report(
            Error{ErrorKind::usage,
                  {},
                  fmt::format("the change log ends at {}, before {}", *last, *options.acknowledged),
                  {}});
    }
    const auto kept = (*cursors)->acknowledge(options.consumer, *options.acknowledged, now_utc());
    return kept ? EX_OK : report(kept.error());
}

int tail(const TailOptions& options) {
    const auto store = store_path_of(options.places);
    if (!store) return report(store.error());
    if (options.consumers) return list_consumers(*store, options.format);
    if (options.forget || options.acknowledged) return set_cursor(*store, options);
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is noticed where it is written
    return Tail(*store, options).run();
}

}  // namespace

void add_tail(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<TailOptions>();
    CLI::App& command =
        *app.add_subcommand("tail", "The change log, a JSON object a line, articles inlined");
    add_config_option(command, options->places);
    add_db_option(command, options->places);
    CLI::Option* from =
        command.add_option("--from", options->from, "Begin with this seq (default: 1)")
            ->check(CLI::NonNegativeNumber);
    command.add_option("--after", options->after, "Begin with the one after this seq")
        ->check(CLI::NonNegativeNumber)
        ->excludes(from);
    command.add_flag("--no-backfill", options->no_backfill,
                     "Leave out what was old already when it came: the first poll of a feed, and "
                     "archives that enter it later");
    command.add_flag("--follow,-f", options->follow, "Go on as changes are committed");
    CLI::Option* consumer =
        command.add_option("--consumer", options->consumer,
                           "Go on after what this consumer acknowledged last, and keep what it "
                           "acknowledges now");
    consumer->type_name("NAME")->check([](const std::string& name) {
        return name.empty() ? "a consumer needs a name" : std::string();
    });
    command
        .add_option_function<std::string>(
            "--ack",
            [options](const std::string& how) {
                if (how == "written" || how == "stdin") {
                    options->acknowledge =
                        how == "stdin" ? Acknowledge::input : Acknowledge::written;
                    return;
                }
                std::int64_t seq = -1;
                if (!CLI::detail::lexical_cast(how, seq) || seq < 0) {
                    throw CLI::ValidationError(
                        "--ack", fmt::format("'{}' is none of written, stdin, a seq", how));
                }
                options->acknowledged = seq;
            },
            "What counts as acknowledged: 'written' to standard output (the default), seqs that "
            "come back on 'stdin', a line each; or a seq, which is kept and nothing printed")
        ->needs(consumer)
        ->type_name("written|stdin|SEQ");
    command.add_flag("--forget", options->forget, "Forget this consumer")->needs(consumer);
    CLI::Option* consumers = command.add_flag("--consumers", options->consumers,
                                              "List the consumers and how far they are behind");
    add_format_option(command, options->format, {"table", "json"});
    command.get_option("--format")
        ->needs(consumers)
        ->description("How to print consumers (default: table)");
    command.callback([options, &exit_code] { exit_code = tail(*options); });
}

}  // namespace feedd
