// Stories of made articles without a store: quick, and shows the mistakes.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "dedup/fingerprint.h"
#include "dedup/resemblance.h"
#include "dedup/story.h"
#include "dedup/story_matcher.h"
#include "story_corpus.h"

namespace {
using namespace feedd;
using bench::MadeArticle;

double cpu() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Lab {
    std::vector<StoryText> texts;  // by id - 1
    std::map<StoryId, std::vector<ArticleId>> stories;
    std::unique_ptr<StoryMatcher> matcher = make_story_matcher(std::chrono::days{7});
    StoryId last = 0;
    double fp = 0, near = 0, decide = 0, add = 0;
    long compared = 0;
    std::set<std::pair<ArticleId, ArticleId>> parted_pairs;
    long parted = 0;

    void move(ArticleId id, std::optional<StoryId> story) {
        auto& member = texts[static_cast<std::size_t>(id - 1)].member;
        if (member.story) {
            auto& old = stories[*member.story];
            std::erase(old, id);
        }
        member.story = story;
        if (story) stories[*story].push_back(id);
        matcher->assign(id, story);
    }
    void place(StoryText told) {
        double t = cpu();
        const Fingerprint print = matcher->fingerprint(told.text);
        fp += cpu() - t;
        texts.push_back(told);
        if (print.empty()) return;
        t = cpu();
        std::vector<ArticleId> ids = matcher->near(told.member, print);
        near += cpu() - t;
        const std::vector<ArticleId> nearest = ids;
        for (const ArticleId one : nearest) {
            const auto& story = texts[static_cast<std::size_t>(one - 1)].member.story;
            if (!story) continue;
            int n = 0;
            bool own = false;
            for (const ArticleId fellow : stories[*story]) {
                const bool of_feed =
                    !own &&
                    texts[static_cast<std::size_t>(fellow - 1)].member.feed == told.member.feed;
                own = own || of_feed;
                if ((n++ < 2 || of_feed) && std::ranges::find(ids, fellow) == ids.end())
                    ids.push_back(fellow);
            }
        }
        std::vector<StoryText> others;
        for (const ArticleId one : ids) {
            const StoryText& text = texts[static_cast<std::size_t>(one - 1)];
            if (std::chrono::abs(text.member.at - told.member.at) > matcher->window()) continue;
            others.push_back(text);
        }
        compared += static_cast<long>(others.size());
        for (const StoryText& one : others)
            parted_pairs.emplace(one.member.article, told.member.article);
        t = cpu();
        const StoryDecision decision = matcher->decide(told, others);
        decide += cpu() - t;
        if (decision.partner != 0) {
            StoryId story = decision.story ? *decision.story : ++last;
            for (const StoryId absorbed : decision.absorbed) {
                const auto members = stories[absorbed];
                for (const ArticleId one : members)
                    move(one, story);
            }
            for (const ArticleId one : decision.joined)
                move(one, story);
            move(told.member.article, story);
        }
        for (const ArticleId one : decision.parted) {
            ++parted;
            const auto story = texts[static_cast<std::size_t>(one - 1)].member.story;
            move(one, std::nullopt);
            if (story && stories[*story].size() == 1) move(stories[*story].front(), std::nullopt);
        }
        t = cpu();
        matcher->add(texts.back().member, print.kept);
        matcher->learn(print.terms);
        add += cpu() - t;
    }
};

std::string text_of(const MadeArticle& made) {
    std::string out;
    for (const std::string& one : made.paragraphs)
        out += (out.empty() ? "" : "\n\n") + one;
    return out;
}

struct Tally {
    long found = 0, all = 0;
};

void judge(const std::string& name, std::vector<MadeArticle> made, int show) {
    std::map<std::string, Tally> recall_kind;
    std::set<int> docs;
    std::erase_if(made, [&](const MadeArticle& m) { return !docs.insert(m.document).second; });
    Lab lab;
    const double begin = cpu();
    for (std::size_t i = 0; i < made.size(); ++i)
        lab.place({.member = {.article = static_cast<ArticleId>(i + 1),
                              .story = {},
                              .feed = made[i].feed + 1,
                              .at = made[i].at,
                              .seen_at = made[i].at},
                   .text = text_of(made[i])});
    const double used = cpu() - begin;
    std::map<int, std::vector<std::size_t>> truth;
    for (std::size_t i = 0; i < made.size(); ++i)
        truth[made[i].story].push_back(i);
    const auto story = [&](std::size_t i) { return lab.texts[i].member.story; };
    Tally recall, precision;
    std::map<std::string, Tally> wrong, missed;
    int shown = show;
    for (const auto& [_, members] : truth)
        for (std::size_t a = 0; a < members.size(); ++a)
            for (std::size_t b = a + 1; b < members.size(); ++b) {
                const std::size_t i = members[a], j = members[b];
                const bool found = story(i) && story(i) == story(j);
                ++recall.all;
                recall.found += found;
                const bool ci = made[i].kind.find(": ") != std::string::npos;
                const std::string key = (ci ? made[i].kind : made[j].kind);
                auto& t = missed[key + " | " + made[i].script];
                ++t.all;
                t.found += !found;
                auto& k = missed["* " + key];
                ++k.all;
                k.found += !found;
                if (!found && shown-- > 0) {
                    Frequencies f;
                    const auto r =
                        resemblance(Reading(lab.texts[i].text), Reading(lab.texts[j].text), f);
                    fmt::print(
                        "MISSED {} {} {} {} | {}: shared {:.2f} spread {:.2f} lead {:.2f} foreign "
                        "{:.2f} kept {:.2f} early {:.2f} terms {:.2f} odds {:.1f} words {}\n",
                        lab.parted_pairs.contains(
                            {static_cast<ArticleId>(i + 1), static_cast<ArticleId>(j + 1)})
                            ? "seen"
                            : "UNSEEN",
                        members.size() > 2 ? "cluster" : "pair", key, made[i].script, made[i].kind,
                        r.overlap.shared, r.overlap.spread, r.aligned.lead, r.aligned.foreign,
                        r.aligned.kept, r.overlap.early, r.terms, r.template_odds, r.overlap.words);
                    if (show > 1000)
                        fmt::print("  A {}\n  B {}\n", lab.texts[i].text, lab.texts[j].text);
                }
            }
    shown = show;
    for (const auto& [_, members] : lab.stories)
        for (std::size_t a = 0; a < members.size(); ++a)
            for (std::size_t b = a + 1; b < members.size(); ++b) {
                const auto i = static_cast<std::size_t>(members[a] - 1),
                           j = static_cast<std::size_t>(members[b] - 1);
                ++precision.all;
                const bool right = made[i].story == made[j].story;
                precision.found += right;
                if (!right) {
                    ++wrong[made[i].kind + " | " + made[i].script].all;
                    if (shown-- > 0) {
                        Frequencies f;
                        const auto r =
                            resemblance(Reading(lab.texts[i].text), Reading(lab.texts[j].text), f);
                        fmt::print(
                            "WRONG {} {} of {}: shared {:.2f} spread {:.2f} lead {:.2f} foreign "
                            "{:.2f} kept {:.2f} early {:.2f} terms {:.2f} odds {:.1f} words {}\n",
                            made[i].kind, made[i].script, members.size(), r.overlap.shared,
                            r.overlap.spread, r.aligned.lead, r.aligned.foreign, r.aligned.kept,
                            r.overlap.early, r.terms, r.template_odds, r.overlap.words);
                        if (show > 1000)
                            fmt::print("  A {}\n  B {}\n", lab.texts[i].text, lab.texts[j].text);
                    }
                }
            }
    for (const auto& [kind, t] : missed)
        if (t.found > 0 && (kind[0] == '*' || show > 0))
            fmt::print("  missed {}: {} of {}\n", kind, t.found, t.all);
    for (const auto& [kind, t] : wrong)
        fmt::print("  wrong {}: {}\n", kind, t.all);
    const double n = static_cast<double>(made.size());
    fmt::print(
        "{}: precision {:.4f} ({} wrong) recall {:.4f} of {} | {:.1f} us: fp {:.1f} near {:.1f} "
        "decide {:.1f} add {:.1f}; compared {:.2f}; parted {}\n",
        name,
        static_cast<double>(precision.found) / static_cast<double>(std::max(1L, precision.all)),
        precision.all - precision.found,
        static_cast<double>(recall.found) / static_cast<double>(recall.all), recall.all,
        used * 1e6 / n, lab.fp * 1e6 / n, lab.near * 1e6 / n, lab.decide * 1e6 / n,
        lab.add * 1e6 / n, static_cast<double>(lab.compared) / n, lab.parted);
}
}  // namespace

int main(int argc, char** argv) {
    const std::string which = argc > 1 ? argv[1] : "ab";
    const int count = argc > 2 ? std::stoi(argv[2]) : 24'000;
    const int seed = argc > 3 ? std::stoi(argv[3]) : 1;
    const int show = argc > 4 ? std::stoi(argv[4]) : 0;
    for (const char c : which) {
        if (c == 'a')
            judge("story", bench::story_corpus(count, static_cast<std::uint64_t>(seed)), show);
        if (c == 'b')
            judge("check", bench::story_check_corpus(count, static_cast<std::uint64_t>(seed)),
                  show);
        if (c == 'c')
            judge("wire", bench::wire_corpus(count, static_cast<std::uint64_t>(seed)), show);
    }
}
