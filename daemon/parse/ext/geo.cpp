// Where an item is about: GeoRSS (simple and GML) and the W3C's geo:lat and geo:long, in WGS 84.
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "parse/rows.h"

namespace feedd {

namespace {

using Position = Geometry::Position;

// Decimal numbers between white space or commas. Empty if anything else is among them.
std::vector<double> numbers(std::string_view text) {
    std::vector<double> found;
    const auto separates = [](char c) { return is_space(c) || c == ','; };
    std::size_t at = 0;
    while (true) {
        while (at < text.size() && separates(text[at]))
            ++at;
        if (at == text.size()) return found;
        std::size_t end = at;
        while (end < text.size() && !separates(text[end]))
            ++end;
        if (text[at] == '+') ++at;
        double number = 0;
        const auto [rest, error] = std::from_chars(text.data() + at, text.data() + end, number);
        if (error != std::errc{} || rest != text.data() + end || !std::isfinite(number)) return {};
        found.push_back(number);
        at = end;
    }
}

bool is_on_earth(const Position& position) noexcept {
    return std::abs(position.latitude) <= 90 && std::abs(position.longitude) <= 180;
}

// How a list of numbers is to be read.
struct Axes {
    bool longitude_first = false;
    std::size_t dimensions = 2;
};

std::vector<Position> positions(std::string_view text, Axes axes) {
    const std::vector<double> values = numbers(text);
    if (values.empty() || values.size() % axes.dimensions != 0) return {};
    std::vector<Position> found;
    found.reserve(values.size() / axes.dimensions);
    for (std::size_t i = 0; i < values.size(); i += axes.dimensions) {
        Position position{.longitude = values[i + 1], .latitude = values[i]};
        if (axes.longitude_first) std::swap(position.longitude, position.latitude);
        if (axes.dimensions > 2) position.altitude = values[i + 2];
        if (!is_on_earth(position)) return {};
        found.push_back(position);
    }
    return found;
}

bool same_place(const Position& a, const Position& b) noexcept {
    return a.longitude == b.longitude && a.latitude == b.latitude;
}

// A shape with the number of positions that it needs (RFC 7946 §3.1), else nothing.
void set(Draft& draft, Geometry::Kind kind, std::vector<Position> at) {
    if (draft.geo) return;
    bool complete = !at.empty();
    if (kind == Geometry::Kind::point) complete = at.size() == 1;
    if (kind == Geometry::Kind::line) complete = at.size() >= 2;
    if (kind == Geometry::Kind::polygon) {
        complete = at.size() >= 4 && same_place(at.front(), at.back());
    }
    if (complete) draft.geo = Geometry{.kind = kind, .positions = std::move(at)};
}

void set_box(Draft& draft, const std::vector<Position>& corners) {
    if (corners.size() != 2) return;
    const Position& a = corners[0];
    const Position& b = corners[1];
    set(draft, Geometry::Kind::polygon,
        {{.longitude = a.longitude, .latitude = a.latitude},
         {.longitude = b.longitude, .latitude = a.latitude},
         {.longitude = b.longitude, .latitude = b.latitude},
         {.longitude = a.longitude, .latitude = b.latitude},
         {.longitude = a.longitude, .latitude = a.latitude}});
}

void point(const Element& element, Draft& draft) {
    set(draft, Geometry::Kind::point, positions(element.text(), {}));
}

void line(const Element& element, Draft& draft) {
    set(draft, Geometry::Kind::line, positions(element.text(), {}));
}

void polygon(const Element& element, Draft& draft) {
    set(draft, Geometry::Kind::polygon, positions(element.text(), {}));
}

void box(const Element& element, Draft& draft) {
    set_box(draft, positions(element.text(), {}));
}

// WGS 84 by one of its names, or nothing said; nullopt is another reference system.
std::optional<Axes> axes_of(const Element& shape, Axes axes) {
    const std::string_view system = shape.attribute("srsName");
    if (!system.empty()) {
        if (system.find("CRS84") != std::string_view::npos) {
            axes.longitude_first = true;
        } else if (system.ends_with("4979")) {
            axes.dimensions = 3;
        } else if (!system.ends_with("4326")) {
            return std::nullopt;
        }
    }
    const auto said = small_number(shape.attribute("srsDimension"));
    if (said && (*said == 2 || *said == 3)) axes.dimensions = static_cast<std::size_t>(*said);
    return axes;
}

// All positions inside a GML shape, whatever elements they are wrapped in, but not the holes.
std::vector<Position> gml_positions(const Element& shape, Axes outer) {
    const auto axes = axes_of(shape, outer);
    if (!axes) return {};
    std::vector<Position> found;
    for_children(shape, [&](const Element& child) {
        if (iequals(child.name, "interior") || iequals(child.name, "innerBoundaryIs")) return;
        const bool leaf = !child.has_elements();
        Axes own = axes_of(child, *axes).value_or(*axes);
        if (leaf && iequals(child.name, "coordinates")) own.longitude_first = true;  // GML 2
        const auto inner = leaf ? positions(child.text(), own) : gml_positions(child, *axes);
        found.insert(found.end(), inner.begin(), inner.end());
    });
    return found;
}

void gml(const Element& shape, Draft& draft) {
    const auto is = [&](std::string_view name) { return iequals(shape.name, name); };
    if (is("Point")) {
        set(draft, Geometry::Kind::point, gml_positions(shape, {}));
    } else if (is("LineString")) {
        set(draft, Geometry::Kind::line, gml_positions(shape, {}));
    } else if (is("Polygon")) {
        set(draft, Geometry::Kind::polygon, gml_positions(shape, {}));
    } else if (is("Envelope") || is("Box")) {
        set_box(draft, gml_positions(shape, {}));
    }
}

void where(const Element& element, Draft& draft) {
    for_children(element, [&](const Element& shape) { gml(shape, draft); });
}

void latitude(const Element& element, Draft& draft) {
    const auto value = numbers(element.text());
    if (value.size() == 1 && std::abs(value[0]) <= 90) draft.latitude = value[0];
}

void longitude(const Element& element, Draft& draft) {
    const auto value = numbers(element.text());
    if (value.size() == 1 && std::abs(value[0]) <= 180) draft.longitude = value[0];
}

// <geo:Point> around the two.
void geo_point(const Element& element, Draft& draft) {
    for_children(element, [&](const Element& child) {
        if (child.is(Ns::geo, "lat")) latitude(child, draft);
        if (child.is(Ns::geo, "long")) longitude(child, draft);
    });
}

constexpr Row kRows[] = {
    {Ns::georss, "point", nullptr, point},     {Ns::georss, "line", nullptr, line},
    {Ns::georss, "polygon", nullptr, polygon}, {Ns::georss, "box", nullptr, box},
    {Ns::georss, "where", nullptr, where},     {Ns::gml, "point", nullptr, gml},
    {Ns::gml, "linestring", nullptr, gml},     {Ns::gml, "polygon", nullptr, gml},
    {Ns::gml, "envelope", nullptr, gml},       {Ns::geo, "lat", nullptr, latitude},
    {Ns::geo, "long", nullptr, longitude},     {Ns::geo, "lon", nullptr, longitude},
    {Ns::geo, "point", nullptr, geo_point},
};

}  // namespace

Rows geo_rows() noexcept {
    return kRows;
}

}  // namespace feedd
