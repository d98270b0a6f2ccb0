#include "fetch/decoder.h"

#include <algorithm>
#include <array>
#include <memory>

#include <brotli/decode.h>
#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

#include "base/handle.h"
#include "base/text.h"

namespace feedd {

namespace {

using Failed = std::pair<PollError, std::string>;
using Decoded = tl::expected<std::string, Failed>;

// RFC 9659: of a zstd window no more than 8 MiB; it is allocated before a byte comes out.
constexpr int kZstdWindowLog = 23;
// zlib counts in 32 bits; longer input goes in by pieces.
constexpr std::size_t kMaxPiece = std::size_t{1} << 30U;

// Collects output in pieces, within the budget.
class Output {
  public:
    explicit Output(std::uint64_t max_bytes)
        : max_bytes_(max_bytes), piece_(std::make_unique<Piece>()) {}

    [[nodiscard]] unsigned char* data() noexcept { return piece_->data(); }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return kSize; }

    // The first `count` bytes at data() are filled. False: over the budget.
    [[nodiscard]] bool keep(std::size_t count) {
        if (text_.size() + count > max_bytes_) return false;
        text_.append(reinterpret_cast<const char*>(piece_->data()), count);
        return true;
    }
    [[nodiscard]] std::uint64_t max_bytes() const noexcept { return max_bytes_; }
    [[nodiscard]] std::string take() noexcept { return std::move(text_); }

  private:
    static constexpr std::size_t kSize = 65536;
    using Piece = std::array<unsigned char, kSize>;

    std::uint64_t max_bytes_;
    std::unique_ptr<Piece> piece_;
    std::string text_;
};

tl::unexpected<Failed> broken(std::string_view what, std::string_view how) {
    return tl::unexpected(
        Failed{PollError::broken, std::string(what) + " body " + std::string(how)});
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// inflateInit2's windowBits: which wrapping is expected.
enum class Wrapping : int { raw = -MAX_WBITS, zlib = MAX_WBITS, gzip = MAX_WBITS + 16 };

Decoded inflated(std::string_view body, Wrapping wrapping, std::string_view name, Output& out) {
    z_stream stream{};
    if (inflateInit2(&stream, static_cast<int>(wrapping)) != Z_OK) throw std::bad_alloc();
    const Handle<z_stream, inflateEnd> guard(&stream);
    for (;;) {
        if (stream.avail_in == 0) {
            const std::size_t piece = std::min(body.size(), kMaxPiece);
            stream.next_in = const_cast<unsigned char*>(bytes_of(body));
            stream.avail_in = static_cast<unsigned>(piece);
            body.remove_prefix(piece);
        }
        stream.next_out = out.data();
        stream.avail_out = static_cast<unsigned>(Output::size());
        const int code = inflate(&stream, Z_NO_FLUSH);
        if (code == Z_MEM_ERROR) throw std::bad_alloc();
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
            return broken(name, "is corrupt");
        if (!out.keep(Output::size() - stream.avail_out))
            return tl::unexpected(over_budget(out.max_bytes()));
        if (code == Z_STREAM_END) {
            const bool another = wrapping == Wrapping::gzip && stream.avail_in >= 2 &&
                                 stream.next_in[0] == 0x1F && stream.next_in[1] == 0x8B;
            if (!another) return out.take();
            inflateReset(&stream);
        } else if (stream.avail_out > 0 && stream.avail_in == 0 && body.empty()) {
            return broken(name, "ends early");
        }
    }
}

// RFC 1952 §2.3.1: at the end stands how long the text is, modulo 2^32.
std::uint32_t length_at_end(std::string_view body) {
    std::uint32_t length = 0;
    for (std::size_t i = 1; i <= sizeof length; ++i)
        length = length << 8U | bytes_of(body)[body.size() - i];
    return length;
}

// One whole member and nothing else, which is what nearly all servers send: libdeflate takes half
// the time of zlib, but wants all at once. nullopt: it is something else, or damaged, or too long.
std::optional<std::string> single_member(std::string_view body, std::uint64_t max_bytes) {
    constexpr std::size_t kSmallest = 20;     // bytes of an empty member
    constexpr std::size_t kMostRatio = 1032;  // of deflate: what claims more is a lie
    if (body.size() < kSmallest) return std::nullopt;
    const std::size_t length = length_at_end(body);
    if (length > max_bytes || length / kMostRatio > body.size()) return std::nullopt;
    const Handle<libdeflate_decompressor, libdeflate_free_decompressor> decompressor(
        libdeflate_alloc_decompressor());
    if (!decompressor) throw std::bad_alloc();
    std::string text(length, '\0');
    std::size_t read = 0;
    std::size_t written = 0;
    const libdeflate_result result = libdeflate_gzip_decompress_ex(
        decompressor.get(), body.data(), body.size(), text.data(), text.size(), &read, &written);
    if (result != LIBDEFLATE_SUCCESS || read != body.size() || written != length)
        return std::nullopt;
    return text;
}

Decoded from_gzip(std::string_view body, std::uint64_t max_bytes) {
    if (auto text = single_member(body, max_bytes)) return std::move(*text);
    Output out(max_bytes);
    return inflated(body, Wrapping::gzip, "gzip", out);
}

// RFC 9110 §8.4.1.2 says zlib; some servers send the raw stream.
Decoded from_deflate(std::string_view body, std::uint64_t max_bytes) {
    const unsigned char* start = bytes_of(body);
    const bool zlib_header = body.size() >= 2 && (start[0] & 0x0FU) == 8 &&
                             ((unsigned{start[0]} << 8U) + start[1]) % 31 == 0;
    if (zlib_header) {
        Output out(max_bytes);
        Decoded decoded = inflated(body, Wrapping::zlib, "deflate", out);
        if (decoded || decoded.error().first != PollError::broken) return decoded;
    }
    Output out(max_bytes);
    return inflated(body, Wrapping::raw, "deflate", out);
}

Decoded from_brotli(std::string_view body, std::uint64_t max_bytes) {
    const Handle<BrotliDecoderState, BrotliDecoderDestroyInstance> state(
        BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
    if (!state) throw std::bad_alloc();
    Output out(max_bytes);
    std::size_t in_left = body.size();
    const unsigned char* in = bytes_of(body);
    for (;;) {
        unsigned char* to = out.data();
        std::size_t room = Output::size();
        const BrotliDecoderResult result =
            BrotliDecoderDecompressStream(state.get(), &in_left, &in, &room, &to, nullptr);
        if (result == BROTLI_DECODER_RESULT_ERROR) return broken("br", "is corrupt");
        if (!out.keep(Output::size() - room)) return tl::unexpected(over_budget(max_bytes));
        if (result == BROTLI_DECODER_RESULT_SUCCESS) return out.take();
        if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return broken("br", "ends early");
    }
}

// RFC 8878 §3.1: a data frame or a skippable one.
bool begins_zstd_frame(std::string_view bytes) {
    const unsigned char* at = bytes_of(bytes);
    if (bytes.size() < 4) return false;
    const bool skippable = (at[0] & 0xF0U) == 0x50 && bytes.substr(1, 3) == "\x2A\x4D\x18";
    return skippable || bytes.starts_with("\x28\xB5\x2F\xFD");
}

Decoded from_zstd(std::string_view body, std::uint64_t max_bytes) {
    const Handle<ZSTD_DCtx, ZSTD_freeDCtx> context(ZSTD_createDCtx());
    if (!context) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kZstdWindowLog);
    Output out(max_bytes);
    ZSTD_inBuffer in{body.data(), body.size(), 0};
    for (;;) {
        ZSTD_outBuffer to{out.data(), Output::size(), 0};
        const std::size_t hint = ZSTD_decompressStream(context.get(), &to, &in);
        if (ZSTD_isError(hint) != 0) return broken("zstd", "is corrupt");
        if (!out.keep(to.pos)) return tl::unexpected(over_budget(max_bytes));
        if (hint == 0 && !begins_zstd_frame(body.substr(in.pos))) return out.take();
        if (hint != 0 && in.pos == in.size && to.pos < to.size) return broken("zstd", "ends early");
    }
}

}  // namespace

std::optional<Coding> coding_named(std::string_view name) {
    if (iequals(name, "gzip") || iequals(name, "x-gzip")) return Coding::gzip;
    if (iequals(name, "deflate")) return Coding::deflate;
    if (iequals(name, "br")) return Coding::brotli;
    if (iequals(name, "zstd")) return Coding::zstd;
    return std::nullopt;
}

std::pair<PollError, std::string> over_budget(std::uint64_t max_bytes) {
    return {PollError::too_large,
            "decoded body of more than " + std::to_string(max_bytes) + " bytes"};
}

Decoded decode(Coding coding, std::string_view body, std::uint64_t max_bytes) {
    switch (coding) {
        case Coding::gzip:
            return from_gzip(body, max_bytes);
        case Coding::deflate:
            return from_deflate(body, max_bytes);
        case Coding::brotli:
            return from_brotli(body, max_bytes);
        case Coding::zstd:
            break;
    }
    return from_zstd(body, max_bytes);
}

}  // namespace feedd
