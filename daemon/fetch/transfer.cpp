#include "fetch/transfer.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include <sys/socket.h>

#include "base/url.h"
#include "fetch/address.h"

namespace feedd {

namespace {

using std::chrono::milliseconds;

// A host that does not answer a SYN for 10 s (three retransmissions) will not do so later.
constexpr milliseconds kConnectTimeout{10'000};
// For long timeouts: a body that comes slower than this over such a time will never end.
constexpr long kLowSpeed = 10;      // bytes per second
constexpr long kLowSpeedTime = 60;  // seconds
// No server needs more; libcurl's own limit is 300 KiB an answer.
constexpr std::size_t kMaxHeaders = std::size_t{256} << 10U;  // bytes, over all hops
// Of an answer that is no feed, as much as keeps its connection usable; then it is cut off.
constexpr std::uint64_t kMaxUnwantedBody = std::uint64_t{64} << 10U;  // bytes

bool is_success(int status) {
    return status >= 200 && status < 300;
}

std::string refusal(const std::string& address) {
    return address + " is a private address (see fetch.allow_private_addresses)";
}

curl_off_t time_of(const CurlEasy& easy, CURLINFO which) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy.get(), which, &microseconds);
    return microseconds;
}

}  // namespace

Transfer::Transfer(CurlEasy easy, Request request, Done done,
                   std::shared_ptr<const AddressGuard> guard)
    : easy_(std::move(easy)),
      request_(std::move(request)),
      done_(std::move(done)),
      guard_(std::move(guard)),
      started_(std::chrono::steady_clock::now()) {
    response_.url = without_credentials(request_.url);
    response_.conditional = !request_.validators.empty();
}

bool Transfer::prepare() {
    if (!easy_) {
        fail({PollError::internal, "libcurl has no handle to give"});
        return false;
    }
    tl::expected<Target, Failure> target = target_of(request_.url);
    if (!target) {
        fail(std::move(target).error());
        return false;
    }
    target_ = *std::move(target);
    first_origin_ = target_.origin;
    credentials_user_ = std::move(target_.user);
    credentials_password_ = std::move(target_.password);
    return set_up_hop();
}

// Everything is set anew, so that nothing of one hop or fetch reaches the next.
bool Transfer::set_up_hop() {
    response_.url = target_.url;
    response_.status = 0;
    head_.clear();
    body_.clear();
    opened_socket_ = false;
    refused_address_.clear();
    detail_[0] = '\0';
    const auto left = std::chrono::ceil<milliseconds>(started_ + request_.timeout -
                                                      std::chrono::steady_clock::now());
    if (left <= milliseconds::zero()) {
        fail(classify({CURLE_OPERATION_TIMEDOUT, {}, Phase::waiting, elapsed()}));
        return false;
    }
    // An address in place of a name is known before anything is sent, even to a proxy.
    if (const auto address = numeric_address(host_of(target_.url));
        address && !guard_->allows(reinterpret_cast<const sockaddr&>(*address))) {
        fail({PollError::refused,
              refusal(address_text(reinterpret_cast<const sockaddr&>(*address)))});
        return false;
    }
    const bool own_origin = target_.origin == first_origin_;
    headers_ = request_headers(request_, own_origin);
    curl_easy_reset(easy_.get());
    set(CURLOPT_URL, target_.url.c_str());
    set(CURLOPT_HTTPHEADER, headers_.get());
    if (own_origin && !(credentials_user_.empty() && credentials_password_.empty())) {
        set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        set(CURLOPT_USERNAME, credentials_user_.c_str());
        set(CURLOPT_PASSWORD, credentials_password_.c_str());
    }
    set_up_limits(left);
    set_up_callbacks();
    return !failure_;
}

template <typename Value>
void Transfer::set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
    if (code != CURLE_OK) fail({PollError::internal, curl_easy_strerror(code)});
}

void Transfer::set_up_limits(milliseconds left) {
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(easy_.get(), CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS);  // if it can
    // Left to fetch/coding: libcurl takes a truncated stream for a whole one.
    set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(left, kConnectTimeout).count()));
    set(CURLOPT_LOW_SPEED_LIMIT, kLowSpeed);
    set(CURLOPT_LOW_SPEED_TIME, kLowSpeedTime);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    // A transfer that ends while its name is being resolved leaves the resolver's thread to itself,
    // else libcurl would wait for it, and the loop with it.
    set(CURLOPT_QUICK_EXIT, 1L);
}

void Transfer::set_up_callbacks() {
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

bool Transfer::ended(CURLcode code) {
    const bool answered = head_.complete();
    const int status = answered ? head_.status() : 0;
    response_.status = status;
    if (failure_) return false;
    if (code != CURLE_OK && !opened_socket_ && !refused_address_.empty()) {
        fail({PollError::refused, refusal(refused_address_)});
        return false;
    }
    // Where the status says it all (Retry-After of a 429, Location of a 301), a body that broke off
    // or was cut off by us takes nothing away.
    if (code != CURLE_OK && (!answered || is_success(status))) {
        fail(classify({code, detail_, phase(), elapsed()}));
        return false;
    }
    if (!answered) {
        fail({PollError::broken, "the answer is not HTTP"});
        return false;
    }
    return is_redirect(status) && follow(status);
}

bool Transfer::follow(int status) {
    tl::expected<Target, Failure> next = redirect_target(target_, head_.find("Location"));
    if (!next) {
        fail(std::move(next).error());
        return false;
    }
    if (++redirects_ > kMaxRedirects) {
        fail({PollError::redirect, "more than " + std::to_string(kMaxRedirects) + " redirects"});
        return false;
    }
    moved_for_good_ = moved_for_good_ && is_permanent_redirect(status);
    target_ = *std::move(next);
    return set_up_hop();
}

void Transfer::fail(Failure failure) {
    if (!failure_) failure_ = std::move(failure);
}

Response Transfer::finish() {
    if (failure_) {
        response_.error = failure_->error;
        response_.error_text = failure_->text;
    } else {
        response_.body = std::move(body_);
        if (redirects_ > 0 && moved_for_good_) response_.moved_to = new_url();
    }
    response_.redirects = redirects_;
    response_.headers = head_.take();
    response_.duration = elapsed();
    response_.at = now_utc();
    return std::move(response_);
}

// A feed that moves within its origin keeps the user name of the list.
std::string Transfer::new_url() const {
    const auto authority = split_url(request_.url).authority.value_or("");
    const auto at = authority.rfind('@');
    if (at == std::string_view::npos || target_.origin != first_origin_) return target_.url;
    std::string url = target_.url;
    return url.insert(url.find("//") + 2, authority.substr(0, at + 1));
}

milliseconds Transfer::elapsed() const {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - started_);
}

Phase Transfer::phase() const {
    if (head_.complete()) return Phase::receiving;
    if (time_of(easy_, CURLINFO_PRETRANSFER_TIME_T) > 0) return Phase::waiting;
    if (time_of(easy_, CURLINFO_NAMELOOKUP_TIME_T) > 0) return Phase::connecting;
    return Phase::resolving;
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
    if (guard_->allows(address)) return true;
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
    if (fd < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM))
        transfer.fail({PollError::internal, std::string("no socket: ") + std::strerror(errno)});
    return fd;
} catch (const std::bad_alloc&) {
    return CURL_SOCKET_BAD;
}

// A connection from before the guard was changed is in the cache still.
int Transfer::on_connected(void* self, char* remote, char* /*local*/, int /*remote_port*/,
                           int /*local_port*/) try {
    auto& transfer = *static_cast<Transfer*>(self);
    const auto address = numeric_address(remote == nullptr ? "" : remote);
    if (!address || transfer.may_connect(reinterpret_cast<const sockaddr&>(*address)))
        return CURL_PREREQFUNC_OK;
    transfer.fail({PollError::refused, refusal(transfer.refused_address_)});
    return CURL_PREREQFUNC_ABORT;
} catch (const std::bad_alloc&) {
    return CURL_PREREQFUNC_ABORT;
}

}  // namespace feedd
