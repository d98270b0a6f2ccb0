#include "fetch/headers.h"

#include <algorithm>
#include <charconv>
#include <new>

#include "base/text.h"
#include "fetch/coding.h"

namespace feedd {

namespace {

constexpr const char* kAccept =
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.5, text/html;q=0.2, */*;q=0.1";

// RFC 9110 §5.5: what ends a line or a string has no place in a field value.
bool is_safe(std::string_view text) {
    const auto has = [&](char c) { return text.find(c) != std::string_view::npos; };
    return !has('\r') && !has('\n') && !has('\0');
}

bool is_blank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t'; });
}

void append(HeaderList& list, std::string_view name, std::string_view value) {
    if (!is_safe(name) || !is_safe(value) || name.empty()) return;
    std::string line;
    line.reserve(name.size() + value.size() + 2);
    line = name;
    // libcurl takes "Name:" as 'do not send'; "Name;" is its form for an empty value.
    if (is_blank(value)) {
        line += ';';
    } else {
        line.append(": ").append(value);
    }
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    [[maybe_unused]] const auto* old = list.release();
    list.reset(longer);
}

bool is_configured(const Request& request, std::string_view name) {
    return std::any_of(request.access.headers.begin(), request.access.headers.end(),
                       [&](const SecretHeader& each) { return iequals(each.name, name); });
}

int status_of(std::string_view status_line) {
    const auto space = status_line.find(' ');
    if (space == std::string_view::npos) return 0;
    const std::string_view rest = trim(status_line.substr(space));
    int status = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), status);
    return status;
}

}  // namespace

HeaderList request_headers(const Request& request, bool own_origin) {
    HeaderList list;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!own_origin || !is_configured(request, name)) append(list, name, value);
    };
    add("User-Agent", request.user_agent);
    add("Accept", kAccept);
    add("Accept-Encoding", kAcceptEncoding);
    if (request.validators.etag) {
        add("If-None-Match", *request.validators.etag);
        add("A-IM", "feed");  // RFC 3229: only what is new since that entity tag, if you can
    }
    if (request.validators.last_modified)
        add("If-Modified-Since", *request.validators.last_modified);
    if (own_origin) {
        for (const SecretHeader& each : request.access.headers)
            append(list, each.name, each.value.reveal());
    }
    return list;
}

void HeaderCollector::line(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
        line.remove_suffix(1);
    if (line.starts_with("HTTP/")) {
        clear();
        status_ = status_of(line);
        return;
    }
    if (complete_) return;  // a trailer: RFC 9110 §6.5.1, not to be merged into the header section
    if (line.empty()) {
        complete_ = status_ >= 200;
        return;
    }
    if ((line.front() == ' ' || line.front() == '\t') && !headers_.empty()) {
        headers_.back().value.append(" ").append(trim(line));  // RFC 9112 §5.2: obs-fold
        return;
    }
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return;
    constexpr std::size_t kUsual = 12;
    if (headers_.empty()) headers_.reserve(kUsual);
    headers_.push_back(
        {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
}

void HeaderCollector::clear() {
    headers_.clear();
    status_ = 0;
    complete_ = false;
}

const std::string* HeaderCollector::find(std::string_view name) const noexcept {
    for (const Header& each : headers_) {
        if (iequals(each.name, name)) return &each.value;
    }
    return nullptr;
}

}  // namespace feedd
