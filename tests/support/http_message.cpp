#include "support/http_message.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace feedd::test {

namespace {

const std::string* find_header(const HttpHeaders& headers, std::string_view name) {
    for (const auto& [each, value] : headers) {
        if (iequals(each, name)) return &value;
    }
    return nullptr;
}

HttpHeaders parse_headers(std::string_view lines) {
    HttpHeaders headers;
    while (!lines.empty()) {
        const auto end = lines.find("\r\n");
        const std::string_view line = lines.substr(0, end);
        lines = end == std::string_view::npos ? std::string_view{} : lines.substr(end + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        // Of the value only the one space after the colon goes: tests look at the exact bytes.
        std::string_view value = line.substr(colon + 1);
        if (value.starts_with(' ')) value.remove_prefix(1);
        headers.emplace_back(line.substr(0, colon), value);
    }
    return headers;
}

std::string hexadecimal(std::size_t number) {
    std::string out(16, '0');
    const auto [end, error] = std::to_chars(out.data(), out.data() + out.size(), number, 16);
    out.resize(error == std::errc{} ? static_cast<std::size_t>(end - out.data()) : 0);
    return out;
}

}  // namespace

const std::string* HttpRequest::header(std::string_view name) const {
    return find_header(headers, name);
}

std::optional<HttpRequest> take_request(std::string& input) {
    const auto head_end = input.find("\r\n\r\n");
    if (head_end == std::string::npos) return std::nullopt;
    const std::string_view head = std::string_view(input).substr(0, head_end);
    const auto line_end = std::min(head.find("\r\n"), head.size());
    HttpRequest request;
    request.headers = parse_headers(head.substr(std::min(line_end + 2, head.size())));
    const std::string_view line = head.substr(0, line_end);
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first != std::string_view::npos && last > first) {
        request.method = line.substr(0, first);
        request.target = line.substr(first + 1, last - first - 1);
        request.path = request.target.substr(0, request.target.find('?'));
    }
    std::size_t length = 0;
    if (const std::string* text = find_header(request.headers, "Content-Length")) {
        std::from_chars(text->data(), text->data() + text->size(), length);
    }
    const std::size_t body_start = head_end + 4;
    if (input.size() - body_start < length) return std::nullopt;
    request.body = input.substr(body_start, length);
    input.erase(0, body_start + length);
    return request;
}

std::string wire_form(const HttpResponse& response, bool head_only) {
    if (response.raw) return response.body;
    const bool no_body = response.status == 304 || response.status == 204 || response.status < 200;
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + " Test\r\n";
    for (const auto& [name, value] : response.headers)
        out.append(name).append(": ").append(value).append("\r\n");
    const bool framed = find_header(response.headers, "Content-Length") != nullptr ||
                        find_header(response.headers, "Transfer-Encoding") != nullptr;
    if (!framed && response.chunked) {
        out += "Transfer-Encoding: chunked\r\n";
    } else if (!framed && !no_body && response.endless.empty()) {
        out += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
    }
    out += "\r\n";
    if (no_body || head_only) return out;
    if (!response.chunked) return out + response.body;
    if (!response.body.empty())
        out.append(hexadecimal(response.body.size()) + "\r\n" + response.body + "\r\n");
    return out + "0\r\n\r\n";
}

}  // namespace feedd::test
