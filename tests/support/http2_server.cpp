#include "support/http2_server.h"

#include <vector>

#include <openssl/ssl.h>

namespace feedd::test {

namespace {

// RFC 9113 §4.1 and §6.
enum FrameType : unsigned char { kData = 0, kHeaders = 1, kSettings = 4, kPing = 6, kGoAway = 7 };
constexpr unsigned char kEndStream = 0x1;
constexpr unsigned char kEndHeaders = 0x4;
constexpr unsigned char kAck = 0x1;

struct Frame {
    unsigned char type = 0;
    unsigned char flags = 0;
    std::uint32_t stream = 0;
    std::string payload;
};

bool read_all(SSL* connection, std::string& into, std::size_t size) {
    into.resize(size);
    std::size_t done = 0;
    while (done < size) {
        const int count = SSL_read(connection, into.data() + done, static_cast<int>(size - done));
        if (count <= 0) return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

bool read_frame(SSL* connection, Frame& frame) {
    std::string head;
    if (!read_all(connection, head, 9)) return false;
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(head[at]); };
    frame.type = byte(3);
    frame.flags = byte(4);
    const auto wide = [&](std::size_t at) { return std::uint32_t{byte(at)}; };
    frame.stream = (wide(5) & 0x7FU) << 24U | wide(6) << 16U | wide(7) << 8U | wide(8);
    const std::size_t size = wide(0) << 16U | wide(1) << 8U | wide(2);
    return read_all(connection, frame.payload, size);
}

bool write_frame(SSL* connection, const Frame& frame) {
    const auto size = frame.payload.size();
    std::string bytes;
    for (const std::size_t part :
         {size >> 16U, size >> 8U, size, std::size_t{frame.type}, std::size_t{frame.flags},
          std::size_t{frame.stream >> 24U}, std::size_t{frame.stream >> 16U},
          std::size_t{frame.stream >> 8U}, std::size_t{frame.stream}})
        bytes += static_cast<char>(part & 0xFFU);
    bytes += frame.payload;
    return SSL_write(connection, bytes.data(), static_cast<int>(bytes.size())) > 0;
}

bool answer(SSL* connection, std::uint32_t stream, const std::string& body) {
    // RFC 7541 §6.1: entry 8 of the static table is ":status: 200".
    return write_frame(connection, {kHeaders, kEndHeaders, stream, "\x88"}) &&
           write_frame(connection, {kData, kEndStream, stream, body});
}

void speak(SSL* connection, const std::string& body, int together, std::atomic<int>& requests) {
    constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";  // RFC 9113 §3.4
    std::string preface;
    if (!read_all(connection, preface, kPreface.size()) || preface != kPreface) return;
    if (!write_frame(connection, {kSettings, 0, 0, ""})) return;
    std::vector<std::uint32_t> waiting;
    Frame frame;
    while (read_frame(connection, frame)) {
        if (frame.type == kGoAway) return;
        if ((frame.type == kSettings || frame.type == kPing) && frame.flags != kAck)
            write_frame(connection,
                        {frame.type, kAck, 0, frame.type == kPing ? frame.payload : ""});
        if (frame.type != kHeaders) continue;
        ++requests;
        waiting.push_back(frame.stream);
        if (static_cast<int>(waiting.size()) < together) continue;
        for (const std::uint32_t stream : waiting)
            if (!answer(connection, stream, body)) return;
        waiting.clear();
    }
}

TlsSettings with_http2(TlsSettings settings) {
    settings.protocol = "h2";
    return settings;
}

}  // namespace

Http2Server::Http2Server(TlsSettings settings, const std::string& body, int together)
    : Http2Server(with_http2(std::move(settings)), body, together,
                  std::make_shared<std::atomic<int>>(0)) {}

Http2Server::Http2Server(const TlsSettings& settings, const std::string& body, int together,
                         std::shared_ptr<std::atomic<int>> requests)
    : TlsServer(settings, [body, together, requests](
                              SSL* connection) { speak(connection, body, together, *requests); }),
      requests_(std::move(requests)) {}

}  // namespace feedd::test
