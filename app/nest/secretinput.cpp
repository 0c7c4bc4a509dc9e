// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/secretinput.h"

#include <QUtf8StringView>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace nest::cli {

namespace {

constexpr std::size_t mostBytes = 1024 * 1024; // the platform takes less, and says so
constexpr std::size_t longestLine = 4'095;     // a terminal keeps no more of a line, and tells nobody

termios shown; // how the terminal was; for the signal handler, which has no other way to it

void showAgain(int signal)
{
    ::tcflush(STDIN_FILENO, TCIFLUSH);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

/// What is typed is not shown while one lives, also when Ctrl+C ends the program.
class Unshown final
{
public:
    Unshown()
    {
        ::tcgetattr(STDIN_FILENO, &shown);
        for (std::size_t i = 0; i < signals.size(); ++i) {
            m_before[i] = ::signal(signals[i], showAgain);
        }
        auto hidden = shown;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        hidden.c_lflag |= ECHONL;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    ~Unshown()
    {
        ::tcflush(STDIN_FILENO,
                  TCIFLUSH); // what was typed beyond the value is shown to nobody, and run by no shell
        ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
        for (std::size_t i = 0; i < signals.size(); ++i) {
            ::signal(signals[i], m_before[i]);
        }
    }
    Unshown(const Unshown &) = delete;
    Unshown &operator=(const Unshown &) = delete;

private:
    static constexpr std::array signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    std::array<void (*)(int), signals.size()> m_before{};
};

Result<std::string> readAll(int from, const std::string &what, bool isLine)
{
    std::string text;
    std::array<char, 4096> part{};
    while (text.size() <= mostBytes && !(isLine && text.ends_with('\n'))) {
        const auto size = ::read(from, part.data(), part.size());
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0) {
            return failure("cli/bad-value", what + " cannot be read: " + std::strerror(errno) + ".");
        }
        if (size == 0) {
            break;
        }
        text.append(part.data(), static_cast<std::size_t>(size));
    }
    if (text.size() > mostBytes) {
        return failure("cli/bad-value", what + " has more than a secret may have, which is 32 KiB.");
    }
    return text;
}

Result<std::string> readFile(const std::string &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return failure("cli/bad-value", path + " cannot be read: " + std::strerror(errno) + ".");
    }
    auto text = readAll(file, path, false);
    ::close(file);
    return text;
}

Result<std::string> ask(const std::string &name)
{
    const auto prompt = "Value of " + name + " (it is not shown): ";
    if (::write(STDERR_FILENO, prompt.data(), prompt.size()) < 0) {
        return failure("cli/bad-value", "There is no terminal to ask for the value. Pipe it in.");
    }
    const Unshown unshown;
    auto line = readAll(STDIN_FILENO, "The value", true);
    if (line && line->size() - (line->ends_with('\n') ? 1 : 0) >= longestLine) {
        return failure("cli/bad-value",
                       "The value is longer than the 4,094 bytes that a terminal takes in one "
                       "line. Put it into a file and name that with --from-file.");
    }
    int more = 0;
    if (line && ::ioctl(STDIN_FILENO, FIONREAD, &more) == 0 && more > 0) {
        return failure("cli/bad-value",
                       "More than one line came, and a typed value is one. Nothing was set. Put "
                       "the value into a file and name that with --from-file.");
    }
    return line;
}

} // namespace

Result<std::string> readSecret(const std::string &name, const std::string &file)
{
    const bool isTyped = file.empty() && ::isatty(STDIN_FILENO) == 1;
    auto text = isTyped        ? ask(name)
                : file.empty() ? readAll(STDIN_FILENO, "Standard input", false)
                               : readFile(file);
    if (!text) {
        return text;
    }
    if (file.empty() && text->ends_with('\n')) {
        text->pop_back();
        if (text->ends_with('\r')) {
            text->pop_back();
        }
    }
    if (text->empty()) {
        return failure("cli/bad-value",
                       "No value came. Pipe it in, type it, or name a file with --from-file.");
    }
    if (!QUtf8StringView(text->data(), static_cast<qsizetype>(text->size())).isValidUtf8()) {
        return failure("cli/bad-value",
                       "The value is no UTF-8 text. Encode bytes first, with base64 say, and let the "
                       "function decode them.");
    }
    return text;
}

} // namespace nest::cli
