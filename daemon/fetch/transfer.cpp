#include "fetch/transfer.h"

#include <algorithm>
#include <utility>

#include "base/url.h"
#include "fetch/address.h"
#include "fetch/https_instead.h"
#include "fetch/options.h"

namespace feedd {

namespace {

using std::chrono::milliseconds;

constexpr int kNotModified = 304;

int system_error(const CurlEasy& easy) {
    long error = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_OS_ERRNO, &error);
    return static_cast<int>(error);
}

curl_off_t time_of(const CurlEasy& easy, CURLINFO which) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy.get(), which, &microseconds);
    return microseconds;
}

}  // namespace

Transfer::Transfer(CurlEasy easy, Request request, Done done,
                   std::shared_ptr<const AddressGuard> guard,
                   std::shared_ptr<const Traffic> traffic)
    : easy_(std::move(easy)),
      request_(std::move(request)),
      done_(std::move(done)),
      guard_(std::move(guard)),
      traffic_(std::move(traffic)),
      started_(std::chrono::steady_clock::now()),
      deadline_(started_ + request_.timeout) {
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
    shortage_.reset();
    detail_[0] = '\0';
    const auto left = std::chrono::ceil<milliseconds>(deadline_ - std::chrono::steady_clock::now());
    if (left <= milliseconds::zero()) {
        fail(classify({CURLE_OPERATION_TIMEDOUT, {}, Phase::waiting, elapsed()}));
        return false;
    }
    if (const std::string private_host = refused_host(); !private_host.empty()) {
        fail({PollError::refused, refusal_of(private_host)});
        return false;
    }
    const bool own_origin = target_.origin == first_origin_;
    const Access access = own_origin ? request_.access : anonymous(request_.access);
    headers_ = request_headers(request_, own_origin);
    curl_easy_reset(easy_.get());
    if (own_origin) {
        target_.user = credentials_user_;
        target_.password = credentials_password_;
    }
    check(set_options(easy_.get(), {target_, access, left, request_.stall}));
    check(curl_easy_setopt(easy_.get(), CURLOPT_HTTPHEADER, headers_.get()));
    set_up_callbacks();
    return !failure_;
}

// What is private before any name is looked up: an address in place of a name, and, where a proxy
// looks names up, the name of the machine itself (RFC 6761 §6.3). "" if nothing is.
std::string Transfer::refused_host() const {
    std::string host = target_.host;
    while (host.ends_with('.'))
        host.pop_back();
    const bool local_name = host == "localhost" || host.ends_with(".localhost");
    const bool proxied = request_.access.proxy.has_value();
    const auto address = numeric_address(local_name && proxied ? "127.0.0.1" : host);
    if (!address || guard_->allows(reinterpret_cast<const sockaddr&>(*address))) return {};
    return local_name ? host : address_text(reinterpret_cast<const sockaddr&>(*address));
}

void Transfer::check(CURLcode code) {
    if (code != CURLE_OK) fail({PollError::internal, curl_easy_strerror(code)});
}

bool Transfer::ended(CURLcode code) {
    const bool answered = head_.complete();
    const int status = answered ? head_.status() : 0;
    response_.status = status;
    finish_hop();
    if (failure_) return false;
    if (code != CURLE_OK && shortage_) {
        fail(*std::move(shortage_));
        return false;
    }
    if (code != CURLE_OK && !opened_socket_ && !refused_address_.empty()) {
        fail({PollError::refused, refusal_of(refused_address_)});
        return false;
    }
    if (try_https(code)) return true;
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

// The same by https, once and within the deadline. Not with credentials, which the list gives to
// http, and not through a proxy, whose port 80 is not that of the feed.
bool Transfer::try_https(CURLcode code) {
    const bool first = redirects_ == 0 && !unconnected_;
    const bool with_credentials = !credentials_user_.empty() || !credentials_password_.empty() ||
                                  request_.access != anonymous(request_.access);
    if (!first || with_credentials || request_.access.proxy || elapsed() >= request_.timeout)
        return false;
    auto instead = https_instead(target_, {code, phase(), system_error(easy_)});
    if (!instead) return false;
    unconnected_ = classify({code, detail_, phase(), elapsed()});
    target_ = *std::move(instead);
    return set_up_hop();
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
    if (traffic_->turn && !traffic_->turn(request_.feed, target_.url)) {
        waiting_since_ = std::chrono::steady_clock::now();
        return true;
    }
    return set_up_hop();
}

bool Transfer::resume() {
    if (waiting_since_) deadline_ += std::chrono::steady_clock::now() - *waiting_since_;
    waiting_since_.reset();
    return set_up_hop();
}

void Transfer::put_off(Failure failure, Time until) {
    waiting_since_.reset();
    response_.put_off_until = until;
    fail(std::move(failure));
}

void Transfer::fail(Failure failure) {
    if (!failure_) failure_ = std::move(failure);
}

// https in place of http counts only if it brings what was asked for: what else it says, 410 Gone
// for one, is not the word of the URL that the list names.
void Transfer::blame_http() {
    const int status = response_.status;
    const bool good = !failure_ && (is_success(status) || status == kNotModified);
    if (!unconnected_ || good) return;
    unconnected_->text +=
        "; https: " + (failure_ ? failure_->text : "HTTP " + std::to_string(status));
    failure_ = std::exchange(unconnected_, std::nullopt);
    response_.status = 0;
}

Response Transfer::finish() {
    blame_http();
    if (failure_) {
        response_.error = failure_->error;
        response_.error_text = failure_->text;
    } else {
        response_.body = std::move(body_);
        const bool elsewhere = redirects_ > 0 || unconnected_;
        if (elsewhere && moved_for_good_) response_.moved_to = new_url();
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

// `remote` is null where it says nothing of the host.
void Transfer::count_hop(const sockaddr* remote) {
    response_.hops.push_back({.url = target_.url});
    hop_is_open_ = true;
    if (traffic_->sent) traffic_->sent(request_.feed, target_.url, remote);
}

void Transfer::finish_hop() {
    if (!std::exchange(hop_is_open_, false)) return;  // nothing was sent
    Hop& hop = response_.hops.back();
    hop.status = response_.status;
    hop.bytes = response_.wire_bytes - std::exchange(counted_bytes_, response_.wire_bytes);
    if (const std::string* const wait = head_.find("Retry-After")) hop.retry_after = *wait;
}

}  // namespace feedd
