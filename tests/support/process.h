// Runs the real program, as a user would.
#pragma once

#include <csignal>
#include <map>
#include <string>
#include <vector>

#include <sys/types.h>

namespace feedd::test {

struct Finished {
    int exit_code = -1;  // 128 + N after signal N
    std::string out;
    std::string err;
};

struct Invocation {
    std::vector<std::string> arguments;
    std::string directory;                           // "" the current one
    std::map<std::string, std::string> environment;  // added to PATH and nothing else
    std::string input;
};

// Waits for its end; killed after 60 seconds.
[[nodiscard]] Finished run_program(const std::string& program, const Invocation& invocation);

// A program that goes on until it is told to stop.
class Background {
  public:
    Background(const std::string& program, const Invocation& invocation);
    ~Background();  // SIGKILL if it still runs
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    void signal(int number) const;
    [[nodiscard]] Finished wait();  // until it ends by itself or by a signal
    // Waits until its stderr has `text`; false: not within 20 seconds.
    [[nodiscard]] bool wait_for(const std::string& text) const;
    // The same of its stdout.
    [[nodiscard]] bool wait_for_output(const std::string& text) const;
    [[nodiscard]] pid_t pid() const noexcept { return pid_; }

  private:
    pid_t pid_ = -1;
    std::string out_;  // files
    std::string err_;
};

}  // namespace feedd::test
