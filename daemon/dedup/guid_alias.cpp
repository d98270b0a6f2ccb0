#include "dedup/guid_alias.h"

#include "base/text.h"
#include "base/url.h"

namespace feedd {

namespace {

constexpr std::size_t kLeast = 2;  // bytes: '/' and a letter say nothing

// "tag:blog.example,2005:post-123" is "post-123".
std::string_view specific_of_tag(std::string_view guid) {
    const auto comma = guid.find(',');
    if (comma == std::string_view::npos) return {};
    const auto colon = guid.find(':', comma);
    return colon == std::string_view::npos ? std::string_view{} : guid.substr(colon + 1);
}

}  // namespace

std::string guid_alias(std::string_view guid) {
    guid = trim(guid);
    std::string alias;
    if (istarts_with(guid, "tag:")) {
        alias = specific_of_tag(guid);
    } else if (is_web_url(guid)) {
        const UrlParts parts = split_url(guid);
        alias = parts.path;
        if (parts.query) alias.append("?").append(*parts.query);
        if (parts.fragment) alias.append("#").append(*parts.fragment);
    }
    while (alias.ends_with('/'))
        alias.pop_back();
    while (alias.starts_with('/'))
        alias.erase(0, 1);
    return alias.size() < kLeast ? std::string() : alias;
}

}  // namespace feedd
