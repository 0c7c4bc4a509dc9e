// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/store/filelock.h"

#include <cerrno>
#include <format>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace nest::store {

FileLock::FileLock(FileLock &&other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

FileLock &FileLock::operator=(FileLock &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

Result<FileLock> FileLock::take(const std::filesystem::path &path)
{
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return failure(
            "store/unwritable",
            std::format("The data folder {} cannot be written: {}. Mend its rights or name another folder.",
                        path.parent_path().string(), std::generic_category().message(errno)));
    }
    FileLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return failure(
            "store/locked",
            std::format("Another nestd uses the data folder {}. Stop that one or name another folder.",
                        path.parent_path().string()));
    }
    return lock;
}

} // namespace nest::store
