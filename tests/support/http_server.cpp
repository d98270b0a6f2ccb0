#include "support/http_server.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace feedd::test {

namespace {

using Clock = std::chrono::steady_clock;

// What is kept ready of an endless body: large enough that the socket's buffer is the bottleneck.
constexpr std::size_t kEndlessBlock = std::size_t{256} << 10U;

[[noreturn]] void fail_with_errno(const char* what) {
    throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

class Fd {
  public:
    explicit Fd(int fd = -1) : fd_(fd) {}
    Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }

  private:
    int fd_;
};

union SocketAddress {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

Fd listening_socket(const std::string& address, std::uint16_t port) {
    SocketAddress at{};
    socklen_t size = sizeof at.v4;
    if (inet_pton(AF_INET, address.c_str(), &at.v4.sin_addr) == 1) {
        at.v4.sin_family = AF_INET;
        at.v4.sin_port = htons(port);
    } else if (inet_pton(AF_INET6, address.c_str(), &at.v6.sin6_addr) == 1) {
        at.v6.sin6_family = AF_INET6;
        at.v6.sin6_port = htons(port);
        size = sizeof at.v6;
    } else {
        throw std::runtime_error("no address: " + address);
    }
    Fd fd(::socket(at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (fd.get() < 0) fail_with_errno("socket");
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd.get(), &at.any, size) != 0) fail_with_errno("bind");
    if (::listen(fd.get(), SOMAXCONN) != 0) fail_with_errno("listen");
    return fd;
}

std::uint16_t port_of(int fd) {
    SocketAddress at{};
    socklen_t size = sizeof at;
    if (::getsockname(fd, &at.any, &size) != 0) fail_with_errno("getsockname");
    return ntohs(at.any.sa_family == AF_INET ? at.v4.sin_port : at.v6.sin6_port);
}

struct Connection {
    Fd fd;
    int number = 0;
    int requests = 0;
    std::string input;
    // The answer that is being sent.
    bool busy = false;
    bool held = false;
    std::string path;
    std::string output;
    std::size_t sent = 0;
    std::string endless;
    std::chrono::milliseconds drip{0};
    Clock::time_point next_byte;
    HttpResponse::After after = HttpResponse::After::keep;

    [[nodiscard]] bool has_output() const {
        return busy && !held && (sent < output.size() || !endless.empty());
    }
};

}  // namespace

struct HttpServer::Impl {
    std::string address;
    Fd listener;
    std::uint16_t port = 0;
    Fd wake_read;
    Fd wake_write;

    mutable std::mutex mutex;
    mutable std::condition_variable arrived;
    std::map<std::string, Handler, std::less<>> routes;
    std::set<std::string, std::less<>> released;
    std::vector<HttpRequest> log;
    int accepted = 0;
    int open = 0;
    bool stopping = false;

    std::vector<Connection> connections;  // the server's thread only
    std::thread thread;

    void wake() const {
        const char byte = 0;
        [[maybe_unused]] const auto written = ::write(wake_write.get(), &byte, 1);
    }

    void run() {
        while (turn()) {
        }
    }

    bool turn() {
        std::vector<pollfd> polled{{listener.get(), POLLIN, 0}, {wake_read.get(), POLLIN, 0}};
        int patience = -1;
        for (const Connection& each : connections) {
            short events = each.busy ? POLLRDHUP : POLLIN;
            if (each.has_output()) {
                const auto wait =
                    std::chrono::ceil<std::chrono::milliseconds>(each.next_byte - Clock::now());
                if (each.drip.count() == 0 || wait.count() <= 0) {
                    events |= POLLOUT;
                } else {
                    const int ms = static_cast<int>(wait.count());
                    patience = patience < 0 ? ms : std::min(patience, ms);
                }
            }
            polled.push_back({each.fd.get(), events, 0});
        }
        if (::poll(polled.data(), polled.size(), patience) < 0 && errno != EINTR) return false;
        if ((polled[1].revents & POLLIN) != 0) {
            char scrap[64];
            while (::read(wake_read.get(), scrap, sizeof scrap) > 0) {
            }
            if (!let_go()) return false;
        }
        std::vector<Connection> alive;
        for (std::size_t i = 0; i < connections.size(); ++i) {
            if (serve(connections[i], polled[i + 2].revents))
                alive.push_back(std::move(connections[i]));
        }
        connections = std::move(alive);
        if ((polled[0].revents & POLLIN) != 0) accept_all();
        const std::lock_guard lock(mutex);
        open = static_cast<int>(connections.size());
        return true;
    }

    // Answers whose path was released are held no longer. False: the server is to stop.
    bool let_go() {
        const std::lock_guard lock(mutex);
        for (Connection& each : connections) {
            if (released.contains(each.path)) each.held = false;
        }
        return !stopping;
    }

    void accept_all() {
        for (;;) {
            Fd fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
            if (fd.get() < 0) return;
            const int on = 1;
            ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            Connection connection;
            connection.fd = std::move(fd);
            const std::lock_guard lock(mutex);
            connection.number = ++accepted;
            connections.push_back(std::move(connection));
        }
    }

    // False: the connection is over.
    bool serve(Connection& each, short events) {
        if ((events & (POLLERR | POLLNVAL)) != 0) return false;
        if (each.busy && (events & (POLLHUP | POLLRDHUP)) != 0) return false;
        if ((events & (POLLIN | POLLHUP)) != 0 && !each.busy) {
            if (!receive(each)) return false;
        }
        if (each.has_output() && (events & POLLOUT) != 0 && !send_some(each)) return false;
        return !each.busy || each.held || each.has_output() || finish(each);
    }

    bool receive(Connection& each) {
        char buffer[16384];
        for (;;) {
            const ssize_t count = ::recv(each.fd.get(), buffer, sizeof buffer, 0);
            if (count == 0) return false;
            if (count < 0) {
                if (errno != EAGAIN) return false;
                break;
            }
            each.input.append(buffer, static_cast<std::size_t>(count));
        }
        constexpr char kTlsHandshake = 0x16;  // RFC 8446 §5.1: https asked of a plain server
        if (each.input.starts_with(kTlsHandshake)) return false;
        answer_next(each);
        return true;
    }

    void answer_next(Connection& each) {
        std::optional<HttpRequest> request = take_request(each.input);
        if (!request) return;
        request->connection = each.number;
        request->number_on_connection = ++each.requests;
        request->at = std::chrono::steady_clock::now();
        Handler handler;
        {
            const std::lock_guard lock(mutex);
            log.push_back(*request);
            const auto found = routes.find(request->path);
            if (found != routes.end()) handler = found->second;
        }
        arrived.notify_all();
        HttpResponse response =
            handler ? handler(*request) : HttpResponse{.status = 404, .body = "no such route"};
        each.busy = true;
        each.path = request->path;
        each.output = wire_form(response, request->method == "HEAD");
        each.sent = 0;
        each.endless.clear();
        while (!response.endless.empty() && each.endless.size() < kEndlessBlock)
            each.endless += response.endless;
        each.drip = response.drip;
        each.next_byte = Clock::now();
        each.after = response.after;
        const std::lock_guard lock(mutex);
        each.held = response.hold && !released.contains(each.path);
    }

    static bool send_some(Connection& each) {
        if (each.sent == each.output.size()) {
            each.output = each.endless;
            each.sent = 0;
        }
        const bool drips = each.drip.count() > 0;
        const std::size_t size = drips ? 1 : each.output.size() - each.sent;
        const ssize_t count =
            ::send(each.fd.get(), each.output.data() + each.sent, size, MSG_NOSIGNAL);
        if (count < 0) return errno == EAGAIN;
        each.sent += static_cast<std::size_t>(count);
        if (drips) each.next_byte = Clock::now() + each.drip;
        return true;
    }

    // The answer is out. False: the connection is over.
    bool finish(Connection& each) {
        switch (each.after) {
            case HttpResponse::After::hang:
                return true;
            case HttpResponse::After::close:
                return false;
            case HttpResponse::After::reset: {
                const linger at_once{1, 0};
                ::setsockopt(each.fd.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
                return false;
            }
            case HttpResponse::After::keep:
                break;
        }
        each.busy = false;
        answer_next(each);  // a pipelined request, if one is there
        return true;
    }
};

HttpServer::HttpServer(const std::string& address, std::uint16_t port)
    : impl_(std::make_unique<Impl>()) {
    impl_->address = address;
    impl_->listener = listening_socket(address, port);
    impl_->port = port_of(impl_->listener.get());
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) fail_with_errno("pipe2");
    impl_->wake_read = Fd(ends[0]);
    impl_->wake_write = Fd(ends[1]);
    impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

HttpServer::~HttpServer() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
    }
    impl_->wake();
    impl_->thread.join();
}

void HttpServer::route(const std::string& path, Handler handler) {
    const std::lock_guard lock(impl_->mutex);
    impl_->routes[path] = std::move(handler);
}

void HttpServer::route(const std::string& path, HttpResponse response) {
    route(path, [response = std::move(response)](const HttpRequest&) { return response; });
}

void HttpServer::release(const std::string& path) {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->released.insert(path);
    }
    impl_->wake();
}

std::uint16_t HttpServer::port() const {
    return impl_->port;
}

std::string HttpServer::url(std::string_view path) const {
    const bool v6 = impl_->address.find(':') != std::string::npos;
    const std::string host = v6 ? "[" + impl_->address + "]" : impl_->address;
    return "http://" + host + ":" + std::to_string(impl_->port) + std::string(path);
}

std::vector<HttpRequest> HttpServer::requests() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->log;
}

std::vector<HttpRequest> HttpServer::requests(std::string_view path) const {
    std::vector<HttpRequest> all = requests();
    std::erase_if(all, [&](const HttpRequest& each) { return each.path != path; });
    return all;
}

int HttpServer::hits(std::string_view path) const {
    return static_cast<int>(requests(path).size());
}

int HttpServer::connections() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->accepted;
}

int HttpServer::open_connections() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->open;
}

bool HttpServer::wait_for_hits(std::string_view path, int count,
                               std::chrono::milliseconds patience) const {
    std::unique_lock lock(impl_->mutex);
    return impl_->arrived.wait_for(lock, patience, [&] {
        return std::count_if(impl_->log.begin(), impl_->log.end(),
                             [&](const HttpRequest& each) { return each.path == path; }) >= count;
    });
}

}  // namespace feedd::test
