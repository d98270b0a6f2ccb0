#include "schedule/course.h"

#include <algorithm>
#include <limits>

namespace feedd {

namespace {

constexpr double kRounding = 1;  // second

// The waiting between two polls at these places, of what comes out between them.
double waiting_between(const Place& a, const Place& b) {
    return b.waited - a.waited - a.items * (b.after - a.after);
}

// What it costs to have polled last at `last` when the horizon comes: the waiting until then, and
// that the next poll is nearer than after a fresh one. In average times that is due `usual` after
// the last.
double unfinished(const Course& course, const Place& last) {
    const Place& end = course.places.back();
    const double overdue = course.price + waiting_between(last, end);
    if (end.after - last.after >= course.usual) return overdue;
    return std::min(overdue, (end.items - last.items) * course.usual);
}

// Goes from the horizon backwards, and keeps the places that may be the best for the next poll, the
// farthest first. Waiting between two polls grows faster the earlier the first one is: once the
// nearer of two places is the better it stays so (Monge's condition). So each place kept is the
// best for one stretch of the places before it.
class NextPolls {
  public:
    explicit NextPolls(const Course& course) : course_(course), cost_(course.places.size()) {
        kept_.reserve(course.places.size());
    }

    // The least cost of a poll at `place` with all that follows; known when it was its turn.
    void set_cost(std::size_t place, double cost) { cost_[place] = cost; }

    // `place` is far enough from all whose turn will come, and nearer than all given before.
    void add(std::size_t place) {
        while (kept_.size() > 1 && outdone(kept_.back(), place))
            kept_.pop_back();
        const bool first = kept_.empty();
        kept_.push_back(
            {place, first ? course_.places.size() : overtaken(kept_.back().place, place)});
        best_ = std::min(best_, kept_.size() - 1);
    }

    [[nodiscard]] std::optional<std::size_t> best_after(std::size_t place) {
        if (kept_.empty()) return std::nullopt;
        while (best_ + 1 < kept_.size() && place < kept_[best_ + 1].better)
            ++best_;
        return kept_[best_].place;
    }

    // Of a poll at `from`, with the next at `next` and all that follows.
    [[nodiscard]] double cost(std::size_t from, std::size_t next) const {
        const Place& a = course_.places[from];
        const Place& b = course_.places[next];
        return course_.price + b.waited - a.waited - taken(from) * (b.after - a.after) +
               cost_[next];
    }

  private:
    struct Kept {
        std::size_t place;
        std::size_t better;  // than the one kept before it: for so many of the first places
    };

    // The items that a poll at `place` has taken; the first place is no poll, and leaves those that
    // wait there already.
    [[nodiscard]] double taken(std::size_t place) const {
        return place == 0 ? -course_.waiting : course_.places[place].items;
    }

    // Where `near` is a better next poll than `far`: where fewer items were taken than where both
    // cost the same, and where `far` is out of reach.
    struct Crossing {
        double even;
        double reach;
        [[nodiscard]] bool before(double items, double after) const {
            return items < even || after < reach;
        }
        [[nodiscard]] bool before(const Place& place) const {
            return before(place.items, place.after);
        }
    };
    [[nodiscard]] Crossing crossing(std::size_t far, std::size_t near) const {
        const Place& a = course_.places[far];
        const Place& b = course_.places[near];
        return {.even = (a.waited + cost_[far] - b.waited - cost_[near]) / (a.after - b.after),
                .reach = a.after - course_.most - kRounding};
    }

    // For how many of the first places `near` is the better one.
    [[nodiscard]] std::size_t overtaken(std::size_t far, std::size_t near) const {
        const Crossing at = crossing(far, near);
        const auto first = course_.places.begin();
        const auto end = std::partition_point(first + 1, first + static_cast<std::ptrdiff_t>(near),
                                              [&](const Place& place) { return at.before(place); });
        if (end != first + 1) return static_cast<std::size_t>(end - first);
        return at.before(taken(0), first->after) ? 1 : 0;
    }

    // Whether `near` is better wherever `kept` was the best. No need to know how much further.
    [[nodiscard]] bool outdone(const Kept& kept, std::size_t near) const {
        if (kept.better == 0 || kept.better > near) return kept.better == 0;
        if (kept.better == 1) return overtaken(kept.place, near) > 0;
        return crossing(kept.place, near).before(course_.places[kept.better - 1]);
    }

    const Course& course_;
    std::vector<double> cost_;
    std::vector<Kept> kept_;
    std::size_t best_ = 0;  // of those kept; the ones before it are the best for none any more
};

}  // namespace

std::optional<std::size_t> first_poll(const Course& course) {
    const std::vector<Place>& places = course.places;
    NextPolls polls(course);
    std::size_t added = places.size();
    std::optional<std::size_t> next;
    for (std::size_t i = places.size(); i-- > 0;) {
        const Place& from = places[i];
        while (added > i + 1 && places[added - 1].after - from.after >= course.least - kRounding)
            polls.add(--added);
        const double already = i == 0 ? course.waiting : 0;
        const double left = places.back().after - from.after;
        double best = left <= course.most + kRounding ? unfinished(course, from) + already * left
                                                      : std::numeric_limits<double>::infinity();
        next = polls.best_after(i);
        if (next) {
            const double cost = polls.cost(i, *next);
            if (cost < best)
                best = cost;
            else
                next.reset();
        }
        polls.set_cost(i, best);
    }
    return next;
}

}  // namespace feedd
