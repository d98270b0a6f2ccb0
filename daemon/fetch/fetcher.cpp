#include "fetch/fetcher.h"

#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <uv.h>

#include "base/handle.h"
#include "fetch/transfer.h"
#include "fetch/uv_handle.h"

namespace feedd {

namespace {

// Kept open for the next poll of their hosts, beyond those in use. Polls of one host follow each
// other closely or not at all, so a few suffice.
constexpr std::size_t kIdleConnections = 64;
// Handles kept for the next fetch: each holds some 20 KB.
constexpr std::size_t kIdleHandles = 64;

using CurlMulti = Handle<CURLM, curl_multi_cleanup>;

CurlMulti new_multi() {
    static const CURLcode kReady = curl_global_init(CURL_GLOBAL_DEFAULT);
    CurlMulti multi(kReady == CURLE_OK ? curl_multi_init() : nullptr);
    if (!multi) throw std::runtime_error("libcurl cannot be initialised");
    return multi;
}

UvHandle<uv_timer_t> new_timer(uv_loop_t* loop, void* owner) {
    auto* timer = new uv_timer_t;
    uv_timer_init(loop, timer);  // cannot fail
    timer->data = owner;
    return UvHandle<uv_timer_t>(timer);
}

}  // namespace

struct Fetcher::Impl {
    Impl(uv_loop_t* on, AddressGuard allowed, Traffic minded);
    void start(Request request, Done done);
    void resume(FeedId feed);
    void put_off(FeedId feed, std::string why, Time until);
    void close();
    [[nodiscard]] std::size_t in_flight() const noexcept {
        return running.size() + waiting.size() + failed.size();
    }

  private:
    void run(std::unique_ptr<Transfer> transfer);
    void act(curl_socket_t socket, int events);
    void reap();
    void report(std::unique_ptr<Transfer> transfer);
    void report_failed();
    void report_soon(std::unique_ptr<Transfer> transfer);
    int watch(curl_socket_t socket, int what);

    static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* unused);
    static int on_timer(CURLM* multi, long timeout_ms, void* self);
    static void on_ready(uv_poll_t* poll, int status, int events) noexcept;

  public:
    uv_loop_t* loop;
    std::shared_ptr<const AddressGuard> guard;
    std::unordered_map<FeedId, std::unique_ptr<Transfer>> waiting;  // for the turn of a redirect

  private:
    std::unordered_map<CURL*, std::unique_ptr<Transfer>> running;
    std::shared_ptr<const Traffic> traffic;
    std::vector<std::unique_ptr<Transfer>> failed;  // while libcurl did not run them
    std::vector<CurlEasy> idle;
    std::unordered_map<curl_socket_t, UvHandle<uv_poll_t>> polls;  // stopped ones, too
    UvHandle<uv_timer_t> timer;                                    // libcurl's
    UvHandle<uv_timer_t> later;  // to report what failed in start(), out of it
    CurlMulti multi;             // null: closed. Destroyed first, it calls back on_socket
};

Fetcher::Impl::Impl(uv_loop_t* on, AddressGuard allowed, Traffic minded)
    : loop(on),
      guard(std::make_shared<const AddressGuard>(std::move(allowed))),
      traffic(std::make_shared<const Traffic>(std::move(minded))),
      timer(new_timer(on, this)),
      later(new_timer(on, this)),
      multi(new_multi()) {
    curl_multi_setopt(multi.get(), CURLMOPT_SOCKETFUNCTION, &Impl::on_socket);
    curl_multi_setopt(multi.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi.get(), CURLMOPT_TIMERFUNCTION, &Impl::on_timer);
    curl_multi_setopt(multi.get(), CURLMOPT_TIMERDATA, this);
}

void Fetcher::Impl::start(Request request, Done done) {
    if (!multi) return;
    CurlEasy easy;
    if (idle.empty()) {
        easy.reset(curl_easy_init());
    } else {
        easy = std::move(idle.back());
        idle.pop_back();
    }
    auto transfer = std::make_unique<Transfer>(std::move(easy), std::move(request), std::move(done),
                                               guard, traffic);
    if (transfer->prepare()) {
        run(std::move(transfer));
    } else {
        report_soon(std::move(transfer));
    }
}

void Fetcher::Impl::resume(FeedId feed) {
    auto found = waiting.extract(feed);
    if (!multi || found.empty()) return;
    if (found.mapped()->resume()) {
        run(std::move(found.mapped()));
    } else {
        report_soon(std::move(found.mapped()));
    }
}

void Fetcher::Impl::put_off(FeedId feed, std::string why, Time until) {
    auto found = waiting.extract(feed);
    if (!multi || found.empty()) return;
    found.mapped()->put_off({PollError::throttled, std::move(why)}, until);
    report_soon(std::move(found.mapped()));
}

// Out of the call that it failed in.
void Fetcher::Impl::report_soon(std::unique_ptr<Transfer> transfer) {
    failed.push_back(std::move(transfer));
    uv_timer_start(
        later.get(),
        [](uv_timer_t* due) noexcept { static_cast<Impl*>(due->data)->report_failed(); }, 0, 0);
}

void Fetcher::Impl::run(std::unique_ptr<Transfer> transfer) {
    CURL* easy = transfer->handle();
    const CURLMcode code = curl_multi_add_handle(multi.get(), easy);
    if (code == CURLM_OK) {
        running.emplace(easy, std::move(transfer));
        // libcurl counts the connections in use, too.
        curl_multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS,
                          static_cast<long>(running.size() + kIdleConnections));
    } else {
        transfer->fail({PollError::internal, curl_multi_strerror(code)});
        report_soon(std::move(transfer));
    }
}

void Fetcher::Impl::act(curl_socket_t socket, int events) {
    int still_running = 0;
    curl_multi_socket_action(multi.get(), socket, events, &still_running);
    reap();
}

void Fetcher::Impl::reap() {
    int left = 0;
    while (CURLMsg* message = multi ? curl_multi_info_read(multi.get(), &left) : nullptr) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL* easy = message->easy_handle;
        const CURLcode code = message->data.result;
        auto found = running.extract(easy);
        std::unique_ptr<Transfer> transfer = std::move(found.mapped());
        curl_multi_remove_handle(multi.get(), easy);
        const bool goes_on = transfer->ended(code);
        if (!goes_on) {
            report(std::move(transfer));
        } else if (transfer->waits()) {
            waiting.insert_or_assign(transfer->feed(), std::move(transfer));
        } else {
            run(std::move(transfer));
        }
    }
    if (multi) report_failed();
}

void Fetcher::Impl::report(std::unique_ptr<Transfer> transfer) {
    Response response = transfer->finish();
    if (CurlEasy easy = transfer->take_handle(); easy && idle.size() < kIdleHandles)
        idle.push_back(std::move(easy));
    transfer->report(std::move(response));  // may start() others, or close()
}

void Fetcher::Impl::report_failed() {
    std::vector<std::unique_ptr<Transfer>> now = std::exchange(failed, {});
    for (auto& transfer : now) {
        if (multi) report(std::move(transfer));
    }
}

int Fetcher::Impl::watch(curl_socket_t socket, int what) {
    if (what == CURL_POLL_REMOVE) {
        // The handle stays for the next poll on that connection, or for the next socket of that
        // number: libuv tries each one out when it is made.
        if (const auto found = polls.find(socket); found != polls.end())
            uv_poll_stop(found->second.get());
        return 0;
    }
    auto& poll = polls[socket];
    if (!poll) {
        auto fresh = std::make_unique<uv_poll_t>();
        if (uv_poll_init_socket(loop, fresh.get(), socket) != 0) {
            polls.erase(socket);
            return -1;
        }
        fresh->data = this;
        poll.reset(fresh.release());
    }
    const int events =
        (what != CURL_POLL_OUT ? UV_READABLE : 0) | (what != CURL_POLL_IN ? UV_WRITABLE : 0);
    return uv_poll_start(poll.get(), events, &Impl::on_ready) == 0 ? 0 : -1;
}

int Fetcher::Impl::on_socket(CURL* /*easy*/, curl_socket_t socket, int what, void* self,
                             void* /*unused*/) try {
    return static_cast<Impl*>(self)->watch(socket, what);
} catch (const std::bad_alloc&) {
    return -1;
}

void Fetcher::Impl::on_ready(uv_poll_t* poll, int status, int events) noexcept {
    uv_os_fd_t socket = -1;
    uv_fileno(reinterpret_cast<uv_handle_t*>(poll), &socket);
    int ready = ((events & UV_READABLE) != 0 ? CURL_CSELECT_IN : 0) |
                ((events & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0);
    // Of an error on the socket libuv says no more than that. Told to read, libcurl learns which it
    // is, and retries where that is right; told of an error alone it would give up at once.
    if (status < 0) ready = CURL_CSELECT_IN | CURL_CSELECT_OUT | CURL_CSELECT_ERR;
    static_cast<Impl*>(poll->data)->act(socket, ready);
}

int Fetcher::Impl::on_timer(CURLM* /*multi*/, long timeout_ms, void* self) {
    auto& fetcher = *static_cast<Impl*>(self);
    if (timeout_ms < 0) {
        uv_timer_stop(fetcher.timer.get());
        return 0;
    }
    uv_timer_start(
        fetcher.timer.get(),
        [](uv_timer_t* due) noexcept {
            static_cast<Impl*>(due->data)->act(CURL_SOCKET_TIMEOUT, 0);
        },
        static_cast<std::uint64_t>(timeout_ms), 0);
    return 0;
}

void Fetcher::Impl::close() {
    if (!multi) return;
    for (const auto& [easy, transfer] : running)
        curl_multi_remove_handle(multi.get(), easy);
    running.clear();
    waiting.clear();
    failed.clear();
    idle.clear();
    multi.reset();
    polls.clear();
    timer.reset();
    later.reset();
}

Fetcher::Fetcher(uv_loop_s* loop, AddressGuard guard, Traffic traffic)
    : impl_(std::make_unique<Impl>(loop, std::move(guard), std::move(traffic))) {}

Fetcher::~Fetcher() {
    impl_->close();
}

void Fetcher::start(Request request, Done done) {
    impl_->start(std::move(request), std::move(done));
}

std::string Fetcher::next_url(FeedId feed) const {
    const auto found = impl_->waiting.find(feed);
    return found == impl_->waiting.end() ? std::string{} : found->second->url();
}

void Fetcher::resume(FeedId feed) {
    impl_->resume(feed);
}

void Fetcher::put_off(FeedId feed, std::string why, Time until) {
    impl_->put_off(feed, std::move(why), until);
}

void Fetcher::guard(AddressGuard guard) {
    impl_->guard = std::make_shared<const AddressGuard>(std::move(guard));
}

std::size_t Fetcher::in_flight() const noexcept {
    return impl_->in_flight();
}

void Fetcher::close() {
    impl_->close();
}

}  // namespace feedd
