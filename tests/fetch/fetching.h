// A Fetcher on a loop of its own, asked as if it were synchronous.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <uv.h>

#include "fetch/fetcher.h"
#include "fetch/uv_handle.h"

namespace feedd::test {

inline PrivateAddresses loopback_allowed() {
    return {.all = false, .networks = {*parse_network("127.0.0.0/8"), *parse_network("::1")}};
}

class Fetching {
  public:
    explicit Fetching(AddressGuard guard = AddressGuard(loopback_allowed())) {
        uv_loop_init(&loop_);
        fetcher_ = std::make_unique<Fetcher>(&loop_, std::move(guard));
    }
    ~Fetching() {
        fetcher_.reset();
        uv_run(&loop_, UV_RUN_DEFAULT);
        EXPECT_EQ(uv_loop_close(&loop_), 0) << "a handle was left on the loop";
    }
    Fetching(const Fetching&) = delete;
    Fetching& operator=(const Fetching&) = delete;

    static Request request(const std::string& url) {
        return {.url = url, .user_agent = "feedd-test/1.0"};
    }

    Response fetch(Request asked) {
        std::optional<Response> answer;
        fetcher_->start(std::move(asked), [&](Response response) { answer = std::move(response); });
        EXPECT_FALSE(answer) << "answered from within start()";
        while (!answer)
            uv_run(&loop_, UV_RUN_ONCE);
        return *std::move(answer);
    }
    Response fetch(const std::string& url) { return fetch(request(url)); }

    // Runs the loop until `reached` holds, which need not be an event of the loop.
    template <typename Condition>
    void run_until(Condition reached) {
        UvHandle<uv_timer_t> beat(new uv_timer_t);
        uv_timer_init(&loop_, beat.get());
        uv_timer_start(
            beat.get(), [](uv_timer_t*) {}, 1, 1);
        while (!reached())
            uv_run(&loop_, UV_RUN_ONCE);
    }

    Fetcher& fetcher() { return *fetcher_; }
    uv_loop_t* loop() { return &loop_; }

  private:
    uv_loop_t loop_{};
    std::unique_ptr<Fetcher> fetcher_;
};

}  // namespace feedd::test
