#include "fetch/classify.h"

#include <fmt/format.h>

#include "base/text.h"

namespace feedd {

namespace {

// libcurl's texts are short; what is longer was filled up by the other side.
constexpr std::size_t kMaxDetail = 200;  // bytes

std::string one_line(std::string_view detail) {
    std::string clean = to_valid_utf8(detail);
    for (char& c : clean) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    return std::string(truncate_utf8(collapse_space(clean), kMaxDetail));
}

PollError error_of(CURLcode code, Phase phase) {
    switch (code) {
        case CURLE_OK:
            return PollError::none;
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return PollError::dns;
        case CURLE_COULDNT_CONNECT:
        case CURLE_INTERFACE_FAILED:
        case CURLE_PROXY:
            return PollError::connect;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_CLIENTCERT:
        case CURLE_USE_SSL_FAILED:
            return PollError::tls;
        case CURLE_OPERATION_TIMEDOUT:
            return PollError::timeout;
        case CURLE_FILESIZE_EXCEEDED:
            return PollError::too_large;
        case CURLE_OUT_OF_MEMORY:
            // 7.88 says so of a header line past its own limit of 100 KiB.
            return phase == Phase::waiting ? PollError::too_large : PollError::internal;
        case CURLE_URL_MALFORMAT:
            return PollError::refused;
        case CURLE_UNSUPPORTED_PROTOCOL:
            // Said of URLs, and of an answer that is HTTP/0.9 or something else altogether.
            return phase == Phase::resolving ? PollError::refused : PollError::broken;
        case CURLE_GOT_NOTHING:
        case CURLE_SEND_ERROR:
        case CURLE_RECV_ERROR:
        case CURLE_PARTIAL_FILE:
        case CURLE_WEIRD_SERVER_REPLY:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
        case CURLE_BAD_CONTENT_ENCODING:
            return PollError::broken;
        default:
            return PollError::internal;
    }
}

std::string_view activity(Phase phase) {
    switch (phase) {
        case Phase::resolving:
            return "resolving the name";
        case Phase::connecting:
            return "connecting";
        case Phase::waiting:
            return "waiting for the answer";
        case Phase::receiving:
            break;
    }
    return "receiving the answer";
}

}  // namespace

Failure classify(const Ending& ending) {
    const PollError error = error_of(ending.code, ending.phase);
    if (error == PollError::none) return {};
    if (error == PollError::timeout) {
        const double seconds = std::chrono::duration<double>(ending.elapsed).count();
        return {error, fmt::format("timed out {} after {:.1f} s", activity(ending.phase), seconds)};
    }
    if (error == PollError::too_large) return {error, "a header of the answer is too large"};
    if (ending.code == CURLE_UNSUPPORTED_PROTOCOL && error == PollError::broken)
        return {error, "the answer is not HTTP"};
    if (ending.code == CURLE_GOT_NOTHING)
        return {error, "the server closed the connection without an answer"};
    std::string text = one_line(ending.detail);
    if (text.empty()) text = curl_easy_strerror(ending.code);
    return {error, text};
}

}  // namespace feedd
