#include "parse/person.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

TEST(Person, IsTakenApart) {
    struct Case {
        std::string_view text;
        std::string_view name;
        std::string_view email;
    };
    const Case cases[] = {
        {"ann@e.org (Ann Lee)", "Ann Lee", "ann@e.org"},
        {"Ann Lee (ann@e.org)", "Ann Lee", "ann@e.org"},
        {"Ann Lee <ann@e.org>", "Ann Lee", "ann@e.org"},
        {"\"Lee, Ann\" <ann@e.org>", "Lee, Ann", "ann@e.org"},
        {"ann+spam@e.org (Ann)", "Ann", "ann+spam@e.org"},
        {"ann@e.org", "", "ann@e.org"},
        {"mailto:ann@e.org", "", "ann@e.org"},
        {"ann@e.org ()", "", "ann@e.org"},
        {"ann@e.org Ann", "Ann", "ann@e.org"},
        {"ann@e.org - Ann Lee", "Ann Lee", "ann@e.org"},
        {"ann@e.org (Ann Lee (Reuters))", "Ann Lee (Reuters)", "ann@e.org"},
        {"  Ann \n Lee ", "Ann Lee", ""},
        {"Ann (Reuters)", "Ann (Reuters)", ""},
        {"(Ann)", "Ann", ""},
        {"@ann", "@ann", ""},
        {"", "", ""},
    };
    for (const Case& c : cases) {
        const Person person = person_from(c.text);
        EXPECT_EQ(person.name, c.name) << c.text;
        EXPECT_EQ(person.email, c.email) << c.text;
    }
}

TEST(Person, StaysLinearInLongTexts) {
    const std::string text = std::string(200'000, 'a') + std::string(200'000, '@');
    EXPECT_EQ(person_from(text).email, "");
}

}  // namespace
}  // namespace feedd
