// Words beside which numbers, and lines, change without anybody having edited the text; as data.
#pragma once

#include <array>
#include <string_view>

namespace feedd {

// Stand before or after a number that counts what readers do: '12 comments', '浏览 1234'. Folded. A
// word is matched whole; in scripts without spaces it may be part of a longer run.
inline constexpr std::array<std::string_view, 51> kCounted{
    "comment",      "comments",      "views",       "viewed",
    "replies",      "retweets",      "reposts",     "downloads",
    "downloaded",   "kommentar",     "kommentare",  "kommentaren",
    "aufrufe",      "aufrufen",      "gelesen",     "commentaire",
    "commentaires", "vues",          "lectures",    "comentario",
    "comentarios",  "visitas",       "vistas",      "comentário",
    "comentários",  "visualizações", "commenti",    "visualizzazioni",
    "reacties",     "weergaven",     "komentarze",  "komentarzy",
    "wyświetleń",   "комментарий",   "комментария", "комментариев",
    "комментарии",  "просмотр",      "просмотра",   "просмотров",
    "просмотры",    "评论",          "条评论",      "浏览",
    "次阅读",       "評論",          "コメント",    "閲覧",
    "댓글",         "조회",          "조회수"};

// Words of the news as well ('51 votes', '300 points'): they count only where a mark sets the
// number off ('Points: 17', 'Likes (3)') or where a line says little else ('17 points by ann').
inline constexpr std::array<std::string_view, 45> kCountedOnTallies{
    "view",         "read",      "reads",      "like",      "likes",
    "share",        "shares",    "shared",     "vote",      "votes",
    "upvotes",      "point",     "points",     "reply",     "response",
    "responses",    "reaction",  "reactions",  "retweet",   "repost",
    "hits",         "visits",    "visitors",   "followers", "subscribers",
    "claps",        "boosts",    "favourites", "favorites", "plays",
    "leser",        "antworten", "stimmen",    "besucher",  "vue",
    "partages",     "réponses",  "réactions",  "lecturas",  "compartilhamentos",
    "condivisioni", "reactie",   "阅读",       "点赞",      "いいね"};

// 'N minutes ago', with the words that make it so.
inline constexpr std::array<std::string_view, 46> kTimeUnits{
    "second",   "seconds", "sec",    "secs",     "minute",  "minutes", "min",      "mins",
    "hour",     "hours",   "hr",     "hrs",      "day",     "days",    "week",     "weeks",
    "sekunden", "minuten", "stunde", "stunden",  "tag",     "tagen",   "secondes", "heure",
    "heures",   "jour",    "jours",  "segundos", "minutos", "minuto",  "hora",     "horas",
    "día",      "días",    "dia",    "dias",     "minuti",  "ore",     "giorni",   "минут",
    "минуты",   "часа",    "часов",  "uur",      "dagen",   "минуту"};
inline constexpr std::array<std::string_view, 6> kAgo{"ago",     "назад", "fa",
                                                      "geleden", "atrás", "temu"};
inline constexpr std::array<std::string_view, 4> kAgoBefore{"vor", "hace", "há", "för"};
inline constexpr std::array<std::string_view, 10> kAgoJoined{
    "分钟前", "分鐘前", "小时前", "小時前", "天前", "分前", "時間前", "日前", "분 전", "시간 전"};

// Begin a line or a sentence that says, with a number, when the page was made or changed.
inline constexpr std::array<std::string_view, 24> kStamps{"updated",
                                                          "last updated",
                                                          "last modified",
                                                          "last update",
                                                          "last edited",
                                                          "this post was last",
                                                          "page generated",
                                                          "generated",
                                                          "this page was",
                                                          "zuletzt aktualisiert",
                                                          "aktualisiert",
                                                          "letzte aktualisierung",
                                                          "mis à jour",
                                                          "dernière mise à jour",
                                                          "actualizado",
                                                          "última actualización",
                                                          "atualizado",
                                                          "aggiornato",
                                                          "ultimo aggiornamento",
                                                          "bijgewerkt",
                                                          "обновлено",
                                                          "最后更新",
                                                          "最終更新",
                                                          "更新时间"};

// Tell of a stamp without a year or a clock that it is one: 'updated 5 minutes ago', 'generated in
// 0.3 seconds'.
inline constexpr std::array<std::string_view, 12> kClockWords{
    " ago", " seconds", " ms", " am", " pm", " uhr", "年", "月", "日", "vor ", "hace ", "il y a "};

// Begin a line that advertises. Alone on its line, the line below belongs to it.
inline constexpr std::array<std::string_view, 22> kAdvertises{
    "advertisement", "advertising", "ad:",     "[ad]",      "sponsored",  "sponsor:",
    "promoted",      "anzeige",     "werbung", "publicité", "publicidad", "publicidade",
    "pubblicità",    "advertentie", "reklama", "реклама",   "广告",       "廣告",
    "広告",          "【pr】",      "[pr]",    "광고"};

}  // namespace feedd
