#include "dedup/story.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "dedup/fingerprint.h"
#include "dedup/frequencies.h"
#include "dedup/resemblance.h"
#include "dedup/words.h"
#include "support/forecast.h"

namespace feedd {
namespace {

using test::forecast;

constexpr const char* kLatin =
    "The harbour of Ostrava was closed on Tuesday after a freighter with 340 containers ran "
    "aground "
    "at the northern pier. Divers of the coast guard found a crack of four metres below the water "
    "line, said Captain Marta Novak. Nobody on board was hurt. The owner, Baltic Lines, expects "
    "the "
    "ship to be towed away by Friday, provided that the wind calms down. Fishermen complain that "
    "they lose about 12,000 euros a day while the basin stays shut, and ask the ministry for help.";
constexpr const char* kCyrillic =
    "Порт Остравы закрыт со вторника: сухогруз с 340 контейнерами сел на мель у северного причала. "
    "Водолазы береговой охраны нашли ниже ватерлинии трещину длиной четыре метра, сообщила капитан "
    "Марта Новак. На борту никто не пострадал. Владелец, компания «Балтик Лайнс», рассчитывает "
    "отбуксировать судно к пятнице, если утихнет ветер.";
constexpr const char* kArabic =
    "أغلق ميناء أوسترافا منذ الثلاثاء بعد أن جنحت سفينة شحن تحمل 340 حاوية عند الرصيف الشمالي. عثر "
    "غواصو خفر السواحل على شق طوله أربعة أمتار تحت خط الماء كما قالت القبطان مارتا نوفاك. ولم يصب "
    "أحد على متنها بأذى. ويتوقع المالك سحب السفينة يوم الجمعة إذا هدأت الرياح قليلا.";
constexpr const char* kDevanagari =
    "मंगलवार से ओस्ट्रावा का बंदरगाह बंद है क्योंकि 340 कंटेनर वाला मालवाहक जहाज उत्तरी घाट पर फंस गया। तटरक्षक "
    "गोताखोरों को जलरेखा के नीचे चार मीटर लंबी दरार मिली कप्तान मार्ता नोवाक ने बताया। जहाज पर किसी को चोट "
    "नहीं "
    "आई। मालिक को उम्मीद है कि हवा थमने पर शुक्रवार तक जहाज हटा लिया जाएगा।";
constexpr const char* kHan =
    "周二以来俄斯特拉发港口一直关闭，一艘载有340个集装箱的货轮在北码头搁浅。海岸警卫队的潜水员在水"
    "线以下发现一条四"
    "米长的裂缝，船长玛尔塔诺瓦克说。船上无人受伤。船东波罗的海航运公司预计如果风势减弱，周五之前可"
    "以把船拖走。";
constexpr const char* kThai =
    "ท่าเรือออสตราวาปิดตั้งแต่วันอังคารหลังเรือบรรทุกสินค้าพร้อมตู้สินค้า 340 ตู้เกยตื้นที่ท่าเทียบเรือด้านเหนือ "
    "นักดำน้ำของหน่วยยามฝั่งพบรอยแตกยาวสี่เมตรใต้แนวน้ำ กัปตันมาร์ตาโนวักกล่าวว่าไม่มีผู้ได้รับบาดเจ็บบนเรือ "
    "เจ้าของเรือคาดว่าจะลากเรือออกไปได้ภายในวันศุกร์ถ้าลมสงบลง";

struct Pair {
    std::string name;
    std::string a;
    std::string b;
};

void PrintTo(const Pair& pair, std::ostream* out) {
    *out << pair.name;
}

bool same(const Pair& pair, bool same_feed = false) {
    Family family;
    family.add(pair.a);
    family.add(pair.b);
    return tells_same_story(resemblance(family, 0, 1, Frequencies{}), same_feed);
}

// `text` from its middle on, and its beginning behind that: an order that nobody wrote.
std::string turned(const std::string& text) {
    const auto stop = text.find_first_of(".", text.size() / 2);
    return text.substr(stop + 1) + " " + text.substr(0, stop + 1);
}

class SameStory : public testing::TestWithParam<Pair> {};
TEST_P(SameStory, IsRecognised) {
    EXPECT_TRUE(same(GetParam()));
    EXPECT_TRUE(same({{}, GetParam().b, GetParam().a}));
}
INSTANTIATE_TEST_SUITE_P(
    Texts, SameStory,
    testing::Values(
        Pair{"Latin", kLatin, kLatin}, Pair{"Cyrillic", kCyrillic, kCyrillic},
        Pair{"Arabic", kArabic, kArabic}, Pair{"Devanagari", kDevanagari, kDevanagari},
        Pair{"Han", kHan, kHan}, Pair{"Thai", kThai, kThai},
        Pair{"otherCase", kLatin,
             "THE HARBOUR OF OSTRAVA WAS CLOSED ON TUESDAY AFTER A FREIGHTER WITH 340 CONTAINERS "
             "RAN AGROUND AT THE NORTHERN PIER."},
        Pair{"summary", kLatin,
             "The harbour of Ostrava was closed on Tuesday after a freighter with 340 containers "
             "ran aground at the northern pier. Nobody on board was hurt."},
        Pair{"truncated", kLatin, std::string(kLatin).substr(0, 150) + "…"},
        Pair{"otherOrder", kLatin, turned(kLatin)},
        Pair{"readAlso", kLatin,
             std::string(kLatin) + " Read also: Ferry prices rise again. Why gulls love chips."},
        Pair{"everySixthWord", kLatin,
             "The port of Ostrava was shut on Tuesday when a freighter with 340 containers got "
             "stuck "
             "at the northern pier. Divers of the navy found a crack of four metres below the "
             "water line, explained Captain Marta Novak. Nobody on board was injured. The owner, "
             "Baltic Lines, expects the vessel to be towed away by Friday, provided that the wind "
             "drops. Fishermen say that they lose about 12,000 euros a day while the harbour stays "
             "shut, and beg the ministry for help."},
        Pair{"numberChanged", kLatin,
             "The harbour of Ostrava was closed on Tuesday after a freighter with 410 containers "
             "ran "
             "aground at the northern pier. Divers of the coast guard found a crack of four metres "
             "below the water line, said Captain Marta Novak. Nobody on board was hurt. The owner, "
             "Baltic Lines, expects the ship to be towed away by Friday."},
        Pair{"pointedArabic", kArabic,
             "أُغلِقَ ميناء أوسترافا منذ الثلاثاء بعد أن جنحت سفينة شحن تحمل ٣٤٠ حاوية عند الرصيف "
             "الشمالي. عثر غواصو خفر السواحل على شق طوله أربعة أمتار تحت خط الماء."},
        Pair{"HanSummary", kHan,
             "周二以来俄斯特拉发港口一直关闭，一艘载有340个集装箱的货轮在北码头搁浅。船上无人受伤"
             "。"},
        Pair{"ThaiSummary", kThai,
             "ท่าเรือออสตราวาปิดตั้งแต่วันอังคารหลังเรือบรรทุกสินค้าพร้อมตู้สินค้า 340 "
             "ตู้เกยตื้นที่ท่าเทียบเรือด้านเหนือ"}),
    [](const auto& row) { return row.param.name; });

class AnotherStory : public testing::TestWithParam<Pair> {};
TEST_P(AnotherStory, IsToldApart) {
    EXPECT_FALSE(same(GetParam()));
    EXPECT_FALSE(same({{}, GetParam().b, GetParam().a}));
}
INSTANTIATE_TEST_SUITE_P(
    Texts, AnotherStory,
    testing::Values(
        Pair{"nothing", "", ""}, Pair{"tooShort", "Open thread for today", "Open thread for today"},
        Pair{
            "sameSubject", kLatin,
            "Baltic Lines has had a bad year. Its freighter off Ostrava is the third ship that it "
            "lost the use of since March, and Captain Marta Novak of the coast guard had warned of "
            "old hulls. Analysts doubt that the insurance will pay for the tugs, and the shares "
            "fell by nine per cent on Wednesday morning."},
        Pair{"weather",
             "Weather for Oslo: cloudy with highs of 14 degrees and lows of 6 degrees. Wind from "
             "the "
             "southwest at 5 metres a second, gusts of up to 11. Sunrise at 5:42, sunset at 21:03.",
             "Weather for Bergen: cloudy with highs of 9 degrees and lows of 3 degrees. Wind from "
             "the "
             "southwest at 12 metres a second, gusts of up to 24. Sunrise at 6:01, sunset at "
             "21:17."},
        Pair{
            "shares",
            "Shares of Acme closed at 41.20 dollars on Monday, up 1.3 per cent on the day. Some "
            "3.1 "
            "million shares changed hands. Acme has a market value of 12 billion dollars, and has "
            "gained 8 per cent since January.",
            "Shares of Globex closed at 7.85 dollars on Monday, up 0.4 per cent on the day. Some "
            "9.7 "
            "million shares changed hands. Globex has a market value of 2 billion dollars, and has "
            "gained 31 per cent since January."},
        Pair{
            "match",
            "Riga beat Tartu 3:1 on Saturday before 8,412 spectators. Berzins opened the score in "
            "minute 12, Ozols doubled it in minute 35. Riga are now 2nd with 41 points, Tartu stay "
            "9th with 22 points.",
            "Vilnius beat Kaunas 2:0 on Saturday before 5,120 spectators. Petrauskas opened the "
            "score in minute 44, Kazlauskas doubled it in minute 71. Vilnius are now 5th with 33 "
            "points, Kaunas stay 11th with 17 points."},
        Pair{"HanWeather",
             "奥斯陆天气预报：今天多云，最高气温14度，最低气温6度，西南风5级，湿度71%，日出5:42。",
             "卑尔根天气预报：今天多云，最高气温9度，最低气温3度，西南风3级，湿度88%，日出6:01。"},
        Pair{"plea",
             "The town council of Brno has voted for a new tram line to the airport, by a majority "
             "of "
             "one. Digging begins in spring. Dear readers, this paper lives on its subscribers: if "
             "you like what we do, please consider a subscription for five euros a month, and tell "
             "your friends about us, too.",
             "A barn burned down in the village of Lhota last night, and eleven cows had to be led "
             "through the smoke by neighbours. Dear readers, this paper lives on its subscribers: "
             "if "
             "you like what we do, please consider a subscription for five euros a month, and tell "
             "your friends about us, too."},
        Pair{"twoScripts", kLatin, kCyrillic}),
    [](const auto& row) { return row.param.name; });

TEST(TellsSameStory, AsksForMoreWithinOneFeed) {
    const Resemblance rewritten{.overlap = {.shared = 0.5, .spread = 0.8, .early = 1, .words = 60},
                                .aligned = {.lead = 0, .foreign = 0, .kept = 0.7},
                                .terms = 0.8,
                                .template_odds = -5};
    EXPECT_TRUE(tells_same_story(rewritten, false));
    EXPECT_FALSE(tells_same_story(rewritten, true));
    EXPECT_TRUE(same({{}, kLatin, kLatin}, true));
}

TEST(TellsSameStory, LetsASentenceBeAnotherOneWhereTheRestKeepsItsOrder) {
    Resemblance swapped{.overlap = {.shared = 0.75, .spread = 0.75, .early = 1, .words = 60},
                        .aligned = {.lead = 0, .foreign = 0.22, .ordered = 1, .kept = 0.75},
                        .terms = 0.9,
                        .template_odds = -5};
    EXPECT_TRUE(tells_same_story(swapped, false));
    swapped.aligned.ordered = 0.6;
    EXPECT_FALSE(tells_same_story(swapped, false));
}

TEST(TellsSameStory, AsksForTheSameBeginningWithinOneFeed) {
    Resemblance below{.overlap = {.shared = 0.9, .spread = 0.9, .early = 0.9, .words = 60},
                      .aligned = {.lead = 0.15, .foreign = 0, .kept = 1},
                      .terms = 1,
                      .template_odds = -5};
    EXPECT_TRUE(tells_same_story(below, false));
    EXPECT_FALSE(tells_same_story(below, true));
    below.aligned.lead = 0;
    EXPECT_TRUE(tells_same_story(below, true));
}

TEST(TellsSameStory, TakesNoFormForOneOfWhichHardlyAWordDiffers) {
    Resemblance updated{.overlap = {.shared = 0.97, .spread = 1, .early = 1, .words = 90},
                        .aligned = {.lead = 0, .foreign = 0, .kept = 0.97},
                        .terms = 0.97,
                        .template_odds = 1.5};
    EXPECT_TRUE(tells_same_story(updated, false));
    updated.terms = 0.9;
    EXPECT_FALSE(tells_same_story(updated, false));
}

StoryText told(ArticleId article, std::optional<StoryId> story, const std::string& text) {
    return {.member = {.article = article, .story = story, .feed = article}, .text = text};
}

StoryDecision decided(const StoryText& text, const std::vector<StoryText>& others) {
    return story_of(text, others, Frequencies{});
}

TEST(StoryOf, JoinsNothingWithoutAMatch) {
    const StoryDecision decision = decided(told(9, {}, kLatin), {told(1, 7, kCyrillic)});
    EXPECT_EQ(decision.partner, 0);
    EXPECT_FALSE(decision.story);
}

TEST(StoryOf, MakesAStoryOfTwoArticles) {
    const StoryDecision decision = decided(told(9, {}, kLatin), {told(1, {}, turned(kLatin))});
    EXPECT_EQ(decision.partner, 1);
    EXPECT_FALSE(decision.story);
    EXPECT_EQ(decision.joined, std::vector<ArticleId>{1});
    EXPECT_GT(decision.score, 0.9);
}

TEST(StoryOf, MergesTheStoriesThatAnArticleLinksIntoTheOldest) {
    const std::string whole = kLatin;
    const StoryDecision decision = decided(
        told(9, 8, whole),
        {told(1, 7, whole.substr(0, 300)), told(2, 4, whole), told(3, {}, whole.substr(0, 200))});
    EXPECT_EQ(decision.partner, 2);
    EXPECT_EQ(decision.story, 4);
    EXPECT_EQ(decision.absorbed, (std::vector<StoryId>{7, 8}));
    EXPECT_EQ(decision.joined, std::vector<ArticleId>{3});
}

// Two reports that quote the same dispatch in full are two stories, and the dispatch is part of
// one.
TEST(StoryOf, DoesNotLeadFromOneStoryToAnotherByWayOfAThirdText) {
    const std::string quoted =
        "The harbour of Ostrava was closed on Tuesday after a freighter with 340 containers ran "
        "aground at the northern pier. Nobody on board was hurt.";
    const std::string economy =
        " Analysts had long warned of the state of the fleet. Shares of the line fell by nine per "
        "cent on Wednesday, and the bank that holds most of its debt would not say whether it "
        "means to renew a loan of 80 million euros in the autumn. It is the third ship in a year "
        "that cannot be used. The chairman declined to comment when asked on the telephone.";
    const std::string nature =
        " Meanwhile seals have come back to the bay for the first time in forty years. Biologists "
        "from Gdansk counted eleven of them on the sandbank by the lighthouse, two of them pups, "
        "and beg walkers to keep their dogs away. In summer a hide will be built for visitors, and "
        "the school of the village looks after a camera that sends pictures day and night.";
    const StoryDecision decision =
        decided(told(9, {}, quoted + nature), {told(1, 4, quoted), told(2, 4, quoted + economy)});
    EXPECT_EQ(decision.partner, 0);
}

TEST(StoryOf, PartsWhatAThirdArticleShowsToFollowATemplate) {
    const StoryDecision decision = decided(
        told(9, {}, forecast("Oslo", 14, 6, 12)),
        {told(1, 4, forecast("Bergen", 9, 3, 21)), told(2, 4, forecast("Tromso", 5, 1, 8))});
    EXPECT_EQ(decision.partner, 0);
    EXPECT_EQ(decision.parted, (std::vector<ArticleId>{1, 2}));
}

TEST(StoryOf, DoesNotPartWhatIsTheSameWordForWord) {
    const std::string bergen = forecast("Bergen", 9, 3, 21);
    const StoryDecision decision =
        decided(told(9, {}, forecast("Oslo", 14, 6, 12)),
                {told(1, 4, bergen), told(2, 4, forecast("Tromso", 5, 1, 8)), told(3, 4, bergen)});
    EXPECT_EQ(decision.partner, 0);
    EXPECT_EQ(decision.parted, std::vector<ArticleId>{2});
}

TEST(StoryOf, KeepsTheCopyOfOneFormApartFromTheOthers) {
    const std::string oslo = forecast("Oslo", 14, 6, 12);
    const StoryDecision decision =
        decided(told(9, {}, oslo), {told(1, {}, forecast("Bergen", 9, 3, 21)), told(2, {}, oslo),
                                    told(3, {}, forecast("Tromso", 5, 1, 8))});
    EXPECT_EQ(decision.partner, 2);
    EXPECT_EQ(decision.joined, std::vector<ArticleId>{2});
    EXPECT_TRUE(decision.parted.empty());
}

TEST(Words, KnowWhatIsOneNumberAndWhatIsAName) {
    const auto words = words_of("On Monday Ann paid 1,234.50 for it. She left");
    ASSERT_EQ(words.size(), 9U);
    EXPECT_FALSE(words[0].name);
    EXPECT_TRUE(words[1].name);
    EXPECT_TRUE(words[4].number);
    EXPECT_FALSE(words[6].name);
    EXPECT_EQ(words_of("١٢").front().hash, words_of("12").front().hash);
    EXPECT_EQ(words_of("ÉCOLE").front().hash, words_of("école").front().hash);
}

TEST(Fingerprint, IsEmptyForTextsThatAreTooShort) {
    EXPECT_TRUE(fingerprint_of("").empty());
    EXPECT_TRUE(fingerprint_of("Open thread for today, be nice").empty());
    EXPECT_FALSE(fingerprint_of(kHan).empty());
    EXPECT_FALSE(fingerprint_of(kThai).empty());
}

TEST(SharedPassages, AreThoseOfTheFirstText) {
    EXPECT_EQ(shared_passages("We heard: the cat sat on the mat, and left.",
                              "Yesterday the cat sat on the mat. And so on."),
              std::vector<std::string>{"the cat sat on the mat, and"});
}

}  // namespace
}  // namespace feedd
