// Reads the feed list again, beside the loop, when it is saved or on request.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/load.h"
#include "model/config.h"
#include "service/loop.h"

namespace feedd {

class Reloader {
  public:
    using Loaded = tl::expected<Config, std::vector<Error>>;

    // `loaded` is called on the loop's thread after each attempt. The files and directories of
    // `running` are watched; after a good attempt those of the new list are, after a bad one both:
    // the mistake may be in a file that was included only now.
    Reloader(Loop& loop, std::string path, const Config& running,
             std::function<void(Loaded)> loaded);
    ~Reloader();
    Reloader(const Reloader&) = delete;
    Reloader& operator=(const Reloader&) = delete;

    // Loads soon. Several calls in a row make one load: editors write a file in several steps.
    void request();

  private:
    struct Load;
    void start();
    void finish(Loaded loaded, const ListFiles& seen);
    void watch(const ListFiles& more);

    Loop& loop_;
    std::string path_;
    std::function<void(Loaded)> loaded_;
    Timer settle_;
    ListFiles running_;
    std::unique_ptr<FileWatch> watch_;
    bool loading_ = false;
    bool again_ = false;  // something changed while it was loading
    std::shared_ptr<Reloader*> self_ = std::make_shared<Reloader*>(this);
};

}  // namespace feedd
