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
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            quote = true;
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            quote = true;
            out += fmt::format("\\x{:02x}", byte);
        } else {
            quote = quote || c == ' ' || c == '=';
            out += c;
        }
    }
    return quote ? '"' + out + '"' : out;
}

}  // namespace feedd
