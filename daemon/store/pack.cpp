#include "store/pack.h"

#include <algorithm>
#include <bit>
#include <new>

#include <zstd.h>

#include "base/handle.h"

namespace feedd {

namespace {

using Compressor = Handle<ZSTD_CCtx, ZSTD_freeCCtx>;
using Decompressor = Handle<ZSTD_DCtx, ZSTD_freeDCtx>;

constexpr int kLevel = 3;  // a feed of 100 KB against its last one takes about a millisecond
// The prefix must lie within the window (zstd.h, ZSTD_CCtx_refPrefix). Bodies end at 1 GiB.
constexpr int kLeastWindow = 17;
constexpr int kMostWindow = 30;
// From here on zstd's tables are too small to find what stood at the prefix's beginning.
constexpr std::size_t kLongDistance = std::size_t{1} << 20U;

int window_for(std::size_t bytes) {
    return std::clamp(static_cast<int>(std::bit_width(bytes)), kLeastWindow, kMostWindow);
}

}  // namespace

std::string packed(std::string_view body, std::string_view prefix) {
    const Compressor context(ZSTD_createCCtx());
    if (!context) throw std::bad_alloc();
    const std::size_t bytes = body.size() + prefix.size();
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, window_for(bytes));
    if (bytes > kLongDistance) {
        ZSTD_CCtx_setParameter(context.get(), ZSTD_c_enableLongDistanceMatching, 1);
    }
    ZSTD_CCtx_refPrefix(context.get(), prefix.data(), prefix.size());
    std::string frame(ZSTD_compressBound(body.size()), '\0');
    const std::size_t size =
        ZSTD_compress2(context.get(), frame.data(), frame.size(), body.data(), body.size());
    if (ZSTD_isError(size) != 0U) throw std::bad_alloc();  // nothing else can go wrong with room
    frame.resize(size);
    frame.shrink_to_fit();
    return frame;
}

Result<std::string> unpacked(std::string_view frame, std::string_view prefix, std::size_t size) {
    const Decompressor context(ZSTD_createDCtx());
    if (!context) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMostWindow);
    ZSTD_DCtx_refPrefix(context.get(), prefix.data(), prefix.size());
    std::string body(size, '\0');
    const std::size_t written =
        ZSTD_decompressDCtx(context.get(), body.data(), body.size(), frame.data(), frame.size());
    if (ZSTD_isError(written) != 0U || written != size) {
        return fail(ErrorKind::io, "archive",
                    ZSTD_isError(written) != 0U ? ZSTD_getErrorName(written) : "too short");
    }
    return body;
}

}  // namespace feedd
