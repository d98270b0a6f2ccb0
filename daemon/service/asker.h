// Asks servers for somebody who waits for the answers, outside of any schedule.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "fetch/fetcher.h"
#include "fetch/request.h"
#include "model/config.h"
#include "model/response.h"
#include "service/loop.h"

namespace feedd {

// With the fetcher, the limits and the address guard of the daemon; and with its manners: one
// request to a host at a time, `host_pause` between two to a public one. Holds the thread.
class Asker {
  public:
    explicit Asker(const FetchConfig& fetch);
    ~Asker();
    Asker(const Asker&) = delete;
    Asker& operator=(const Asker&) = delete;

    // Answers in the order of the requests, whose `feed` is not looked at. file: URLs are read.
    [[nodiscard]] std::vector<Response> ask(std::vector<Request> requests);

  private:
    struct Line {
        std::deque<std::size_t> waiting;  // indices of requests
        bool busy = false;
        std::chrono::steady_clock::time_point free_at{};
    };

    void pump();
    void start(std::size_t index, const std::string& host);
    void finish(std::size_t index, const std::string& host, Response response);

    Loop loop_;
    Timer wake_;
    std::chrono::milliseconds host_pause_;
    std::unordered_map<std::string, Line> lines_;  // by host_key
    std::vector<Request> requests_;
    std::vector<Response> responses_;
    std::size_t open_ = 0;  // requests without an answer
    std::size_t in_flight_ = 0;
    Fetcher fetcher_;
};

}  // namespace feedd
