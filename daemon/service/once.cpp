#include "service/once.h"

#include <csignal>
#include <optional>
#include <utility>

namespace feedd {

Result<OnceResult> run_once(Config config, const std::string& db, const OnceOptions& options,
                            const OnceWatch& watch) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to connections that the server has closed
    Loop loop;
    OnceResult result;
    std::optional<Error> failure;
    std::unique_ptr<Poller> poller;
    const auto interrupt = [&] {
        result.interrupted = true;
        loop.stop();
    };
    const Signal terminated(loop, SIGTERM, interrupt);
    const Signal interrupted(loop, SIGINT, interrupt);
    auto opened = Poller::open(loop, Poller::Mode::once, db,
                               {.finished =
                                    [&](const FinishedPoll& finished) {
                                        if (watch.finished)
                                            watch.finished(finished, poller->totals());
                                    },
                                .skipped =
                                    [&](const FeedSpec& spec, const std::string& why) {
                                        if (watch.skipped)
                                            watch.skipped(spec, why, poller->totals());
                                    },
                                .idle = [&] { loop.stop(); }});
    if (!opened) return tl::unexpected(opened.error());
    poller = std::move(*opened);
    poller->apply(std::move(config), [&](const Result<ListReport>& applied) {
        if (!applied) {
            failure = applied.error();
            loop.stop();
            return;
        }
        const auto selected = poller->select(options.feeds, options.all);
        if (!selected) {
            failure = selected.error();
            loop.stop();
            return;
        }
        if (watch.begun) watch.begun(*selected);
    });
    loop.run();
    poller->stop();
    result.totals = poller->totals();
    poller.reset();
    if (failure) return tl::unexpected(*failure);
    return result;
}

}  // namespace feedd
