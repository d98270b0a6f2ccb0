// Writes the file of metrics off the loop's thread.
#pragma once

#include <memory>
#include <string>

#include "service/loop.h"
#include "service/metrics.h"
#include "store/store.h"

namespace feedd {

// For the loop's thread.
class MetricsFile {
  public:
    // `store`: its path; `reader`: of it, for what only it knows.
    MetricsFile(Loop& loop, std::string store, std::unique_ptr<StoreReader> reader);
    ~MetricsFile();

    // Adds what the store and the system say, and writes. Nothing happens while the last one is
    // still under way. A failure is logged once, until it works again.
    void write(const std::string& path, Metrics metrics);

  private:
    struct Job;
    struct Shared;  // lives until the last job is done
    Loop& loop_;
    std::shared_ptr<Shared> shared_;
};

}  // namespace feedd
