// What went wrong with a transfer, as the class that the store keeps and a line for people.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "model/response.h"

namespace feedd {

struct Failure {
    PollError error = PollError::none;
    std::string text;
};

// How far a transfer had come when it ended.
enum class Phase : std::uint8_t { resolving, connecting, waiting, receiving };

struct Ending {
    CURLcode code = CURLE_OK;
    std::string_view detail;  // libcurl's error buffer
    Phase phase = Phase::resolving;
    std::chrono::milliseconds elapsed{0};  // since the first hop began
};

// Pure. PollError::none for CURLE_OK.
[[nodiscard]] Failure classify(const Ending& ending);

}  // namespace feedd
