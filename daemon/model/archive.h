// Documents as they were received, on their way into the archive and out of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/feed.h"

namespace feedd {

// All that is needed to parse a document again, but its body. Nothing that was sent is in it, nor
// any other header that was received.
struct Received {
    std::string url;  // where it came from, after redirects, without credentials
    int http_status = 0;
    std::string content_type;      // headers, "" none
    std::string content_language;  //
};

// A body as the archive keeps it.
struct PackedBody {
    std::string hash;  // digest_of the body, content codings undone
    std::uint64_t size = 0;
    bool known = false;                  // the archive has it already: `bytes` is empty
    int depth = 0;                       // how many bodies must be unpacked before it
    std::optional<std::int64_t> prefix;  // id of the archived body that it was packed against
    std::string bytes;                   // zstd
};

// What one poll adds to the archive.
struct ArchiveEntry {
    Received received;
    PackedBody body;
    bool is_feed = true;  // else it is kept only if it is not the feed's last one again
};

// A document in the archive.
struct ArchivedDocument {
    std::int64_t id = 0;
    FeedId feed = 0;
    Time at{};  // when its answer was complete
    Received received;
    std::int64_t body = 0;  // its id
};

// How much of the archive is kept; nullopt: without bound.
struct ArchiveBounds {
    std::optional<Seconds> max_age = std::chrono::days{90};
    std::optional<std::uint64_t> max_size = std::uint64_t{2} << 30U;  // bytes, packed
    bool operator==(const ArchiveBounds&) const = default;
};

}  // namespace feedd
