// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/controlgroup.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/statfs.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace nest::keeper {
namespace {

constexpr mode_t folderMode = 0755;

bool isWithin(const std::string &path, const std::string &folder)
{
    return folder == "/" || path == folder || path.starts_with(folder + "/");
}

} // namespace

ControlGroup ControlGroup::child(std::string_view name) const
{
    return ControlGroup(m_path + "/" + std::string(name));
}

bool ControlGroup::exists() const
{
    struct statfs about{};
    return ::statfs(m_path.c_str(), &about) == 0 && about.f_type == CGROUP2_SUPER_MAGIC;
}

std::vector<ControlGroup> ControlGroup::children() const
{
    std::vector<ControlGroup> found;
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator(m_path, error);
         !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        if (std::error_code ignored; entry->is_directory(ignored)) {
            found.emplace_back(entry->path().string());
        }
    }
    return found;
}

int ControlGroup::make() const
{
    return ::mkdir(m_path.c_str(), folderMode) == 0 ? 0 : errno;
}

int ControlGroup::write(const char *file, std::string_view text) const
{
    const FileDescriptor opened(::open((m_path + "/" + file).c_str(), O_WRONLY | O_CLOEXEC));
    if (!opened.isOpen() || ::write(opened.get(), text.data(), text.size()) < 0) {
        return errno;
    }
    return 0;
}

std::string ControlGroup::read(const char *file) const
{
    const FileDescriptor opened(::open((m_path + "/" + file).c_str(), O_RDONLY | O_CLOEXEC));
    std::string text;
    std::array<char, 4096> bytes; // filled by read
    for (ssize_t got = 1; opened.isOpen() && got > 0;) {
        got = ::read(opened.get(), bytes.data(), bytes.size());
        text.append(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    return text;
}

std::optional<long long> ControlGroup::number(const char *file, std::string_view key) const
{
    const auto text = read(file);
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        const bool isIt = key.empty() || (line.starts_with(key) && line.substr(key.size()).starts_with(' '));
        const auto digits = line.substr(key.empty() ? 0 : std::min(line.size(), key.size() + 1));
        long long value = 0;
        if (isIt && std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc()) {
            return value;
        }
    }
    return std::nullopt;
}

std::vector<pid_t> ControlGroup::processes() const
{
    std::istringstream lines(read("cgroup.procs"));
    std::vector<pid_t> found;
    for (pid_t process = 0; lines >> process;) {
        found.push_back(process); // 0: one of a namespace that we do not see
    }
    return found;
}

FileDescriptor ControlGroup::open() const
{
    return FileDescriptor(::open(m_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

bool ControlGroup::remove() const
{
    return ::rmdir(m_path.c_str()) == 0 || errno == ENOENT;
}

bool ControlGroup::clear(std::chrono::milliseconds limit) const
{
    const auto until = std::chrono::steady_clock::now() + limit;
    const FileDescriptor events(::open((m_path + "/cgroup.events").c_str(), O_RDONLY | O_CLOEXEC));
    kill();
    while (isPopulated()) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0) {
            return false;
        }
        char byte = 0; // the file must have been read for a later change to be told
        [[maybe_unused]] const auto got = ::pread(events.get(), &byte, 1, 0);
        pollfd change{events.get(), POLLPRI, 0};
        if (isPopulated()) {
            ::poll(&change, 1, static_cast<int>(left.count()));
        }
    }
    for (const auto &below : children()) {
        below.clear(std::chrono::milliseconds::zero());
    }
    return remove();
}

std::optional<ControlGroup> ownControlGroup()
{
    std::string own; // "0::/a/b"
    std::ifstream groups("/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        if (line.starts_with("0::")) {
            own = line.substr(3);
        }
    }
    if (own.empty() || own.starts_with("/..")) { // none, or outside what this namespace shows
        return std::nullopt;
    }
    // proc_pid_mountinfo(5): id, parent, device, root, place, options …, "-", kind
    std::ifstream mounts("/proc/self/mountinfo");
    for (std::string line; std::getline(mounts, line);) {
        std::istringstream words(line);
        std::string id;
        std::string parent;
        std::string device;
        std::string root;
        std::string place;
        words >> id >> parent >> device >> root >> place;
        if (line.find(" - cgroup2 ") == std::string::npos || !isWithin(own, root)) {
            continue;
        }
        const auto below = root == "/" ? own : own.substr(root.size());
        ControlGroup group(place + (below == "/" ? std::string() : below));
        if (group.exists()) { // else something is mounted over it
            return group;
        }
    }
    return std::nullopt;
}

} // namespace nest::keeper
