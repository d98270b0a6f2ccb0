#include "config/headers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxHeaders = 50;
constexpr std::size_t kMaxHeader = 8000;  // bytes; servers refuse more

// RFC 9110 §5.6.2.
bool is_token(std::string_view text) {
    static constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return is_alpha(c) || is_digit(c) || kOthers.find(c) != std::string_view::npos;
    });
}

// RFC 9110 §5.5; a line break would begin a header of its own.
bool is_header_value(std::string_view text) {
    return text.size() <= kMaxHeader && std::all_of(text.begin(), text.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return c == '\t' || (byte >= 0x20 && byte != 0x7F);
           });
}

// Why a header cannot be set by the list; "" if it can.
std::string_view reason_against(std::string_view name) {
    struct Reserved {
        std::string_view name;
        std::string_view reason;
    };
    static constexpr std::array<Reserved, 9> kReserved{{
        {"User-Agent", "use 'user_agent' for it"},
        {"Host", "it follows from the URL"},
        {"Accept-Encoding", "feedd asks for what it can decode"},
        {"If-None-Match", "feedd sets it from the last answer"},
        {"If-Modified-Since", "feedd sets it from the last answer"},
        {"Range", "feedd reads whole documents"},
        {"Connection", "it belongs to the transport"},
        {"Content-Length", "it belongs to the transport"},
        {"Transfer-Encoding", "it belongs to the transport"},
    }};
    for (const Reserved& reserved : kReserved) {
        if (iequals(name, reserved.name)) return reserved.reason;
    }
    return {};
}

std::optional<SecretHeader> read_header(YamlNode key, YamlNode value,
                                        const Environment& environment, Diagnostics& out) {
    if (key.kind() != YamlKind::scalar || !is_token(key.text())) {
        out.add(key.position(), "this is no name of a header");
        return std::nullopt;
    }
    if (const std::string_view reason = reason_against(key.text()); !reason.empty()) {
        out.add(key.position(), fmt::format("the header {} cannot be set", in_quotes(key.text())),
                std::string(reason));
        return std::nullopt;
    }
    if (value.kind() != YamlKind::scalar) {
        out.add(value.is_null() ? key.position() : value.position(),
                fmt::format("the header {} is {}, not a single value", in_quotes(key.text()),
                            value.is_null() ? "empty" : kind_name(value.kind())));
        return std::nullopt;
    }
    auto filled = fill_in(value.text(), environment);
    if (!filled) {
        Error error = filled.error();
        error.what = fmt::format("the header {}: {}", in_quotes(key.text()), error.what);
        out.add(value.position(), error);
        return std::nullopt;
    }
    const std::string_view text = trim(*filled);
    if (!is_header_value(text)) {
        out.add(value.position(),
                fmt::format("the value of the header {} cannot be sent", in_quotes(key.text())),
                fmt::format("one line, up to {} bytes", kMaxHeader));
        return std::nullopt;
    }
    return SecretHeader{std::string(key.text()), Secret(std::string(text))};
}

}  // namespace

std::vector<SecretHeader> read_headers(const Section& feed, const Environment& environment,
                                       Diagnostics& out) {
    std::vector<SecretHeader> headers;
    const std::optional<YamlNode> node = feed.node("headers");
    if (!node) return headers;
    if (node->kind() != YamlKind::map) {
        out.add(node->position(), fmt::format("headers is {}, not a map", kind_name(node->kind())),
                "write 'Name: value' lines");
        return headers;
    }
    for (auto it = node->begin(); it != node->end(); ++it) {
        const YamlNode key = *it;
        auto header = read_header(key, *++it, environment, out);
        if (!header && out.full()) break;
        if (!header) continue;
        const bool twice = std::any_of(
            headers.begin(), headers.end(),
            [&](const SecretHeader& other) { return iequals(other.name, header->name); });
        if (twice) {
            out.add(key.position(),
                    fmt::format("the header {} is there twice", in_quotes(key.text())));
        } else if (headers.size() == kMaxHeaders) {
            out.add(key.position(), fmt::format("more than {} headers", kMaxHeaders));
            break;
        } else {
            headers.push_back(std::move(*header));
        }
    }
    return headers;
}

}  // namespace feedd
