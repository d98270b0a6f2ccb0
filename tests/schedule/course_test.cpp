#include "schedule/course.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace feedd {
namespace {

// The same by looking at every pair of places.
class EveryCourse {
  public:
    explicit EveryCourse(const Course& course) : course_(course), least_(course.places.size()) {
        for (std::size_t i = course.places.size(); i-- > 0;) {
            least_[i] = ends_here(i);
            for (const std::size_t next : next_places(i))
                least_[i] = std::min(least_[i], cost_of(i, next));
        }
    }

    [[nodiscard]] double cost_of(std::optional<std::size_t> first) const {
        return first ? cost_of(0, *first) : ends_here(0);
    }
    [[nodiscard]] double least() const { return least_.front(); }
    [[nodiscard]] bool may_be(std::optional<std::size_t> first) const {
        const auto places = next_places(0);
        return !first || std::find(places.begin(), places.end(), *first) != places.end();
    }

  private:
    static constexpr double kRounding = 1;

    // Of all that comes out between two places, and of what waits already.
    [[nodiscard]] double waiting(std::size_t from, std::size_t to) const {
        const Place& a = course_.places[from];
        const Place& b = course_.places[to];
        const double already = from == 0 ? course_.waiting : 0;
        return b.waited - a.waited + (already - a.items) * (b.after - a.after);
    }
    [[nodiscard]] double cost_of(std::size_t from, std::size_t next) const {
        return course_.price + waiting(from, next) + least_[next];
    }
    [[nodiscard]] double ends_here(std::size_t place) const {
        const Place& from = course_.places[place];
        const Place& end = course_.places.back();
        const double left = end.after - from.after;
        if (left > course_.most + kRounding) return std::numeric_limits<double>::infinity();
        const double overdue = course_.price + waiting(place, course_.places.size() - 1);
        if (left >= course_.usual) return overdue;
        const double already = place == 0 ? course_.waiting * left : 0;
        return std::min(overdue, (end.items - from.items) * course_.usual + already);
    }
    [[nodiscard]] std::vector<std::size_t> next_places(std::size_t from) const {
        std::vector<std::size_t> far_enough;
        std::vector<std::size_t> near_enough;
        for (std::size_t j = from + 1; j < course_.places.size(); ++j) {
            const double after = course_.places[j].after - course_.places[from].after;
            if (after < course_.least - kRounding) continue;
            far_enough.push_back(j);
            if (after <= course_.most + kRounding) near_enough.push_back(j);
        }
        if (near_enough.empty() && !far_enough.empty()) return {far_enough.front()};
        return near_enough;
    }

    const Course& course_;
    std::vector<double> least_;
};

Course random_course(std::mt19937& random) {
    const auto upto = [&](double most) {
        return std::uniform_real_distribution<double>(0, most)(random);
    };
    const auto magnitude = [&](double least, double most) {
        return least * std::pow(most / least, upto(1));
    };
    Course out{.places = {{}}};
    const auto count = static_cast<std::size_t>(magnitude(2, 150));
    const double usual_step = magnitude(5, 5000);
    const double rate = magnitude(1e-7, 1e-2);
    for (std::size_t i = 1; i < count; ++i) {
        const Place& before = out.places.back();
        const double step = usual_step * magnitude(0.1, 3);
        // Nights without any, and peaks.
        const double items = upto(1) < 0.3 ? 0 : step * rate * magnitude(0.01, 100);
        out.places.push_back({.after = before.after + step,
                              .items = before.items + items,
                              .waited = before.waited + (before.items + items / 2) * step});
    }
    const double horizon = out.places.back().after;
    out.waiting = upto(1) < 0.5 ? 0 : magnitude(0.01, 50);
    out.least = upto(1) < 0.2 ? 0 : magnitude(horizon / 1000, horizon);
    out.most = std::max(out.least, magnitude(horizon / 100, 2 * horizon));
    out.price = upto(1) < 0.1 ? 0 : magnitude(0.1, 10'000);
    out.usual = std::clamp(magnitude(1, horizon), out.least, out.most);
    return out;
}

TEST(Course, CostsNoMoreThanAnyOther) {
    std::mt19937 random(7);
    int polled = 0;
    for (int i = 0; i < 3000; ++i) {
        const Course course = random_course(random);
        const EveryCourse every(course);
        const auto first = first_poll(course);
        polled += first ? 1 : 0;
        ASSERT_TRUE(every.may_be(first)) << "course " << i;
        ASSERT_NEAR(every.cost_of(first), every.least(), 1e-6 * (1 + every.least()))
            << "course " << i << " of " << course.places.size() << " places";
    }
    EXPECT_GT(polled, 1000);
}

TEST(Course, TakesTheNearestPlaceWhereNoneIsAsNearAsAsked) {
    const Course course{.places = {{}, {.after = 100}, {.after = 500}, {.after = 5000}},
                        .least = 200,
                        .most = 300,
                        .price = 120,
                        .usual = 250};
    EXPECT_EQ(first_poll(course), 2U);
}

TEST(Course, LeavesAPollToTheTimeBeyondTheHorizon) {
    const Course course{.places = {{}, {.after = 10}, {.after = 20}},
                        .least = 60,
                        .most = 3600,
                        .price = 120,
                        .usual = 900};
    EXPECT_EQ(first_poll(course), std::nullopt);
}

}  // namespace
}  // namespace feedd
