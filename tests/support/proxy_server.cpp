#include "support/proxy_server.h"

#include <optional>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/http_message.h"

namespace feedd::test {

namespace {

std::string read_bytes(int fd, std::size_t size) {
    std::string bytes(size, '\0');
    std::size_t done = 0;
    while (done < size) {
        const ssize_t count = ::recv(fd, bytes.data() + done, size - done, 0);
        if (count <= 0) return {};
        done += static_cast<std::size_t>(count);
    }
    return bytes;
}

bool send_bytes(int fd, std::string_view bytes) {
    return ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

unsigned number(const std::string& bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

// A length and as many bytes.
std::string counted(int fd) {
    return read_bytes(fd, number(read_bytes(fd, 1), 0));
}

// RFC 1928, RFC 1929; the version's byte is read.
std::optional<ProxyAsked> socks(int fd) {
    ProxyAsked asked;
    const bool offers_password = counted(fd).find('\x02') != std::string::npos;
    if (!send_bytes(fd, offers_password ? "\x05\x02" : std::string_view("\x05\x00", 2)))
        return std::nullopt;
    if (offers_password) {
        read_bytes(fd, 1);
        const std::string user = counted(fd);
        asked.credentials = user + ":" + counted(fd);
        if (!send_bytes(fd, std::string_view("\x01\x00", 2))) return std::nullopt;
    }
    const std::string head = read_bytes(fd, 4);
    std::string host;
    if (number(head, 3) == 3) {
        host = counted(fd);
    } else {
        const bool v6 = number(head, 3) == 4;
        const std::string address = read_bytes(fd, v6 ? 16 : 4);
        char text[INET6_ADDRSTRLEN] = "";
        inet_ntop(v6 ? AF_INET6 : AF_INET, address.data(), text, sizeof text);
        host = text;
    }
    const std::string port = read_bytes(fd, 2);
    if (port.empty()) return std::nullopt;
    asked.target = host + ":" + std::to_string(number(port, 0) << 8U | number(port, 1));
    if (!send_bytes(fd, std::string_view("\x05\x00\x00\x01\0\0\0\0\0\0", 10))) return std::nullopt;
    return asked;
}

// RFC 9110 §9.3.6; the "C" is read.
std::optional<ProxyAsked> connect(int fd) {
    std::string head = "C";
    while (!head.ends_with("\r\n\r\n")) {
        const std::string byte = read_bytes(fd, 1);
        if (byte.empty()) return std::nullopt;
        head += byte;
    }
    const auto request = take_request(head);
    if (!request || !send_bytes(fd, "HTTP/1.1 200 OK\r\n\r\n")) return std::nullopt;
    const std::string* credentials = request->header("Proxy-Authorization");
    return ProxyAsked{request->target, credentials == nullptr ? "" : *credentials};
}

bool pass_on(int from, int to) {
    char buffer[16384];
    const ssize_t count = ::recv(from, buffer, sizeof buffer, 0);
    return count > 0 && send_bytes(to, {buffer, static_cast<std::size_t>(count)});
}

}  // namespace

ProxyServer::ProxyServer(std::uint16_t port)
    : behind_(port), server_("127.0.0.1", 0, [this](int client) { talk(client); }) {}

std::string ProxyServer::url(const std::string& scheme) const {
    return scheme + "://127.0.0.1:" + std::to_string(server_.port());
}

std::vector<ProxyAsked> ProxyServer::asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
}

void ProxyServer::note(ProxyAsked asked) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(std::move(asked));
}

void ProxyServer::talk(int client) {
    const std::string first = read_bytes(client, 1);
    auto asked = first == "\x05" ? socks(client) : first == "C" ? connect(client) : std::nullopt;
    if (!asked) return;
    note(*std::move(asked));
    const int server = connected_to("127.0.0.1", behind_);
    bool open = server >= 0;
    while (open) {
        pollfd ends[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
        if (::poll(ends, 2, -1) < 0) break;
        if (ends[0].revents != 0) open = pass_on(client, server);
        if (open && ends[1].revents != 0) open = pass_on(server, client);
    }
    if (server >= 0) ::close(server);
}

}  // namespace feedd::test
