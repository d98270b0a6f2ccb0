#include "store/sqlite/checkpoints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd::test {
namespace {

using sqlite::read_lock_holders;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(ReadLocks, AreReadFromTheListOfTheKernel) {
    constexpr std::string_view kLocks =
        "1: POSIX  ADVISORY  READ  4711 fe:01:77 123 123\n"
        "2: POSIX  ADVISORY  READ  4711 fe:01:77 128 128\n"  // the mark of a live connection
        "3: POSIX  ADVISORY  WRITE 12 fe:01:77 120 120\n"    // the writer
        "4: POSIX  ADVISORY  READ  99 fe:01:78 124 124\n"    // another file
        "5: FLOCK  ADVISORY  READ  98 fe:01:77 0 EOF\n"
        "6: POSIX  ADVISORY  READ  97 fe:01:77 0 EOF\n"
        "7: POSIX  ADVISORY  READ  4712 00:2f:77 127 127\n"  // another number of the same device
        "7: -> POSIX  ADVISORY  READ 96 fe:01:77 124 124\n"  // waits
        "8: POSIX  ADVISORY  READ  4711 fe:01:77 125 125\n"
        "9: OFDLCK ADVISORY  READ  -1 fe:01:77 124 124\n"
        "nonsense\n"
        "10: POSIX  ADVISORY  READ  many fe:01:77 124 124\n";
    EXPECT_THAT(read_lock_holders(kLocks, 77), ElementsAre(4711, 4712));
    EXPECT_THAT(read_lock_holders(kLocks, 79), IsEmpty());
    EXPECT_THAT(read_lock_holders("", 77), IsEmpty());
}

}  // namespace
}  // namespace feedd::test
