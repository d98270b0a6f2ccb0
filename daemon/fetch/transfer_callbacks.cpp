// What libcurl calls back while a hop runs: nothing is thrown through it.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include <sys/socket.h>

#include "fetch/address.h"
#include "fetch/transfer.h"

namespace feedd {

namespace {

// No server needs more; libcurl's own limit is 300 KiB an answer.
constexpr std::size_t kMaxHeaders = std::size_t{256} << 10U;  // bytes, over all hops
// Of an answer that is no feed, as much as keeps its connection usable; then it is cut off.
constexpr std::uint64_t kMaxUnwantedBody = std::uint64_t{64} << 10U;  // bytes

}  // namespace

void Transfer::set_up_callbacks() {
    const auto set = [this](CURLoption option, auto value) {
        check(curl_easy_setopt(easy_.get(), option, value));
    };
    set(CURLOPT_ERRORBUFFER, detail_);
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_open_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_PREREQFUNCTION, &Transfer::on_connected);
    set(CURLOPT_PREREQDATA, this);
}

bool Transfer::take_header(std::string_view line) {
    response_.wire_bytes += line.size();
    header_bytes_ += line.size();
    if (header_bytes_ > kMaxHeaders) {
        fail({PollError::too_large,
              "headers of more than " + std::to_string(kMaxHeaders >> 10U) + " KiB"});
        return false;
    }
    head_.line(line);
    return true;
}

bool Transfer::take_body(std::string_view bytes) {
    response_.wire_bytes += bytes.size();
    const bool wanted = is_success(head_.status());
    const std::uint64_t most =
        wanted ? request_.max_body : std::min(request_.max_body, kMaxUnwantedBody);
    if (body_.size() + bytes.size() > most) {
        if (wanted) {
            fail({PollError::too_large,
                  "body of more than " + std::to_string(request_.max_body) + " bytes"});
        }
        return false;
    }
    body_.append(bytes);
    return true;
}

bool Transfer::may_connect(const sockaddr& address) {
    // A proxy is where the list says, on a private network as a rule.
    if (request_.access.proxy || guard_->allows(address)) return true;
    refused_address_ = address_text(address);
    return false;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) try {
    const std::string_view line(data, size * count);
    return static_cast<Transfer*>(self)->take_header(line) ? line.size() : 0;
} catch (const std::bad_alloc&) {
    return 0;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) try {
    const std::string_view bytes(data, size * count);
    return static_cast<Transfer*>(self)->take_body(bytes) ? bytes.size() : CURL_WRITEFUNC_ERROR;
} catch (const std::bad_alloc&) {
    return CURL_WRITEFUNC_ERROR;
}

curl_socket_t Transfer::on_open_socket(void* self, curlsocktype /*purpose*/,
                                       curl_sockaddr* address) try {
    auto& transfer = *static_cast<Transfer*>(self);
    if (!transfer.may_connect(address->addr)) return CURL_SOCKET_BAD;
    transfer.opened_socket_ = true;
    const int fd = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    // Our own shortage, not a fault of the server (a family that we lack is for libcurl to try on).
    // It may be over when the next address of the name is tried.
    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
        transfer.shortage_ = {PollError::internal,
                              std::string("no socket: ") + std::strerror(errno)};
    return fd;
} catch (const std::bad_alloc&) {
    return CURL_SOCKET_BAD;
}

// A connection from before the guard was changed is in the cache still.
int Transfer::on_connected(void* self, char* remote, char* /*local*/, int /*remote_port*/,
                           int /*local_port*/) try {
    auto& transfer = *static_cast<Transfer*>(self);
    const auto address = numeric_address(remote == nullptr ? "" : remote);
    if (!address || transfer.may_connect(reinterpret_cast<const sockaddr&>(*address))) {
        const bool known = address && !transfer.request_.access.proxy;
        transfer.count_hop(known ? reinterpret_cast<const sockaddr*>(&*address) : nullptr);
        return CURL_PREREQFUNC_OK;
    }
    transfer.fail({PollError::refused, refusal_of(transfer.refused_address_)});
    return CURL_PREREQFUNC_ABORT;
} catch (const std::bad_alloc&) {
    return CURL_PREREQFUNC_ABORT;
}

}  // namespace feedd
