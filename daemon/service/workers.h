// The pool that turns responses into outcomes.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/queue.h"
#include "base/result.h"
#include "service/poll.h"
#include "store/store.h"

namespace feedd {

class Workers {
  public:
    using Outcome = std::function<void(PollOutcome)>;
    using OpenReader = std::function<Result<std::unique_ptr<StoreReader>>()>;

    // Each of the threads opens a reader of its own when it first has something to read: many polls
    // bring nothing. Both functions are called on the workers' threads.
    Workers(std::size_t threads, OpenReader open_reader, Outcome outcome);
    ~Workers();  // stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // Never waits: who starts polls bounds how many are under way (service/poller).
    void push(Poll poll);
    // Finishes what is queued and ends the threads.
    void stop();

  private:
    void run();

    OpenReader open_reader_;
    Outcome outcome_;
    BoundedQueue<Poll> queue_;
    std::vector<std::thread> threads_;
};

}  // namespace feedd
