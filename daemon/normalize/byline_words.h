// The words of bylines, as data; all folded (fold_case).
#pragma once

#include <array>
#include <string_view>

namespace feedd {

// What a byline begins with. Where it may also begin a name ("Von der Leyen", "Di Maio"), it is one
// only before two words that are written like a name.
struct BylineOpening {
    std::string_view words;
    bool begins_names = false;
};
inline constexpr std::array kBylineOpenings{
    BylineOpening{"posted by", false},   BylineOpening{"written by", false},
    BylineOpening{"reported by", false}, BylineOpening{"words by", false},
    BylineOpening{"text by", false},     BylineOpening{"story by", false},
    BylineOpening{"by", false},          BylineOpening{"author:", false},
    BylineOpening{"authors:", false},    BylineOpening{"autor:", false},
    BylineOpening{"autorin:", false},    BylineOpening{"auteur:", false},
    BylineOpening{"autore:", false},     BylineOpening{"автор:", false},
    BylineOpening{"text:", false},       BylineOpening{"texte:", false},
    BylineOpening{"von", true},          BylineOpening{"par", true},
    BylineOpening{"por", true},          BylineOpening{"door", true},
    BylineOpening{"di", true},           BylineOpening{"av", true},
    BylineOpening{"af", true},
};

// 'and'. Those that are part of names too ("Ortega y Gasset", "Costa e Silva") join two people only
// where both sides are whole names.
struct Joiner {
    std::string_view word;
    bool in_names = false;
};
inline constexpr std::array kJoiners{
    Joiner{"and", false}, Joiner{"&", false},  Joiner{"und", false},  Joiner{"et", false},
    Joiner{"och", false}, Joiner{"og", false}, Joiner{"with", false}, Joiner{"y", true},
    Joiner{"e", true},    Joiner{"en", true},  Joiner{"i", true},     Joiner{"и", true},
    Joiner{"és", true},   Joiner{"ja", true},  Joiner{"ve", true},
};

// Written in lower case inside names.
inline constexpr std::string_view kParticles[] = {
    "de",  "da",  "do",  "dos", "das", "del", "della", "di", "du", "la",  "le",  "van",
    "von", "der", "den", "ter", "ten", "zu",  "zum",   "el", "al", "bin", "ibn", "af"};

// With one of these a name is no person's.
inline constexpr std::string_view kOrganisationWords[] = {
    "agency",    "association", "bureau",    "center",     "centre",    "club",     "college",
    "committee", "company",     "council",   "department", "desk",      "editors",  "foundation",
    "gmbh",      "group",       "inc",       "inc.",       "institute", "llc",      "ltd",
    "ltd.",      "magazine",    "media",     "ministry",   "network",   "news",     "office",
    "press",     "redaktion",   "reporters", "research",   "school",    "services", "society",
    "staff",     "studio",      "studios",   "team",       "university"};

// News agencies: named behind people as those they work for.
inline constexpr std::string_view kAgencies[] = {"reuters",
                                                 "thomson reuters",
                                                 "ap",
                                                 "associated press",
                                                 "the associated press",
                                                 "afp",
                                                 "agence france-presse",
                                                 "dpa",
                                                 "apa",
                                                 "sda",
                                                 "ansa",
                                                 "efe",
                                                 "europa press",
                                                 "lusa",
                                                 "anp",
                                                 "belga",
                                                 "tt",
                                                 "ntb",
                                                 "ritzau",
                                                 "pap",
                                                 "tass",
                                                 "interfax",
                                                 "upi",
                                                 "bloomberg",
                                                 "bloomberg news",
                                                 "pti",
                                                 "kyodo",
                                                 "xinhua"};

// What ends the description of someone's work: "Ann Lee, Senior Editor".
inline constexpr std::string_view kRoles[] = {
    "editor",      "reporter",   "correspondent", "writer",    "columnist",   "producer", "critic",
    "contributor", "journalist", "photographer",  "redakteur", "redakteurin", "analyst"};

// What belongs to the name before the comma: "Bob Ray, Jr."
inline constexpr std::string_view kNameSuffixes[] = {"jr",   "jr.", "sr",   "sr.",   "ii",
                                                     "iii",  "iv",  "phd",  "ph.d.", "md",
                                                     "m.d.", "esq", "esq.", "mba"};

// What sends mail and reads none.
inline constexpr std::string_view kNoReply[] = {"noreply", "no-reply", "donotreply",
                                                "do-not-reply"};

}  // namespace feedd
