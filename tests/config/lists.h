// Lists written into a directory of their own and loaded from there.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/load.h"
#include "support/temp_dir.h"

namespace feedd::test {

inline Environment environment_of(std::map<std::string, std::string> variables) {
    return
        [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
            const auto it = variables.find(name);
            if (it == variables.end()) return std::nullopt;
            return it->second;
        };
}

class Lists {
  public:
    Lists& file(std::string_view name, std::string_view text) {
        directory_.write(name, text);
        return *this;
    }
    Lists& variable(const std::string& name, const std::string& value) {
        variables_[name] = value;
        return *this;
    }
    [[nodiscard]] std::string path(std::string_view name = {}) const {
        return directory_.path(name);
    }
    [[nodiscard]] auto load(std::string_view name = "feeds.yaml") const {
        return load_config(directory_.path(name), environment_of(variables_));
    }
    // The errors, one a line, with the directory cut out of them; "" if there are none.
    [[nodiscard]] std::string errors(std::string_view name = "feeds.yaml") const {
        const auto config = load(name);
        if (config) return {};
        std::string lines;
        for (const Error& error : config.error())
            lines += message(error) + "\n";
        const std::string prefix = directory_.path() + "/";
        for (auto at = lines.find(prefix); at != std::string::npos; at = lines.find(prefix))
            lines.erase(at, prefix.size());
        return lines;
    }

  private:
    TempDir directory_;
    std::map<std::string, std::string> variables_;
};

}  // namespace feedd::test
