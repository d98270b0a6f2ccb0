#include "parse/date_names.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace feedd {

namespace {

// Names of CLDR (wide, abbreviated; nominative and genitive), and those without accents that
// feeds write. Not here because they are two months: listopad(a), lis (Polish November, Croatian
// October), lip (July, June), srp (August, July).
constexpr std::array<std::string_view, 12> kMonths{
    "january jan januar jänner jän jaenner januari janvier janv enero ene janeiro xaneiro gennaio "
    "gen gener ianuarie ian leden ledna led styczeń stycznia stycz sty január januára januárja "
    "janúar tammikuu tammikuuta tammi ocak oca jaanuar jaan janvāris janvārī sausis sausio "
    "siječanj siječnja sij januarja январь января янв січень січня січ студзень студзеня януари "
    "яну јануар јануара јан ιανουάριοσ ιανουαρίου ιαν γεν",
    "february feb februar feber februari februarie febrero febreiro fevereiro fev février fevrier "
    "févr fevr fév febbraio febb febrer únor února úno luty lutego lut február februára februárja "
    "febr febrúar helmikuu helmikuuta helmi şubat şub subat veebruar veebr februāris februārī "
    "vasaris vasario veljača veljače velj pebruari февраль февраля фев февр лютий лютого лют люты "
    "лютага февруари фебруар фебруара феб φεβρουάριοσ φεβρουαρίου φεβ",
    "march mar mars märz maerz marz mär mrz maart mrt marzo março marco marts martie mart març "
    "março březen března bře marzec marca marec március márciusa márc marcius mars maaliskuu "
    "maaliskuuta maalis märts martā kovas kovo ožujak ožujka ožu maret mac март марта мар "
    "березень березня бер сакавік сакавіка мар μάρτιοσ μαρτίου μάρ μαρ",
    "april apr avril avr abril abr aprile aprilie duben dubna dub kwiecień kwietnia kwie kwi "
    "apríl apríla április áprilisa ápr aprilis huhtikuu huhtikuuta huhti nisan nis aprill aprīlis "
    "aprīlī balandis balandžio travanj travnja aprila апрель апреля апр квітень квітня кві "
    "красавік красавіка април априла απρίλιοσ απριλίου απρ",
    "may mai maj mei mayo maio maggio mag maig květen května kvě maja máj mája május májusa majus "
    "maí toukokuu toukokuuta touko mayıs mayis maijs maijā gegužė gegužės svibanj svibnja svi май "
    "мая травень травня тра мај маја μάιοσ μαΐου μάι μαΐ μαϊ μαι",
    "june jun juni juin junio junho xuño giugno giu juny iunie iun červen června čvn czerwiec "
    "czerwca czerw cze jún júna június júniusa junius júní kesäkuu kesäkuuta kesä haziran haz "
    "juuni jūnijs jūnijā birželis birželio lipanj lipnja junij junija июнь июня июн червень "
    "червня чер чэрвень чэрвеня юни јун јуна ιούνιοσ ιουνίου ιούν ιουν",
    "july jul juli juillet juil julio julho xullo luglio lug juliol iulie iul červenec července "
    "čvc lipiec lipca júl júla július júliusa julius júlí heinäkuu heinäkuuta heinä temmuz tem "
    "juuli jūlijs jūlijā liepa liepos srpanj srpnja julij julija julai июль июля июл липень липня "
    "лип ліпень ліпеня юли јул јула ιούλιοσ ιουλίου ιούλ ιουλ",
    "august aug augusti août aout agosto ago agost augustus srpen srpna sierpień sierpnia sierp "
    "sie augusta augusztus augusztusa ágúst elokuu elokuuta elo ağustos agustos ağu augusts "
    "augustā rugpjūtis rugpjūčio kolovoz kolovoza kol avgust avgusta agustus ogos август августа "
    "авг серпень серпня сер жнівень жніўня ауг αύγουστοσ αυγούστου αύγ αυγ",
    "september sept sep septembre septiembre setiembre setembro set settembre sett setembre "
    "septembrie září zář wrzesień września wrzes wrz septembra szeptember szeptembere szept "
    "syyskuu syyskuuta syys eylül eylul eyl septembris septembrī rugsėjis rugsėjo rujan rujna ruj "
    "сентябрь сентября сен сент вересень вересня вер верасень верасня септември септембар "
    "септембра сеп септ σεπτέμβριοσ σεπτεμβρίου σεπτ σεπ",
    "october oct oktober okt octobre octubre oct outubro out ottobre ott octombrie říjen října "
    "říj październik października paźdz paź október októbra októbere lokakuu lokakuuta loka ekim "
    "eki oktoober oktobris oktobrī spalis spalio oktobra октябрь октября окт жовтень жовтня жов "
    "кастрычнік кастрычніка октомври октобар октобра οκτώβριοσ οκτωβρίου οκτ",
    "november nov novembre noviembre novembro noiembrie noi listopadu novembra novembere nóvember "
    "marraskuu marraskuuta marras kasım kasim kas novembris novembrī lapkritis lapkričio studeni "
    "studenoga studenog stu nopember ноябрь ноября ноя нояб листопад листопада лист лістапад "
    "лістапада ноември новембар новембра нов νοέμβριοσ νοεμβρίου νοέ νοε",
    "december dec dezember dez desember des décembre decembre déc diciembre dic dezembro decembro "
    "dicembre desembre decembrie prosinec prosince pro grudzień grudnia grudz gru decembra "
    "decembere joulukuu joulukuuta joulu aralık aralik ara detsember dets decembris decembrī "
    "gruodis gruodžio prosinac prosinca disember декабрь декабря дек грудень грудня груд снежань "
    "снежня декември децембар децембра дец δεκέμβριοσ δεκεμβρίου δεκ",
};

constexpr std::string_view kWeekdays =
    "monday mon tuesday tue tues tu wednesday wed weds we thursday thu thur thurs th friday fri fr "
    "saturday sat sa sunday sun su montag mo dienstag di mittwoch mi donnerstag do freitag samstag "
    "sonnabend sonntag so lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam "
    "dimanche dim lunes martes miércoles miercoles mié mie jueves jue viernes vie sábado sabado "
    "sáb sab domingo dom segunda segunda-feira seg terça ter quarta qua quinta qui sexta sex "
    "lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi gio venerdì venerdi sabato "
    "domenica maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo måndag "
    "mån tisdag tis onsdag ons torsdag tors tor fredag fre lördag lör söndag sön mandag man "
    "tirsdag tir lørdag lør søndag søn maanantai tiistai keskiviikko torstai perjantai lauantai "
    "sunnuntai poniedziałek pon wtorek wto wt środa śro śr czwartek czw piątek pią pt sobota sob "
    "niedziela nie ndz pondělí úterý středa čtvrtek pátek neděle pondelok utorok streda štvrtok "
    "piatok nedeľa hétfő hét kedd szerda szer csütörtök csüt péntek pén szombat szo vasárnap vas "
    "luni marți miercuri joi vineri vin sâmbătă duminică dum pazartesi pzt salı sal çarşamba çar "
    "perşembe per cuma cum cumartesi cmt pazar paz понедельник пн вторник вт среда ср четверг чт "
    "пятница пт суббота сб воскресенье вс понеділок вівторок середа четвер п'ятниця субота неділя "
    "нд δευτέρα δευ δε τρίτη τρι τρ τετάρτη τετ τε πέμπτη πεμ πέμ πε παρασκευή παρ πα σάββατο σάβ "
    "σαβ σα κυριακή κυρ κυ senin selasa rabu kamis jumat sabtu minggu dilluns dimarts dimecres "
    "dijous divendres dissabte diumenge "
    "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 "
    "週一 週二 週三 週四 週五 週六 週日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 "
    "월요일 화요일 수요일 목요일 금요일 토요일 일요일";

constexpr std::string_view kFillers =
    "de del di of the d le den am el il on at um à às as a las los alle ore kl klo klokken o "
    "г года р в";

constexpr std::string_view kOrdinalSuffixes = "st nd rd th er re ère º ª °";

constexpr std::string_view kMorning = "am a.m πμ 오전 上午 午前";
constexpr std::string_view kAfternoon = "pm p.m μμ 오후 下午 午後";

struct Zone {
    std::string_view name;
    int minutes;
};
constexpr int kHour = 60;

// By name. CST, BST, IST, AST and MST have other meanings elsewhere; RFC 822 settles CST and MST.
constexpr std::array kZones{
    Zone{"acdt", 10 * kHour + 30},
    Zone{"acst", 9 * kHour + 30},
    Zone{"adt", -3 * kHour},
    Zone{"aedt", 11 * kHour},
    Zone{"aest", 10 * kHour},
    Zone{"akdt", -8 * kHour},
    Zone{"akst", -9 * kHour},
    Zone{"art", -3 * kHour},
    Zone{"ast", -4 * kHour},
    Zone{"at", -4 * kHour},
    Zone{"awst", 8 * kHour},
    Zone{"brst", -2 * kHour},
    Zone{"brt", -3 * kHour},
    Zone{"bst", 1 * kHour},
    Zone{"cat", 2 * kHour},
    Zone{"cdt", -5 * kHour},
    Zone{"cest", 2 * kHour},
    Zone{"cet", 1 * kHour},
    Zone{"chadt", 13 * kHour + 45},
    Zone{"chast", 12 * kHour + 45},
    Zone{"clst", -3 * kHour},
    Zone{"clt", -4 * kHour},
    Zone{"cot", -5 * kHour},
    Zone{"cst", -6 * kHour},
    Zone{"ct", -6 * kHour},
    Zone{"eat", 3 * kHour},
    Zone{"edt", -4 * kHour},
    Zone{"eest", 3 * kHour},
    Zone{"eet", 2 * kHour},
    Zone{"est", -5 * kHour},
    Zone{"et", -5 * kHour},
    Zone{"gmt", 0},
    Zone{"hkt", 8 * kHour},
    Zone{"hst", -10 * kHour},
    Zone{"ict", 7 * kHour},
    Zone{"idt", 3 * kHour},
    Zone{"irdt", 4 * kHour + 30},
    Zone{"irst", 3 * kHour + 30},
    Zone{"ist", 5 * kHour + 30},
    Zone{"jst", 9 * kHour},
    Zone{"kst", 9 * kHour},
    Zone{"mdt", -6 * kHour},
    Zone{"mesz", 2 * kHour},
    Zone{"mest", 2 * kHour},
    Zone{"met", 1 * kHour},
    Zone{"mez", 1 * kHour},
    Zone{"msd", 4 * kHour},
    Zone{"msk", 3 * kHour},
    Zone{"mst", -7 * kHour},
    Zone{"mt", -7 * kHour},
    Zone{"myt", 8 * kHour},
    Zone{"ndt", -2 * kHour - 30},
    Zone{"npt", 5 * kHour + 45},
    Zone{"nst", -3 * kHour - 30},
    Zone{"nzdt", 13 * kHour},
    Zone{"nzst", 12 * kHour},
    Zone{"pdt", -7 * kHour},
    Zone{"pet", -5 * kHour},
    Zone{"pht", 8 * kHour},
    Zone{"pkt", 5 * kHour},
    Zone{"pst", -8 * kHour},
    Zone{"pt", -8 * kHour},
    Zone{"sast", 2 * kHour},
    Zone{"sgt", 8 * kHour},
    Zone{"trt", 3 * kHour},
    Zone{"ut", 0},
    Zone{"utc", 0},
    Zone{"uyt", -3 * kHour},
    Zone{"wast", 2 * kHour},
    Zone{"wat", 1 * kHour},
    Zone{"west", 1 * kHour},
    Zone{"wet", 0},
    Zone{"wib", 7 * kHour},
    Zone{"wit", 9 * kHour},
    Zone{"wita", 8 * kHour},
    Zone{"z", 0},
};

struct Named {
    std::string_view word;
    int value = 0;
};

// The next word of a list, cut off its front.
constexpr std::string_view next_word(std::string_view& list) {
    while (list.starts_with(' '))
        list.remove_prefix(1);
    const auto word = list.substr(0, list.find(' '));
    list.remove_prefix(word.size());
    return word;
}

constexpr std::size_t count_words(std::string_view list) {
    std::size_t count = 0;
    while (!next_word(list).empty())
        ++count;
    return count;
}

constexpr std::size_t count_months() {
    std::size_t count = 0;
    for (const auto names : kMonths)
        count += count_words(names);
    return count;
}

constexpr auto sorted_months() {
    std::array<Named, count_months()> table{};
    std::size_t at = 0;
    for (std::size_t month = 0; month < kMonths.size(); ++month) {
        std::string_view names = kMonths[month];
        for (auto word = next_word(names); !word.empty(); word = next_word(names))
            table[at++] = Named{word, static_cast<int>(month) + 1};
    }
    std::sort(table.begin(), table.end(),
              [](const Named& a, const Named& b) { return a.word < b.word; });
    return table;
}

constexpr auto sorted_weekdays() {
    std::array<std::string_view, count_words(kWeekdays)> table{};
    std::string_view names = kWeekdays;
    for (auto& entry : table)
        entry = next_word(names);
    std::sort(table.begin(), table.end());
    return table;
}

constexpr auto kMonthTable = sorted_months();
constexpr auto kWeekdayTable = sorted_weekdays();

constexpr bool is_one_month_each() {
    for (std::size_t i = 1; i < kMonthTable.size(); ++i) {
        if (kMonthTable[i - 1].word == kMonthTable[i].word &&
            kMonthTable[i - 1].value != kMonthTable[i].value) {
            return false;
        }
    }
    return true;
}
static_assert(is_one_month_each());

bool in_list(std::string_view list, std::string_view word) noexcept {
    for (auto entry = next_word(list); !entry.empty(); entry = next_word(list)) {
        if (entry == word) return true;
    }
    return false;
}

}  // namespace

std::optional<int> month_named(std::string_view word) noexcept {
    const auto* const found =
        std::lower_bound(kMonthTable.begin(), kMonthTable.end(), word,
                         [](const Named& entry, std::string_view w) { return entry.word < w; });
    if (found == kMonthTable.end() || found->word != word) return std::nullopt;
    return found->value;
}

bool is_weekday(std::string_view word) noexcept {
    return std::binary_search(kWeekdayTable.begin(), kWeekdayTable.end(), word);
}

bool is_filler(std::string_view word) noexcept {
    return in_list(kFillers, word);
}

bool is_ordinal_suffix(std::string_view word) noexcept {
    return in_list(kOrdinalSuffixes, word);
}

Meridiem meridiem_named(std::string_view word) noexcept {
    if (in_list(kMorning, word)) return Meridiem::am;
    if (in_list(kAfternoon, word)) return Meridiem::pm;
    return Meridiem::none;
}

std::optional<int> zone_named(std::string_view word) noexcept {
    for (const Zone& zone : kZones) {
        if (zone.name == word) return zone.minutes;
    }
    return std::nullopt;
}

std::size_t cjk_token(std::string_view text) noexcept {
    constexpr std::size_t kCharacter = 3;  // U+3040 to U+D7AF are three bytes long
    if (text.size() < kCharacter) return 0;
    const auto first = static_cast<unsigned char>(text[0]);
    const auto second = static_cast<unsigned char>(text[1]);
    const bool kana_or_later = (first == 0xE3 && second >= 0x81) || (first > 0xE3 && first <= 0xED);
    if (!kana_or_later) return 0;
    for (const std::size_t length : {3 * kCharacter, 2 * kCharacter}) {
        const auto word = text.substr(0, length);
        if (word.size() == length && (is_weekday(word) || meridiem_named(word) != Meridiem::none)) {
            return length;
        }
    }
    return kCharacter;
}

}  // namespace feedd
