// One fetch: a chain of hops on one libcurl handle, and the Response that it becomes.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <curl/curl.h>

#include "base/handle.h"
#include "fetch/address_guard.h"
#include "fetch/headers.h"
#include "fetch/request.h"
#include "fetch/target.h"
#include "fetch/traffic.h"
#include "model/response.h"

namespace feedd {

using CurlEasy = Handle<CURL, curl_easy_cleanup>;

// prepare(), then for every hop: let libcurl run handle(), tell ended(). While it waits() for the
// turn of its next hop, there is nothing to run until resume(). When one of them answers false, the
// fetch is over and finish() gives the Response, once.
class Transfer {
  public:
    using Done = std::function<void(Response)>;

    Transfer(CurlEasy easy, Request request, Done done, std::shared_ptr<const AddressGuard> guard,
             std::shared_ptr<const Traffic> traffic);
    Transfer(const Transfer&) = delete;  // libcurl holds its address
    Transfer& operator=(const Transfer&) = delete;

    [[nodiscard]] bool prepare();
    [[nodiscard]] bool ended(CURLcode code);
    [[nodiscard]] bool waits() const noexcept { return waiting_since_.has_value(); }
    [[nodiscard]] bool resume();
    void fail(Failure failure);
    // The next hop has to wait for longer than is worth it.
    void put_off(Failure failure, Time until);

    [[nodiscard]] FeedId feed() const noexcept { return request_.feed; }
    [[nodiscard]] const std::string& url() const noexcept { return target_.url; }  // of the hop
    [[nodiscard]] CURL* handle() const noexcept { return easy_.get(); }
    [[nodiscard]] CurlEasy take_handle() noexcept { return std::move(easy_); }
    [[nodiscard]] Response finish();
    void report(Response response) const { done_(std::move(response)); }

  private:
    bool set_up_hop();
    [[nodiscard]] std::string refused_host() const;
    void check(CURLcode code);
    void set_up_callbacks();
    bool try_https(CURLcode code);
    bool follow(int status);
    void blame_http();
    [[nodiscard]] std::string new_url() const;
    [[nodiscard]] std::chrono::milliseconds elapsed() const;
    [[nodiscard]] Phase phase() const;
    [[nodiscard]] bool may_connect(const sockaddr& address);
    void count_hop(const sockaddr* remote);
    void finish_hop();
    bool take_header(std::string_view line);
    bool take_body(std::string_view bytes);

    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int on_connected(void* self, char* remote, char* local, int remote_port, int local_port);

    CurlEasy easy_;
    Request request_;
    Done done_;
    std::shared_ptr<const AddressGuard> guard_;
    std::shared_ptr<const Traffic> traffic_;
    SteadyTime started_;
    SteadyTime deadline_;  // moves on while a hop waits for its turn
    std::optional<SteadyTime> waiting_since_;
    Response response_;

    Target target_;  // of the hop
    std::string first_origin_;
    std::string credentials_user_;
    std::string credentials_password_;
    HeaderList headers_;  // libcurl reads it while the hop runs
    int redirects_ = 0;
    bool moved_for_good_ = true;  // every hop so far was permanent

    HeaderCollector head_;
    std::string body_;
    std::size_t header_bytes_ = 0;     // of all hops
    std::uint64_t counted_bytes_ = 0;  // those of the hops that are over
    bool hop_is_open_ = false;         // the last of response_.hops is this one
    std::optional<Failure> failure_;
    std::optional<Failure> shortage_;     // of sockets, while the hop was connecting
    std::optional<Failure> unconnected_;  // why https is tried in place of http
    std::string refused_address_;
    bool opened_socket_ = false;
    char detail_[CURL_ERROR_SIZE] = "";
};

}  // namespace feedd
