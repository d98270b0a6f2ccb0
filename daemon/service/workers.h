// The pool that turns responses into outcomes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/queue.h"
#include "service/poll.h"
#include "store/store.h"

namespace feedd {

class Workers {
  public:
    using Outcome = std::function<void(PollOutcome)>;

    // A thread per reader, which is that thread's own. `outcome` is called on the worker's thread.
    Workers(std::vector<std::unique_ptr<StoreReader>> readers, Outcome outcome);
    ~Workers();  // stop()
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // Never waits: who starts polls bounds how many are under way (service/poller).
    void push(Poll poll);
    // Finishes what is queued and ends the threads.
    void stop();

  private:
    void run(StoreReader& reader);

    std::vector<std::unique_ptr<StoreReader>> readers_;
    Outcome outcome_;
    BoundedQueue<Poll> queue_;
    std::vector<std::thread> threads_;
};

}  // namespace feedd
