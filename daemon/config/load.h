// feeds.yaml → Config. Every error has file:line:column, what is wrong and what was meant.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/environment.h"
#include "model/config.h"

namespace feedd {

// What a list was read from, absolute paths: files that could not be read are among them.
struct ListFiles {
    std::vector<std::string> files;
    std::vector<std::string> directories;  // a new file there may belong to the list
};

// Reads the list and its includes. All errors of all files, not just the first; ErrorKind::config,
// also for a file that cannot be read: to start again would not help. Where there are errors,
// `seen` tells what they may be mended in.
[[nodiscard]] tl::expected<Config, std::vector<Error>> load_config(const std::string& path,
                                                                   const Environment& environment,
                                                                   ListFiles* seen = nullptr);

// A file of the list as it would be read: `text` in the place of what is on disk, where it need not
// be yet.
struct ListDraft {
    std::string path;
    std::string text;
};

// The list with a draft of one of its files. It is read by whoever edits it, who need not know its
// secrets: a variable that is not set, or a credential, is filled in with a number that stands for
// it. For comparing, not for polling.
[[nodiscard]] tl::expected<Config, std::vector<Error>> load_draft(const std::string& path,
                                                                  const ListDraft& draft,
                                                                  const Environment& environment);

// Unlike load_config it does not mind variables that are not set: whoever looks after the store
// need not know the secrets of the feeds.
[[nodiscard]] tl::expected<Config, std::vector<Error>> load_without_secrets(
    const std::string& path, const Environment& environment);

// `store:` of the list, nullopt if it has none. As load_without_secrets.
[[nodiscard]] tl::expected<std::optional<std::string>, std::vector<Error>> listed_store(
    const std::string& path, const Environment& environment);

// --config, else ./feeds.yaml, else $CONFIGURATION_DIRECTORY/feeds.yaml, else
// /etc/feedd/feeds.yaml: the first that exists; an explicit one need not.
[[nodiscard]] Result<std::string> config_path(const std::string& option,
                                              const Environment& environment);

// --db, else `store:`, else $STATE_DIRECTORY/feedd.db, else ./feedd.db.
[[nodiscard]] std::string store_path(const std::string& option,
                                     const std::optional<std::string>& listed,
                                     const Environment& environment);

}  // namespace feedd
