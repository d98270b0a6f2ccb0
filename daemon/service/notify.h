// What systemd is told (sd_notify(3)); nothing without it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace feedd {

void notify_ready(const std::string& status);
void notify_reloading();
void notify_stopping();
void notify_status(const std::string& status);
void notify_alive();
// How often systemd wants to hear from us, nullopt: never. Half of it is a good rhythm.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_period();

}  // namespace feedd
