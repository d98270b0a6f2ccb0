// Where the list and the store are looked for.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "config/lists.h"

namespace feedd::test {
namespace {

// The working directory, put back at the end of the test.
class WorkingDirectory {
  public:
    explicit WorkingDirectory(const std::string& path) : before_(std::filesystem::current_path()) {
        std::filesystem::current_path(path);
    }
    ~WorkingDirectory() { std::filesystem::current_path(before_); }
    WorkingDirectory(const WorkingDirectory&) = delete;
    WorkingDirectory& operator=(const WorkingDirectory&) = delete;

  private:
    std::filesystem::path before_;
};

TEST(ConfigPath, TakesTheOptionAsItIs) {
    EXPECT_EQ(config_path("/no/such.yaml", environment_of({})).value(), "/no/such.yaml");
}

TEST(ConfigPath, PrefersTheWorkingDirectoryToSystemdsAndThatToEtc) {
    Lists lists;
    lists.file("here/feeds.yaml", "feeds: []\n").file("etc/feeds.yaml", "feeds: []\n");
    const Environment environment =
        environment_of({{"CONFIGURATION_DIRECTORY", lists.path("etc") + ":/etc/other"}});
    {
        const WorkingDirectory here(lists.path("here"));
        EXPECT_EQ(config_path("", environment).value(), "feeds.yaml");
    }
    const WorkingDirectory elsewhere(lists.path("etc/.."));
    EXPECT_EQ(config_path("", environment).value(), lists.path("etc") + "/feeds.yaml");
}

TEST(StorePath, TakesOptionThenListThenStateDirectoryThenHere) {
    const Environment none = environment_of({});
    const Environment systemd = environment_of({{"STATE_DIRECTORY", "/var/lib/feedd:/x"}});
    EXPECT_EQ(store_path("a.db", "/b.db", systemd), "a.db");
    EXPECT_EQ(store_path("", "/b.db", systemd), "/b.db");
    EXPECT_EQ(store_path("", std::nullopt, systemd), "/var/lib/feedd/feedd.db");
    EXPECT_EQ(store_path("", std::nullopt, none), "feedd.db");
}

TEST(ListedStore, DoesNotNeedTheSecretsOfTheFeedsButAListWithoutErrors) {
    Lists lists;
    lists.file("feeds.yaml",
               "store: /srv/feedd.db\n"
               "feeds:\n"
               "  - {url: \"https://a.org/\", headers: {Authorization: \"Bearer ${TOKEN}\"}}\n"
               "  - ${WHOLE_URL}\n"
               "  - https://${HOST}:${PORT}/\n"
               "  - https://${USER}:${PASSWORD}@a.org/x\n");
    lists.file("bad.yaml", "store: /srv/feedd.db\nfeedz: []\n");
    const Environment none = environment_of({});
    EXPECT_EQ(listed_store(lists.path("feeds.yaml"), none).value(), "/srv/feedd.db");
    EXPECT_FALSE(load_config(lists.path("feeds.yaml"), none));
    EXPECT_FALSE(listed_store(lists.path("bad.yaml"), none));
    EXPECT_FALSE(listed_store(lists.path("missing.yaml"), none));
}

}  // namespace
}  // namespace feedd::test
