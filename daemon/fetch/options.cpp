#include "fetch/options.h"

#include <algorithm>

namespace feedd {

namespace {

using std::chrono::milliseconds;

// A host that does not answer a SYN for 10 s (three retransmissions) will not do so later.
constexpr milliseconds kConnectTimeout{10'000};
// For long timeouts: what comes slower than this, the first byte included, will never end.
constexpr long kLowSpeed = 10;  // bytes per second
// A busy host's connection would never be idle: after a while its name is looked up anew.
constexpr long kConnectionLifetime = 600;  // seconds

// Remembers the first refusal.
class Options {
  public:
    explicit Options(CURL* easy) : easy_(easy) {}

    template <typename Value>
    void set(CURLoption option, Value value) {
        const CURLcode code = curl_easy_setopt(easy_, option, value);
        if (first_ == CURLE_OK) first_ = code;
    }
    void set(CURLoption option, const std::string& value) { set(option, value.c_str()); }
    [[nodiscard]] CURLcode first() const noexcept { return first_; }

  private:
    CURL* easy_;
    CURLcode first_ = CURLE_OK;
};

void set_limits(Options& options, const HopOptions& hop) {
    const auto left = static_cast<long>(hop.left.count());
    options.set(CURLOPT_TIMEOUT_MS, left);
    options.set(CURLOPT_CONNECTTIMEOUT_MS,
                static_cast<long>(std::min(hop.left, kConnectTimeout).count()));
    options.set(CURLOPT_LOW_SPEED_LIMIT, kLowSpeed);
    options.set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(hop.stall.count()));
}

void set_connection(Options& options) {
    options.set(CURLOPT_TCP_KEEPALIVE, 1L);
    options.set(CURLOPT_MAXLIFETIME_CONN, kConnectionLifetime);
    options.set(CURLOPT_NOSIGNAL, 1L);
    // A transfer that ends while its name is being resolved leaves the resolver's thread to itself,
    // else libcurl would wait for it, and the loop with it.
    options.set(CURLOPT_QUICK_EXIT, 1L);
}

void set_protocol(Options& options, const Target& target) {
    options.set(CURLOPT_URL, target.url);
    options.set(CURLOPT_PROTOCOLS_STR, "http,https");
    options.set(CURLOPT_FOLLOWLOCATION, 0L);
    options.set(CURLOPT_HTTP09_ALLOWED, 0L);
    options.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    // A second fetch from a host whose connection is being made waits for it, and shares it where
    // the handshake ends in HTTP/2. Without TLS only an answer would tell.
    options.set(CURLOPT_PIPEWAIT, target.url.starts_with("https:") ? 1L : 0L);
    // Left to fetch/coding: libcurl takes a truncated stream for a whole one.
    options.set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
    options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

// libcurl trusts what is in a file (CAINFO) and in a directory (CAPATH), on Debian by default the
// system's authorities in both forms. It keeps the parsed file for the next connections only where
// there is no directory; to parse it each time takes 20 ms of the loop's thread. The authorities of
// a feed's own file stand beside the directory.
void set_authorities(Options& options, const std::string& ca_file, CURLoption file,
                     CURLoption directory) {
    if (ca_file.empty()) {
        options.set(directory, static_cast<const char*>(nullptr));
    } else {
        options.set(file, ca_file);
    }
}

void set_tls(Options& options, const Access& access) {
    options.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set_authorities(options, access.ca_file, CURLOPT_CAINFO, CURLOPT_CAPATH);
    if (access.client_certificate.empty()) return;
    options.set(CURLOPT_SSLCERT, access.client_certificate);
    options.set(CURLOPT_SSLKEY, access.client_key);
}

void set_user(Options& options, const Target& target) {
    if (target.user.empty() && target.password.empty()) return;
    options.set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    options.set(CURLOPT_USERNAME, target.user);
    options.set(CURLOPT_PASSWORD, target.password);
}

// "" and NOPROXY keep libcurl from the variables of the environment.
void set_proxy(Options& options, const Access& access) {
    options.set(CURLOPT_PROXY, access.proxy ? access.proxy->url : std::string{});
    options.set(CURLOPT_NOPROXY, "");
    if (!access.proxy) return;
    options.set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set_authorities(options, access.ca_file, CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAPATH);
    const Proxy& proxy = *access.proxy;
    if (proxy.user.reveal().empty() && proxy.password.reveal().empty()) return;
    options.set(CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
    options.set(CURLOPT_PROXYUSERNAME, proxy.user.reveal());
    options.set(CURLOPT_PROXYPASSWORD, proxy.password.reveal());
}

}  // namespace

CURLcode set_options(CURL* easy, const HopOptions& hop) {
    Options options(easy);
    set_protocol(options, hop.target);
    set_limits(options, hop);
    set_connection(options);
    set_tls(options, hop.access);
    set_user(options, hop.target);
    set_proxy(options, hop.access);
    return options.first();
}

}  // namespace feedd
