#include "base/log.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace feedd {

namespace {

// sd-daemon(3): "<N>" at the start of a line is its priority.
class JournalPriority final : public spdlog::custom_flag_formatter {
  public:
    void format(const spdlog::details::log_msg& message, const std::tm& /*time*/,
                spdlog::memory_buf_t& out) override {
        static constexpr std::array<char, spdlog::level::n_levels> kPriority{'7', '7', '6', '4',
                                                                             '3', '2', '7'};
        const std::array prefix{'<', kPriority.at(static_cast<std::size_t>(message.level)), '>'};
        out.append(prefix.data(), prefix.data() + prefix.size());
    }
    [[nodiscard]] std::unique_ptr<custom_flag_formatter> clone() const override {
        return spdlog::details::make_unique<JournalPriority>();
    }
};

// systemd sets JOURNAL_STREAM=device:inode of the socket; a child that redirected stderr keeps
// the variable but not the socket (systemd.exec(5)).
bool stderr_is_the_journal() {
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat status {};
    if (stream == nullptr || fstat(STDERR_FILENO, &status) != 0) return false;
    return fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

// What steers a terminal or breaks a line: the control characters of ECMA-48, the line separators
// and the marks that turn the direction of text; and bytes that are no text at all.
bool is_unsafe(char32_t c, std::string_view bytes) noexcept {
    constexpr char32_t kReplacement = 0xFFFD;
    if (c == kReplacement) return bytes != "\xEF\xBF\xBD";
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

Result<void> start_log(std::string_view level) {
    const std::string name(level);
    const auto wanted = spdlog::level::from_str(name);
    if (wanted == spdlog::level::off && name != "off") {
        return fail(ErrorKind::usage, {}, "unknown log level '" + name + "'",
                    "one of trace, debug, info, warning, error, off");
    }
    std::shared_ptr<spdlog::logger> logger;
    if (stderr_is_the_journal()) {
        logger = std::make_shared<spdlog::logger>(
            "feedd", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        auto formatter = std::make_unique<spdlog::pattern_formatter>();
        formatter->add_flag<JournalPriority>('*').set_pattern("%*%v");
        logger->set_formatter(std::move(formatter));
    } else if (isatty(STDERR_FILENO) == 1) {
        logger = std::make_shared<spdlog::logger>(
            "feedd", std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>());
        logger->set_pattern("%H:%M:%S %^%l%$ %v");
    } else {
        logger = std::make_shared<spdlog::logger>(
            "feedd", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        auto formatter =
            std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
        formatter->set_pattern("%Y-%m-%dT%H:%M:%SZ %l %v");
        logger->set_formatter(std::move(formatter));
    }
    logger->set_level(wanted);
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
    return {};
}

std::string log_value(std::string_view value) {
    bool quote = value.empty();
    std::string out;
    for (std::size_t at = 0; at < value.size();) {
        const CodePoint character = code_point_at(value, at);
        const std::string_view bytes = value.substr(at, character.length);
        at += character.length;
        if (bytes == "\"" || bytes == "\\") {
            quote = true;
            out.append("\\").append(bytes);
        } else if (is_unsafe(character.value, bytes)) {
            quote = true;
            for (const char byte : bytes)
                out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
        } else {
            quote = quote || bytes == " " || bytes == "=";
            out += bytes;
        }
    }
    return quote ? '"' + out + '"' : out;
}

}  // namespace feedd
