#include "support/tcp_server.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace feedd::test {

namespace {

void must(bool done, const std::string& what) {
    if (!done) throw std::runtime_error(what + ": " + std::strerror(errno));
}

sockaddr_in address_of(const std::string& text, std::uint16_t port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    must(inet_pton(AF_INET, text.c_str(), &at.sin_addr) == 1, "no address " + text);
    return at;
}

}  // namespace

struct TcpServer::Impl {
    Talk talk;
    int listener = -1;
    std::uint16_t port = 0;
    mutable std::mutex mutex;
    std::list<std::pair<int, std::thread>> talks;
    bool stopping = false;
    std::thread thread;

    void listen(const std::string& address, std::uint16_t wanted) {
        listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int on = 1;
        ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in at = address_of(address, wanted);
        socklen_t size = sizeof at;
        must(::bind(listener, reinterpret_cast<sockaddr*>(&at), size) == 0 &&
                 ::listen(listener, SOMAXCONN) == 0 &&
                 ::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size) == 0,
             "cannot listen");
        port = ntohs(at.sin_port);
    }

    void accept_all() {
        for (;;) {
            const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) return;  // shut down
            const std::lock_guard lock(mutex);
            // The descriptor stays open until the destructor, which may shut it down once more.
            talks.emplace_back(fd, std::thread([this, fd] {
                                   sigset_t pipe;
                                   sigemptyset(&pipe);
                                   sigaddset(&pipe, SIGPIPE);
                                   pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
                                   talk(fd);
                                   ::shutdown(fd, SHUT_RDWR);
                               }));
            if (stopping) ::shutdown(fd, SHUT_RDWR);
        }
    }
};

TcpServer::TcpServer(const std::string& address, std::uint16_t port, Talk talk)
    : impl_(std::make_unique<Impl>()) {
    impl_->talk = std::move(talk);
    impl_->listen(address, port);
    impl_->thread = std::thread([impl = impl_.get()] { impl->accept_all(); });
}

TcpServer::~TcpServer() {
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
        for (const auto& [fd, talk] : impl_->talks)
            ::shutdown(fd, SHUT_RDWR);
    }
    ::shutdown(impl_->listener, SHUT_RDWR);
    impl_->thread.join();
    for (auto& [fd, talk] : impl_->talks) {
        talk.join();
        ::close(fd);
    }
    ::close(impl_->listener);
}

std::uint16_t TcpServer::port() const {
    return impl_->port;
}

int TcpServer::connections() const {
    const std::lock_guard lock(impl_->mutex);
    return static_cast<int>(impl_->talks.size());
}

int connected_to(const std::string& address, std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in at = address_of(address, port);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0) return fd;
    ::close(fd);
    return -1;
}

}  // namespace feedd::test
