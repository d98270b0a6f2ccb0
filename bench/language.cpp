#include "language.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <unordered_set>

#include "base/text.h"

namespace feedd::bench {

namespace {

constexpr std::size_t kWords = 12'000;
constexpr std::size_t kNames = 2'500;

struct Outline {
    std::string script;
    bool spaced;
    bool capitals;
    std::string full_stop;
    std::string comma;
    char32_t zero;
    std::string functions;
    std::string syllables;
};

const std::vector<Outline>& outlines() {
    static const std::vector<Outline> all{
        {"Latin", true, true, ".", ",", U'0',
         "the of to and a in that is for on with as was by at from it has be are have an will not "
         "his but which or its after their been were who more about they said this when would up",
         "ba con der fi gra hol in ju kel lo men nor par qui ras sto tem ul ver wis ex yor zan pro "
         "ment tion al ish ber cal dro eth fra gil"},
        {"Cyrillic", true, true, ".", ",", U'0',
         "и в не на что с по как из у к для о за от это до его но так же бы или их при чтобы "
         "после был также уже может будет она он того было только еще между который где",
         "ба вел гор дин жа зем ки лов мар ност пер ру став тел ук фа хол цен чи шко ще ян про "
         "ени ка ость ра ми до ви сле"},
        {"Arabic", true, false, ".", "،", U'\u0660',
         "في من على إلى أن التي الذي عن مع هذا هذه كان بعد قال كما أو ما لا بين قد حيث ذلك خلال "
         "عند كل لم ثم أي غير وقد منذ حتى حول أكثر عبر",
         "با تر جم حس خل دو رم زي سل شر صف طب عم غا فن قد كو لي مس نو هل وا يس ال مك ار ين ات"},
        {"Devanagari", true, false, "।", ",", U'\u0966',
         "के में की है से को का और ने पर कि यह हैं एक भी लिए इस नहीं कर हो था तो जो ही गया वह रहा "
         "साथ बाद अपने हुए किया कहा जा तक उन्होंने होने",
         "का खि गु चे जो टा डी तर दि धन नी पा फू बे मा यो रा ली वि शा सु हा क्ष ति ना में रो सं प्र"},
        {"Han", false, false, "。", "，", U'0',
         "的 了 在 是 和 有 对 为 与 中 将 等 从 并 也 被 于 其 已 以 这 该 后 上 还 就 都 而 及 "
         "到",
         ""},
        {"Thai", false, false, " ", " ", U'0',
         "ที่ และ ใน ของ ว่า ได้ มี เป็น จะ ให้ การ ไม่ กับ จาก โดย ความ นี้ ไป แล้ว ซึ่ง มา เพื่อ อยู่ ถึง "
         "หรือ แต่ ต้อง ยัง ก็ คือ",
         "กา เขา ครู งาน จันทร์ ชาว ดิน ตลาด ทาง นคร บ้าน ประ พล ฟ้า ภูมิ เมือง ยุทธ รัฐ ลม วัน ศาล "
         "สภา หลัก อำ น้ำ ใจ โลก ไทย แผน เสีย กรุง ข้าว คลอง ช่วย ซื้อ ดาว ต้น ถนน ทุน ธน นาม บท ปลา ผล "
         "พรรค ฝน มูล ยอด ร้าน เลือก วิชา สมัย หมู อากาศ กฎ คดี จุด เช้า เด็ก ตรวจ ทหาร ปิด เปิด พูด ย้าย ส่ง "
         "หยุด"},
    };
    return all;
}

std::vector<std::string> split_words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

std::vector<std::string> syllables_of(const Outline& outline, Random& random) {
    if (!outline.syllables.empty()) return split_words(outline.syllables);
    constexpr std::size_t kCharacters = 2'000;
    std::vector<std::string> characters;
    for (std::size_t i = 0; i < kCharacters; ++i) {
        std::string one;
        append_utf8(one, static_cast<char32_t>(0x4E00 + below(random, 0x5000)));
        characters.push_back(one);
    }
    return characters;
}

std::vector<std::string> made(Random& random, const std::vector<std::string>& syllables,
                              std::size_t count, std::size_t least, std::size_t most) {
    std::unordered_set<std::string> known;
    std::vector<std::string> words;
    while (words.size() < count) {
        std::string word;
        const std::size_t length = least + below(random, most - least + 1);
        for (std::size_t i = 0; i < length; ++i)
            word += one_of(random, syllables);
        if (known.insert(word).second) words.push_back(word);
    }
    return words;
}

// A capital letter, where the script has them: only those that these syllables begin with.
std::string capital(const std::string& word) {
    const CodePoint first = code_point_at(word, 0);
    std::string out;
    const bool latin = first.value >= U'a' && first.value <= U'z';
    const bool cyrillic = first.value >= U'а' && first.value <= U'я';
    append_utf8(out, latin || cyrillic ? first.value - 32 : first.value);
    return out + word.substr(first.length);
}

}  // namespace

const std::string& Language::word(Random& random) const {
    if (chance(random, 0.35)) return one_of(random, functions);
    const double u = static_cast<double>(random() >> 11U) * 0x1.0p-53;
    const auto rank =
        static_cast<std::size_t>(std::exp(u * std::log(static_cast<double>(words.size() + 1)))) - 1;
    return words[std::min(rank, words.size() - 1)];
}

std::string Language::number(Random& random, std::size_t most) const {
    const std::string ascii = std::to_string(1 + below(random, most));
    if (zero == U'0') return ascii;
    std::string own;
    for (const char digit : ascii)
        append_utf8(own, zero + static_cast<char32_t>(digit - '0'));
    return own;
}

std::vector<Language> languages(std::uint64_t seed) {
    Random random(seed);
    std::vector<Language> all;
    for (const Outline& outline : outlines()) {
        const std::vector<std::string> syllables = syllables_of(outline, random);
        const bool han = outline.syllables.empty();
        Language language{.script = outline.script,
                          .spaced = outline.spaced,
                          .capitals = outline.capitals,
                          .full_stop = outline.full_stop,
                          .comma = outline.comma,
                          .functions = split_words(outline.functions),
                          .words = made(random, syllables, kWords, han ? 1 : 2, han ? 2 : 4),
                          .names = made(random, syllables, kNames, 2, 3),
                          .zero = outline.zero};
        for (std::string& name : language.names)
            name = capital(name);
        all.push_back(std::move(language));
    }
    return all;
}

std::string written(const Language& language, const Sentence& sentence) {
    std::string out;
    for (const std::string& word : sentence) {
        const bool mark = word == language.comma;
        if (!out.empty() && language.spaced && !mark) out += ' ';
        out += out.empty() && language.capitals ? capital(word) : word;
    }
    return out + language.full_stop;
}

std::string written(const Language& language, const Paragraph& paragraph) {
    std::string out;
    for (const Sentence& sentence : paragraph) {
        if (!out.empty() && language.spaced) out += ' ';
        out += written(language, sentence);
    }
    return out;
}

}  // namespace feedd::bench
