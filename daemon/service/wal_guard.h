// Keeps the store's WAL small without the writer waiting for it, and tells who keeps it from that.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "store/store.h"

namespace feedd {

// A reader whose transaction keeps the WAL from being emptied.
struct WalHolder {
    std::int64_t pid = 0;
    std::string program;
    SteadyTime since;  // when it was first seen to
};

struct WalStatus {
    std::uint64_t bytes = 0;         // of the file
    std::vector<WalHolder> holders;  // empty unless the WAL is held; the longest first
};

// `before`, of which each is kept that still reads, and those that have come; the longest first.
// One that is not among `now` has ended its transaction.
[[nodiscard]] std::vector<WalHolder> still_held(const std::vector<WalHolder>& before,
                                                const std::vector<WalReader>& now, SteadyTime at);

// What is worth a line in the log: that the WAL has passed the limit, or twice what was told last;
// that it is small again.
class WalAlarm {
  public:
    enum class News : std::uint8_t { none, grows, recovered };
    explicit WalAlarm(std::uint64_t limit) : limit_(limit), next_(limit) {}
    [[nodiscard]] News look(std::uint64_t bytes);

  private:
    const std::uint64_t limit_;
    std::uint64_t next_;
};

class WalGuard {
  public:
    struct Limits {
        std::uint64_t checkpoint = std::uint64_t{16} << 20U;  // bytes that wait in the WAL
        std::uint64_t alarm = std::uint64_t{64} << 20U;       // bytes of the file
        std::chrono::milliseconds retry{1000};                // while a reader holds it
    };
    explicit WalGuard(std::unique_ptr<Checkpointer> checkpointer)
        : WalGuard(std::move(checkpointer), Limits{}) {}
    WalGuard(std::unique_ptr<Checkpointer> checkpointer, Limits limits);
    ~WalGuard();
    WalGuard(const WalGuard&) = delete;
    WalGuard& operator=(const WalGuard&) = delete;

    // So much waits in the WAL after a commit. From any thread. Cheap, but where far more waits
    // than a checkpoint is made for: then it waits for one itself.
    void committed(std::uint64_t waiting);
    // From any thread.
    [[nodiscard]] WalStatus status() const;

  private:
    void run();
    void checkpoint();
    void tell(const WalStatus& status, bool held);

    const Limits limits_;
    std::unique_ptr<Checkpointer> checkpointer_;
    WalAlarm alarm_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable rested_;
    bool due_ = false;
    bool busy_ = false;  // with a checkpoint
    bool held_ = false;
    bool stopping_ = false;
    WalStatus status_;
    std::thread thread_;
};

}  // namespace feedd
