// The daemon: polls until SIGTERM or SIGINT, takes a changed list over on SIGHUP and on saving.
#pragma once

#include <string>

#include "base/result.h"
#include "model/config.h"

namespace feedd {

// Returns when it was told to stop and everything under way is committed or abandoned.
[[nodiscard]] Result<void> run_daemon(Config config, const std::string& config_path,
                                      const std::string& db);

}  // namespace feedd
