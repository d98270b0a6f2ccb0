#include "support/process.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/patience.h"
#include "support/temp_dir.h"

namespace feedd::test {

namespace {

constexpr unsigned kLongestRun = 60;  // seconds; alarm(2) survives exec

std::string empty_file() {
    std::string path = (std::filesystem::temp_directory_path() / "feedd-out-XXXXXX").string();
    const int file = mkstemp(path.data());
    if (file < 0) throw std::runtime_error("mkstemp");
    close(file);
    return path;
}

std::string taken(const std::string& path) {
    std::string content = read_file(path);
    std::filesystem::remove(path);
    return content;
}

pid_t spawn(const std::string& program, const Invocation& invocation, const std::string& out,
            const std::string& err, const std::string& in) {
    std::vector<std::string> words{program};
    words.insert(words.end(), invocation.arguments.begin(), invocation.arguments.end());
    std::vector<std::string> settings{"PATH=/usr/bin:/bin"};
    for (const auto& [name, value] : invocation.environment)
        settings.push_back(name + "=" + value);
    std::vector<char*> argv;
    std::vector<char*> envp;
    for (std::string& word : words)
        argv.push_back(word.data());
    for (std::string& setting : settings)
        envp.push_back(setting.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    const pid_t pid = fork();
    if (pid < 0) throw std::runtime_error("fork");
    if (pid != 0) return pid;
    const int input = open(in.empty() ? "/dev/null" : in.c_str(), O_RDONLY | O_CLOEXEC);
    const int output = open(out.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    const int errors = open(err.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (!invocation.directory.empty() && chdir(invocation.directory.c_str()) != 0) _exit(126);
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) _exit(126);
    alarm(kLongestRun);
    execve(program.c_str(), argv.data(), envp.data());
    _exit(127);
}

bool appears(const std::string& text, const std::string& file) {
    return comes_true([&] { return read_file(file).find(text) != std::string::npos; });
}

int exit_code_of(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Finished run_program(const std::string& program, const Invocation& invocation) {
    const std::string out = empty_file();
    const std::string err = empty_file();
    const TempDir directory;
    const std::string in =
        invocation.input.empty() ? "" : directory.write("input", invocation.input);
    const int code = exit_code_of(spawn(program, invocation, out, err, in));
    return {.exit_code = code, .out = taken(out), .err = taken(err)};
}

Background::Background(const std::string& program, const Invocation& invocation)
    : out_(empty_file()), err_(empty_file()) {
    pid_ = spawn(program, invocation, out_, err_, "");
}

Background::~Background() {
    if (pid_ < 0) return;
    kill(pid_, SIGKILL);
    (void)wait();
}

void Background::signal(int number) const {
    kill(pid_, number);
}

Finished Background::wait() {
    const int code = exit_code_of(pid_);
    pid_ = -1;
    return {.exit_code = code, .out = taken(out_), .err = taken(err_)};
}

bool Background::wait_for(const std::string& text) const {
    return appears(text, err_);
}

bool Background::wait_for_output(const std::string& text) const {
    return appears(text, out_);
}

}  // namespace feedd::test
