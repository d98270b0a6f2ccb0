#include "normalize/tracking_parameters.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"

namespace feedd {

namespace {

struct Rule {
    std::string_view name;
    std::optional<std::string_view> value;  // nullopt: any
    std::string_view site;                  // "" anywhere
};

// As long as an MD5, of which sessions are made.
bool is_md5(std::string_view text) noexcept {
    constexpr std::size_t kDigits = 32;
    return text.size() == kDigits &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// `pattern` may end with a '*'.
bool matches(std::string_view pattern, std::string_view text) noexcept {
    if (pattern == "{md5}") return is_md5(text);
    if (!pattern.ends_with('*')) return iequals(pattern, text);
    pattern.remove_suffix(1);
    return istarts_with(text, pattern);
}

Rule rule_of(std::string_view line) {
    Rule rule;
    if (const auto at = line.find('@'); at != std::string_view::npos) {
        rule.site = trim(line.substr(at + 1));
        line = trim(line.substr(0, at));
    }
    const auto equals = line.find('=');
    rule.name = line.substr(0, equals);
    if (equals != std::string_view::npos) rule.value = line.substr(equals + 1);
    return rule;
}

class Rules {
  public:
    explicit Rules(std::string_view file) {
        for (const std::string_view line : split(file, '\n')) {
            if (line.starts_with('#')) continue;
            const Rule rule = rule_of(line);
            if (rule.name.ends_with('*')) {
                families_.push_back(rule);
            } else {
                by_name_[std::string(rule.name)].push_back(rule);
            }
        }
    }

    [[nodiscard]] bool has(std::string_view name, std::string_view value,
                           std::string_view host) const {
        const auto holds = [&](const Rule& rule) {
            return matches(rule.name, name) && (!rule.value || matches(*rule.value, value)) &&
                   is_on_site(host, rule.site);
        };
        const auto known = by_name_.find(lower(name));
        return (known != by_name_.end() && std::ranges::any_of(known->second, holds)) ||
               std::ranges::any_of(families_, holds);
    }

  private:
    std::unordered_map<std::string, std::vector<Rule>> by_name_;
    std::vector<Rule> families_;  // names that end with a '*'
};

}  // namespace

bool is_on_site(std::string_view host, std::string_view site) noexcept {
    if (site.empty() || host == site) return true;
    return host.size() > site.size() && host.ends_with(site) &&
           host[host.size() - site.size() - 1] == '.';
}

bool is_tracking(std::string_view pair, std::string_view host) {
    static const Rules rules(kTrackingParametersFile);
    const auto equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    return rules.has(pair.substr(0, equals), value, host);
}

}  // namespace feedd
