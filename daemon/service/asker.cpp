#include "service/asker.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "base/url.h"
#include "fetch/address_guard.h"
#include "fetch/file_source.h"
#include "schedule/host_key.h"
#include "service/surroundings.h"

namespace feedd {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMostAtATime =
    16;  // a person waits for a handful of hosts, not for thousands

}  // namespace

Asker::Asker(const FetchConfig& fetch)
    : wake_(loop_, [this] { pump(); }),
      host_pause_(fetch.host_pause),
      fetcher_(loop_.raw(), AddressGuard(fetch.private_addresses),
               {.sent = [this](FeedId /*feed*/, const std::string& url, const sockaddr* remote) {
                   if (remote == nullptr || !is_public_address(*remote)) return;
                   lines_[host_key(url)].free_at = steady_clock::now() + host_pause_;
               }}) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to connections that the server has closed
}

Asker::~Asker() {
    fetcher_.close();
}

std::vector<Response> Asker::ask(std::vector<Request> requests) {
    requests_ = std::move(requests);
    responses_.assign(requests_.size(), {});
    open_ = 0;
    for (std::size_t i = 0; i < requests_.size(); ++i) {
        requests_[i].feed = static_cast<FeedId>(i) + 1;
        if (scheme_of(requests_[i].url) == "file") {
            responses_[i] = read_file_feed(requests_[i]);
            continue;
        }
        lines_[host_key(requests_[i].url)].waiting.push_back(i);
        ++open_;
    }
    if (open_ == 0) return std::move(responses_);
    loop_.post([this] { pump(); });
    loop_.run();
    return std::move(responses_);
}

void Asker::pump() {
    const auto now = steady_clock::now();
    auto next = steady_clock::time_point::max();
    for (auto& [host, line] : lines_) {
        if (line.busy || line.waiting.empty()) continue;
        if (in_flight_ == kMostAtATime) return;
        if (line.free_at > now) {
            next = std::min(next, line.free_at);
            continue;
        }
        const std::size_t index = line.waiting.front();
        line.waiting.pop_front();
        line.busy = true;
        start(index, host);
    }
    if (next != steady_clock::time_point::max())
        wake_.once(std::chrono::ceil<milliseconds>(next - now));
}

void Asker::start(std::size_t index, const std::string& host) {
    ++in_flight_;
    fetcher_.start(requests_[index], [this, index, host](Response response) {
        finish(index, host, std::move(response));
    });
}

void Asker::finish(std::size_t index, const std::string& host, Response response) {
    responses_[index] = std::move(response);
    lines_[host].busy = false;
    --in_flight_;
    if (--open_ == 0) {
        wake_.stop();
        loop_.stop();
    } else {
        loop_.post([this] { pump(); });
    }
}

}  // namespace feedd
