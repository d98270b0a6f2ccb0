#include "config/access.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "config/authorization.h"
#include "config/headers.h"
#include "config/proxy.h"

namespace feedd {

namespace {

Result<std::string> read_path(std::string_view written, const AccessContext& context) {
    auto path = fill_in(trim(written), context.environment);
    if (!path) return path;
    if (path->empty()) return fail(ErrorKind::config, {}, "the path is empty");
    if (path->starts_with('~'))
        return fail(ErrorKind::config, {}, "'~' is known to shells only", "write the whole path");
    if (path->find('\0') != std::string::npos)
        return fail(ErrorKind::config, {}, "the path has a NUL in it");
    return (std::filesystem::path(context.directory) / *path).lexically_normal().string();
}

// The path, if a certificate was found there.
Result<std::string> read_certificate(std::string_view written, const AccessContext& context) {
    auto path = read_path(written, context);
    if (!path) return path;
    if (const auto checked = context.pem.check_certificate(*path); !checked)
        return tl::unexpected<Error>(checked.error());
    return path;
}

void read_client_certificate(const Section& feed, Access& access, const AccessContext& context) {
    if (feed.has("client_key") && !feed.has("client_certificate")) {
        context.out.add(feed.position("client_key"), "client_key without client_certificate",
                        "the certificate is what the server is shown: add it");
        return;
    }
    const auto certificate = feed.read("client_certificate", [&](std::string_view text) {
        return read_certificate(text, context);
    });
    if (!certificate) return;
    const auto key_of = [&](const std::string& path) -> Result<std::string> {
        if (const auto checked = context.pem.check_key(path, *certificate); !checked)
            return tl::unexpected<Error>(checked.error());
        return path;
    };
    std::optional<std::string> key;
    if (feed.has("client_key")) {
        key = feed.read("client_key", [&](std::string_view text) {
            return read_path(text, context).and_then(key_of);
        });
    } else if (const auto checked = key_of(*certificate)) {
        key = *certificate;  // one file with both is common
    } else {
        Error error = checked.error();
        error.what = "client_certificate without client_key: " + error.what;
        if (error.kind == ErrorKind::config) error.hint = "add client_key";
        context.out.add(feed.position("client_certificate"), error);
    }
    if (!key) return;
    access.client_certificate = *certificate;
    access.client_key = std::move(*key);
}

}  // namespace

void read_route(const Section& section, Access& access, const AccessContext& context) {
    if (auto file = section.read(
            "ca_file", [&](std::string_view text) { return read_certificate(text, context); })) {
        access.ca_file = std::move(*file);
    }
    if (auto proxy = section.read("proxy", [&](std::string_view text) {
            return read_proxy(text, context.environment);
        })) {
        access.proxy = std::move(*proxy);
    }
}

void read_identity(const Section& feed, Access& access, const AccessContext& context) {
    access.headers = read_headers(feed, context.environment, context.out);
    if (const auto auth = feed.node("auth")) {
        const bool twice = std::any_of(
            access.headers.begin(), access.headers.end(),
            [](const SecretHeader& header) { return iequals(header.name, "Authorization"); });
        auto value = read_authorization(*auth, context.environment, context.out);
        if (twice) {
            context.out.add(feed.position("auth"),
                            "this feed has auth, and an Authorization in 'headers'",
                            "remove one of them");
        } else if (value) {
            access.headers.push_back({"Authorization", std::move(*value)});
        }
    } else if (feed.has("auth")) {
        context.out.add(feed.position("auth"), "auth has no value",
                        "write user and password, or token");
    }
    read_client_certificate(feed, access, context);
}

}  // namespace feedd
