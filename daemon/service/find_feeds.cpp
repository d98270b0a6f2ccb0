#include "service/find_feeds.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "base/url.h"
#include "fetch/coding.h"
#include "normalize/article.h"
#include "parse/discover.h"
#include "parse/encoding.h"
#include "parse/parse.h"
#include "parse/wall.h"
#include "service/asker.h"
#include "service/classify.h"

namespace feedd {

namespace {

// What came back from one address.
struct Read {
    std::optional<KnownFeed> feed;
    std::optional<HtmlPage> page;  // instead
    std::string page_url;
    Error error;               // where it is no feed
    bool unreachable = false;  // nobody answered at all
};

ErrorKind kind_of(PollError error) {
    switch (error) {
        case PollError::dns:
        case PollError::connect:
        case PollError::tls:
        case PollError::timeout:
        case PollError::broken:
        case PollError::outage:
            return ErrorKind::network;
        case PollError::file:
            return ErrorKind::io;
        case PollError::refused:
        case PollError::too_large:
            return ErrorKind::refused;
        default:
            return ErrorKind::http;
    }
}

Request request_of(const FeedSpec& spec, const FetchConfig& fetch) {
    return {.url = spec.url,
            .user_agent = spec.user_agent.value_or(fetch.user_agent),
            .access = spec.access,
            .timeout = spec.timeout,
            .max_body = spec.max_body};
}

std::string text_of(const std::string* header) {
    return header == nullptr ? "" : *header;
}

Read refused(const std::string& url, ErrorKind kind, std::string what, std::string hint = {}) {
    return {.error = {kind, url, std::move(what), std::move(hint)}};
}

std::string_view family_of(Format format) {
    switch (format) {
        case Format::atom03:
        case Format::atom10:
            return "Atom";
        case Format::jsonfeed10:
        case Format::jsonfeed11:
            return "JSON Feed";
        case Format::cdf:
            return "CDF";
        default:
            return "RSS";
    }
}

KnownFeed known_feed(const Document& document, const std::string& url, const Response& response) {
    const std::size_t items = document.items.size();
    KnownFeed feed{
        .url = without_credentials(response.moved_to.value_or(url)),
        .at = without_credentials(response.url),
        .title = feed_info(document.feed).title,
        .what = fmt::format("{}, {}{} item{}", family_of(document.format),
                            document.truncated ? "more than " : "", items, items == 1 ? "" : "s")};
    feed.title = collapse_space(feed.title);
    return feed;
}

Read read(const FeedSpec& spec, Response response) {
    const std::string& shown = spec.secret_url ? spec.place : spec.url;
    if (const auto failure = failure_of(response)) {
        Read read = refused(shown, kind_of(failure->error), failure->text);
        read.unreachable = failure->error == PollError::connect ||
                           failure->error == PollError::tls || failure->error == PollError::timeout;
        return read;
    }
    const Response about{
        .url = response.url, .moved_to = response.moved_to, .headers = response.headers};
    const auto body = decoded_body(std::move(response), spec.max_body);
    if (!body) return refused(shown, kind_of(body.error().first), body.error().second);
    const ParseHints hints{.base = about.url,
                           .content_type = text_of(about.header("Content-Type")),
                           .content_language = text_of(about.header("Content-Language"))};
    const auto document = parse(*body, hints, {.max_bytes = spec.max_body});
    if (document) return {.feed = known_feed(*document, spec.url, about), .error = {}};
    Read out = refused(shown, document.error().kind, document.error().what, document.error().hint);
    if (document.error().what.find("HTML") == std::string::npos) return out;
    out.page = read_page(decode(*body, hints.content_type).text(), about.url);
    out.page_url = about.url;
    return out;
}

// Nothing is behind it that could be looked for.
bool is_closed(const HtmlPage& page) {
    return page.feeds.empty() && (page.asks_for_password || !wall_titled(page.title).empty());
}

// One question on its way, round by round: asked, its page's links asked, the usual places asked.
struct Search {
    const Question& question;
    Result<Answer> answer = fail(ErrorKind::internal, {}, "not asked");
    std::vector<FoundFeed> links;           // to be asked
    std::vector<std::string> usual = {};    // places that are left, the likeliest last
    std::optional<Error> broken_link = {};  // why the first link is no feed
    bool done = false;

    void settle(Result<Answer> with) {
        answer = std::move(with);
        done = true;
    }
};

class Finder {
  public:
    Finder(std::span<const Question> questions, const FetchConfig& fetch)
        : fetch_(fetch), asker_(fetch) {
        searches_.reserve(questions.size());
        for (const Question& question : questions)
            searches_.push_back(Search{.question = question, .links = {}});
    }

    std::vector<Result<Answer>> run() {
        ask_themselves();
        ask_links();
        while (ask_usual_place()) {
        }
        std::vector<Result<Answer>> answers;
        answers.reserve(searches_.size());
        for (Search& search : searches_)
            answers.push_back(std::move(search.answer));
        return answers;
    }

  private:
    using Asked = std::pair<Search*, FeedSpec>;

    [[nodiscard]] std::vector<Read> ask(const std::vector<Asked>& asked) {
        std::vector<Request> requests;
        requests.reserve(asked.size());
        for (const auto& [search, spec] : asked)
            requests.push_back(request_of(spec, fetch_));
        std::vector<Response> responses = asker_.ask(std::move(requests));
        std::vector<Read> out;
        out.reserve(asked.size());
        for (std::size_t i = 0; i < asked.size(); ++i)
            out.push_back(read(asked[i].second, std::move(responses[i])));
        return out;
    }

    // What the page of a question leads to is asked as the question was, by strangers as a
    // stranger.
    [[nodiscard]] static FeedSpec spec_at(const Search& search, const std::string& url) {
        FeedSpec spec = search.question.spec;
        if (origin_of(url) != origin_of(spec.url)) spec.access = anonymous(std::move(spec.access));
        spec.url = url;
        return spec;
    }

    void ask_themselves() {
        std::vector<Asked> asked;
        asked.reserve(searches_.size());
        for (Search& search : searches_)
            asked.emplace_back(&search, search.question.spec);
        std::vector<Read> reads = ask(asked);
        std::vector<Asked> again;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < reads.size(); ++i) {
            if (!reads[i].unreachable || searches_[i].question.or_else.empty()) continue;
            again.emplace_back(&searches_[i], spec_at(searches_[i], searches_[i].question.or_else));
            places.push_back(i);
        }
        std::vector<Read> second = again.empty() ? std::vector<Read>{} : ask(again);
        for (std::size_t i = 0; i < second.size(); ++i) {
            // Of two that fail the first is what the person meant.
            if (!second[i].unreachable) reads[places[i]] = std::move(second[i]);
        }
        for (std::size_t i = 0; i < reads.size(); ++i)
            take(searches_[i], std::move(reads[i]));
    }

    static void take(Search& search, Read read) {
        if (read.feed) {
            search.settle(Answer{.feeds = {std::move(*read.feed)}, .from_page = false});
            return;
        }
        search.answer = tl::unexpected(std::move(read.error));
        if (!read.page || !search.question.follow_links || is_closed(*read.page)) {
            search.done = true;
            return;
        }
        search.links = std::move(read.page->feeds);
        search.usual = well_known_feeds(read.page_url);
        std::reverse(search.usual.begin(), search.usual.end());
    }

    void ask_links() {
        std::vector<Asked> asked;
        for (Search& search : searches_) {
            for (std::size_t i = 0; i < std::min(search.links.size(), kMostChecked); ++i)
                asked.emplace_back(&search, spec_at(search, search.links[i].url));
        }
        if (asked.empty()) return;
        std::vector<Read> reads = ask(asked);
        std::size_t at = 0;
        for (Search& search : searches_) {
            const std::size_t count = std::min(search.links.size(), kMostChecked);
            take_links(search, {reads.data() + at, count});
            at += count;
        }
    }

    static void take_links(Search& search, std::span<Read> reads) {
        Answer answer{.feeds = {}, .from_page = true};
        for (std::size_t i = 0; i < reads.size(); ++i) {
            if (!reads[i].feed) {
                if (!search.broken_link) search.broken_link = reads[i].error;
                continue;
            }
            KnownFeed& feed = *reads[i].feed;
            if (feed.title.empty()) feed.title = search.links[i].title;
            const auto same = [&](const KnownFeed& other) { return other.at == feed.at; };
            if (std::none_of(answer.feeds.begin(), answer.feeds.end(), same))
                answer.feeds.push_back(std::move(feed));
        }
        for (std::size_t i = reads.size(); i < search.links.size(); ++i) {
            const FoundFeed& link = search.links[i];
            answer.feeds.push_back(
                {.url = link.url, .at = link.url, .title = link.title, .what = {}});
        }
        if (!answer.feeds.empty()) search.settle(std::move(answer));
    }

    // The next of the usual places of each page whose feed is not found yet; false: none is left.
    bool ask_usual_place() {
        std::vector<Asked> asked;
        for (Search& search : searches_) {
            if (search.done) continue;
            if (search.usual.empty()) {
                give_up(search);
                continue;
            }
            asked.emplace_back(&search, spec_at(search, search.usual.back()));
            search.usual.pop_back();
        }
        if (asked.empty()) return false;
        std::vector<Read> reads = ask(asked);
        for (std::size_t i = 0; i < reads.size(); ++i) {
            if (reads[i].feed)
                asked[i].first->settle(
                    Answer{.feeds = {std::move(*reads[i].feed)}, .from_page = true});
        }
        return true;
    }

    static void give_up(Search& search) {
        search.done = true;
        Error& error = search.answer.error();
        if (search.broken_link) {
            error.hint = fmt::format("it links to {}, which is none: {}", search.broken_link->where,
                                     search.broken_link->what);
        } else {
            error.hint = "it links to no feed, and there is none at /feed, /rss.xml and the like";
        }
    }

    const FetchConfig& fetch_;
    Asker asker_;
    std::vector<Search> searches_;
};

}  // namespace

std::vector<Result<Answer>> find_feeds(std::span<const Question> questions,
                                       const FetchConfig& fetch) {
    return Finder(questions, fetch).run();
}

}  // namespace feedd
