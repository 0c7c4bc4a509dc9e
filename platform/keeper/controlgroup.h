// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A control group: one folder of a cgroup2 file system (cgroups(7)). A plain path with the few things that
// are done with it; whoever has made a group removes it. One thread.

#include "platform/keeper/filedescriptor.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace nest::keeper {

class ControlGroup final
{
public:
    explicit ControlGroup(std::string path) : m_path(std::move(path)) {}

    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] std::string name() const { return m_path.substr(m_path.rfind('/') + 1); }
    [[nodiscard]] ControlGroup child(std::string_view name) const;
    [[nodiscard]] ControlGroup parent() const { return ControlGroup(m_path.substr(0, m_path.rfind('/'))); }
    /// It lies in a cgroup2 file system.
    [[nodiscard]] bool exists() const;
    [[nodiscard]] std::vector<ControlGroup> children() const;

    /// 0, else what errno says.
    [[nodiscard]] int make() const;
    /// 0, else what errno says.
    [[nodiscard]] int write(const char *file, std::string_view text) const;
    /// Empty when it is not there.
    [[nodiscard]] std::string read(const char *file) const;
    /// The number behind `key` ("oom_kill 1"), or the only one of the file when key is empty.
    [[nodiscard]] std::optional<long long> number(const char *file, std::string_view key = {}) const;
    /// In this very group, not below it.
    [[nodiscard]] std::vector<pid_t> processes() const;
    /// Somebody lives in it or below it.
    [[nodiscard]] bool isPopulated() const { return number("cgroup.events", "populated").value_or(0) != 0; }
    /// For a process that is to begin in it.
    [[nodiscard]] FileDescriptor open() const;

    /// SIGKILL to all in it and below it, at once. False where the kernel cannot (before Linux 5.14).
    bool kill() const { return write("cgroup.kill", "1") == 0; }
    /// False while somebody lives in it or below it.
    bool remove() const;
    /// Ends all in it, waits until they are gone, and removes it with all below it.
    bool clear(std::chrono::milliseconds limit) const;

private:
    std::string m_path;
};

/// The group of this process, as a folder that it can see; nothing where there is no cgroup2.
[[nodiscard]] std::optional<ControlGroup> ownControlGroup();

} // namespace nest::keeper
