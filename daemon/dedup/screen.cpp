#include "dedup/screen.h"

namespace feedd {

Screened screen(std::span<const ItemKey> keys, const KnownItems& known) {
    Screened screened;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].duplicate) continue;
        const auto found = known.find(keys[i].key);
        if (found != known.end()) ++screened.known;
        if (found != known.end() && found->second == keys[i].hash) {
            screened.reseen.push_back({.key = keys[i].key, .position = static_cast<int>(i)});
        } else {
            screened.fresh.push_back(i);
        }
    }
    return screened;
}

}  // namespace feedd
