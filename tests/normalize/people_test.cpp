#include "normalize/people.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd {
namespace {

using testing::ElementsAre;

// "Name <mail>; …", for short tables.
std::string shown(const std::vector<Person>& people) {
    std::string out;
    for (const Person& person : people) {
        if (!out.empty()) out += "; ";
        out += person.name;
        if (!person.email.empty()) out += "<" + person.email + ">";
    }
    return out;
}

struct Case {
    std::string_view byline;
    std::string_view people;
};

TEST(People, AreTakenFromABylineInTheirOrder) {
    constexpr Case kCases[] = {
        {"Ann Lee", "Ann Lee"},
        {"  Ann \n Lee ", "Ann Lee"},
        {"By Ann Lee", "Ann Lee"},
        {"by ANN LEE", "ANN LEE"},
        {"By: Ann Lee", "Ann Lee"},
        {"Posted by ann", "ann"},
        {"By Ann Lee and Bob Ray", "Ann Lee; Bob Ray"},
        {"By Ann Lee and Bob Ray, Reuters", "Ann Lee; Bob Ray"},
        {"By Ann and Bob", "Ann; Bob"},
        {"Ann Lee and Bob Ray", "Ann Lee; Bob Ray"},
        {"Ann Lee & Bob Ray", "Ann Lee; Bob Ray"},
        {"Ann Lee, Bob Ray", "Ann Lee; Bob Ray"},
        {"Ann Lee, Bob Ray and Cy Dee", "Ann Lee; Bob Ray; Cy Dee"},
        {"Ann Lee, Bob Ray, and Cy Dee", "Ann Lee; Bob Ray; Cy Dee"},
        {"Ann Lee; Bob Ray", "Ann Lee; Bob Ray"},
        {"Lee, Ann; Ray, Bob", "Lee, Ann; Ray, Bob"},
        {"ann, bob, cy", "ann; bob; cy"},
        {"Von Anna Müller und Jörg Weiß", "Anna Müller; Jörg Weiß"},
        {"Anna Müller und Jörg Weiß", "Anna Müller; Jörg Weiß"},
        {"Par Anne Petit et Luc Grand", "Anne Petit; Luc Grand"},
        {"Por Ana López y Luis Gil", "Ana López; Luis Gil"},
        {"Ana Souza e Luís Dias", "Ana Souza; Luís Dias"},
        {"Anna Berg och Bo Ek", "Anna Berg; Bo Ek"},
        {"Автор: Анна Иванова и Иван Петров", "Анна Иванова; Иван Петров"},
        {"Ludwig van Beethoven and Simone de Beauvoir", "Ludwig van Beethoven; Simone de Beauvoir"},
        {"山田太郎、鈴木花子", "山田太郎; 鈴木花子"},
        {"Ann Lee, Reuters", "Ann Lee"},
        {"Ann Lee | AP", "Ann Lee"},
        {"Ann Lee/AFP", "Ann Lee"},
        {"Ann Lee (Reuters)", "Ann Lee"},
        {"Ann Lee, Senior Editor", "Ann Lee"},
        {"Bob Ray, Jr.", "Bob Ray, Jr."},
        {"Bob Ray, Jr., Ann Lee", "Bob Ray, Jr.; Ann Lee"},
        {"Reuters", "Reuters"},
        {"ann@example.org (Ann Lee)", "Ann Lee<ann@example.org>"},
        {"Ann Lee <ann@example.org>", "Ann Lee<ann@example.org>"},
        {"Ann Lee (ann@example.org)", "Ann Lee<ann@example.org>"},
        {"\"Lee, Ann\" <ann@example.org>", "Lee, Ann<ann@example.org>"},
        {"Ann Lee mailto:ann@example.org", "Ann Lee<ann@example.org>"},
        {"ann@example.org", "<ann@example.org>"},
        {"ann@example.org, bob@example.org", "<ann@example.org>; <bob@example.org>"},
        {"Ann Lee <ann@example.org>, Bob Ray <bob@example.org>",
         "Ann Lee<ann@example.org>; Bob Ray<bob@example.org>"},
        {"noreply@blogger.com (Ann Lee)", "Ann Lee"},
        {"@ann", "@ann"},
        {"Ann &amp; Bob", "Ann & Bob"},
        {"<a href=\"/ann\">Ann Lee</a>", "Ann Lee"},
    };
    for (const Case& row : kCases)
        EXPECT_EQ(shown(people(row.byline)), row.people) << row.byline;
}

TEST(People, LeavesNamesWithAndInThemAlone) {
    for (const std::string_view name : {"Marks and Spencer",
                                        "Johnson & Johnson",
                                        "Department of Health and Human Services",
                                        "José Ortega y Gasset",
                                        "Artur da Costa e Silva",
                                        "Science and Technology Desk",
                                        "Arts and Culture Team",
                                        "Research and Development",
                                        "Lee, Ann",
                                        "Von der Leyen",
                                        "Von Neumann",
                                        "Di Maio",
                                        "Byron Lee",
                                        "Byung-Chul Han",
                                        "Andy Land",
                                        "Paris Hilton",
                                        "Sandy Hook",
                                        "AC/DC",
                                        "anna and the band",
                                        "Ernst & Young",
                                        "https://example.org/ann",
                                        "O'Neil",
                                        "J. R. R. Tolkien",
                                        "van Gogh",
                                        "Procter and Gamble Company"}) {
        EXPECT_EQ(shown(people(name)), name);
    }
}

TEST(People, AreNobodyWhereNothingIsSaid) {
    for (const std::string_view byline :
         {"", " ", ",", "- ", "noreply@blogger.com (Unknown)", "()", ";;", "..."}) {
        EXPECT_EQ(shown(people(byline)), "") << byline;
    }
}

TEST(People, SurvivesWhateverLength) {
    std::string many;
    for (int i = 0; i < 100'000; ++i)
        many += "Ann Lee, ";
    EXPECT_FALSE(people(many).empty());
    EXPECT_EQ(people(std::string(1'000'000, '(')).size(), 0U);
    EXPECT_EQ(people(std::string(1'000'000, 'a')).size(), 1U);
}

TEST(People, AreListedOnceWithAllThatIsKnownOfThem) {
    const std::vector<Person> published{
        {.name = "By Ann Lee and Bob Ray", .email = "desk@example.org", .url = ""},
        {.name = "ann lee", .email = "ann@example.org", .url = "https://ann.example/"},
        {.name = "", .email = "cy@example.org", .url = ""},
        {.name = "", .email = "", .url = ""},
    };
    EXPECT_THAT(
        people(published),
        ElementsAre(
            Person{.name = "Ann Lee", .email = "ann@example.org", .url = "https://ann.example/"},
            Person{.name = "Bob Ray", .email = "", .url = ""},
            Person{.name = "", .email = "cy@example.org", .url = ""}));
}

}  // namespace
}  // namespace feedd
