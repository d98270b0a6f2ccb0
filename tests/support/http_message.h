// What the test server is asked and what it answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace feedd::test {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method;
    std::string target;  // as asked, with the query
    std::string path;    // without it
    HttpHeaders headers;
    std::string body;
    int connection = 0;                          // from 1, in the order of being accepted
    int number_on_connection = 0;                // from 1
    std::chrono::steady_clock::time_point at{};  // when all of it had come

    // The first header of that name, whatever its case; nullptr: not sent.
    [[nodiscard]] const std::string* header(std::string_view name) const;
};

struct HttpResponse {
    enum class After : std::uint8_t {
        keep,   // the connection stays open for the next request
        close,  // orderly
        reset,  // TCP RST
        hang,   // stays open, and nothing is ever sent again
    };

    int status = 200;
    HttpHeaders headers{};  // a Content-Length or Transfer-Encoding here is sent instead of ours
    std::string body{};

    bool raw = false;       // `body` is all that is sent: no status line, no headers
    bool chunked = false;   // Transfer-Encoding: chunked, in one chunk
    bool hold = false;      // nothing is sent before HttpServer::release(path)
    std::string endless{};  // repeated for ever after the body (with raw, or a head of one's own)
    std::chrono::milliseconds drip{0};  // between single bytes; 0: as fast as it is read
    After after = After::keep;
};

// Takes one whole request off the front of `input`; nullopt: not all of it has come.
[[nodiscard]] std::optional<HttpRequest> take_request(std::string& input);

// The bytes of an answer, without what is `endless`.
[[nodiscard]] std::string wire_form(const HttpResponse& response, bool head_only);

}  // namespace feedd::test
