#include "fetch/coding.h"

#include <string_view>
#include <vector>

#include "base/text.h"
#include "fetch/decoder.h"

namespace feedd {

namespace {

using Decoded = tl::expected<std::string, std::pair<PollError, std::string>>;

// Two occur (a proxy compresses once more what the server had compressed); more are an attack.
constexpr std::size_t kMaxLayers = 2;

constexpr std::string_view kGzipMagic = "\x1F\x8B";

// In the order of being applied. What is no coding (servers write charsets and 'none' there) is
// passed over.
std::vector<Coding> codings_of(const Response& response) {
    std::vector<Coding> codings;
    for (const Header& header : response.headers) {
        if (!iequals(header.name, "Content-Encoding")) continue;
        for (const std::string_view token : split(header.value, ',')) {
            if (const auto coding = coding_named(token)) codings.push_back(*coding);
        }
    }
    return codings;
}

// Whether a document begins here, so that the Content-Encoding must be a lie.
bool looks_plain(std::string_view body) {
    if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    body = trim(body);
    if (body.starts_with('{')) return true;
    return body.size() > 1 && body[0] == '<' &&
           (is_alpha(body[1]) || body[1] == '?' || body[1] == '!');
}

bool claims_falsely(Coding coding, std::string_view body) {
    return coding == Coding::gzip && !body.starts_with(kGzipMagic);
}

}  // namespace

Decoded decoded_body(Response&& response, std::uint64_t max_bytes) {
    std::vector<Coding> codings = codings_of(response);
    if (codings.size() > kMaxLayers) {
        return tl::unexpected(std::pair(PollError::broken, std::to_string(codings.size()) +
                                                               " content codings, one in another"));
    }
    std::string body = std::move(response.body);
    std::size_t layers = 0;
    while (!body.empty() && layers < kMaxLayers) {
        if (codings.empty() && !body.starts_with(kGzipMagic)) break;
        // Compressed without saying so, or a feed.xml.gz: no document begins with these bytes.
        const Coding coding = codings.empty() ? Coding::gzip : codings.back();
        if (!codings.empty()) codings.pop_back();
        if (claims_falsely(coding, body)) continue;
        Decoded inner = decode(coding, body, max_bytes);
        if (!inner && inner.error().first == PollError::broken && looks_plain(body)) continue;
        if (!inner) return inner;
        body = *std::move(inner);
        ++layers;
    }
    if (body.size() > max_bytes) return tl::unexpected(over_budget(max_bytes));
    return body;
}

}  // namespace feedd
