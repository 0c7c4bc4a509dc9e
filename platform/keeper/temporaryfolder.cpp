// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/temporaryfolder.h"

#include "platform/keeper/filedescriptor.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

namespace nest::keeper {
namespace {

// Each costs a descriptor while it is walked through.
constexpr int mostDepth = 200;
constexpr double bytesOfMegabyte = 1024.0 * 1024.0;
constexpr double bytesOfBlock = 512;

using Folder = std::unique_ptr<DIR, decltype([](DIR *folder) { ::closedir(folder); })>;

Folder openFolder(int parent, const char *name)
{
    constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    FileDescriptor folder(::openat(parent, name, flags));
    if (!folder.isOpen() && errno == EACCES) {
        ::fchmodat(parent, name, S_IRWXU, AT_SYMLINK_NOFOLLOW);
        folder = FileDescriptor(::openat(parent, name, flags));
    }
    return Folder(folder.isOpen() ? ::fdopendir(folder.release()) : nullptr);
}

template <typename Visit>
void eachEntry(DIR *folder, const Visit &visit)
{
    while (const auto *entry = ::readdir(folder)) {
        const std::string name = entry->d_name;
        if (name != "." && name != ".." && !visit(name)) {
            return;
        }
    }
}

void count(DIR *folder, int depth, const FolderUse &most, FolderUse &use)
{
    eachEntry(folder, [&](const std::string &name) {
        struct stat status{};
        if (::fstatat(::dirfd(folder), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
            return true; // it has gone
        }
        ++use.files;
        use.megabytes += static_cast<double>(status.st_blocks) * bytesOfBlock / bytesOfMegabyte;
        if (S_ISDIR(status.st_mode)) {
            const auto inner = openFolder(::dirfd(folder), name.c_str());
            if (inner && depth < mostDepth) {
                count(inner.get(), depth + 1, most, use);
            } else if (inner) {
                use.files = most.files + 1; // nobody needs folders as deep as this
            }
        }
        return use.files <= most.files && use.megabytes <= most.megabytes;
    });
}

/// Out of its parent, into the folder above all, under a name that nothing there has.
bool moveUp(int parent, const std::string &name, int top, long long &number)
{
    constexpr long long mostTries = 100'000; // what was in the box may have taken names
    for (const auto last = number + mostTries; number < last;) {
        const auto place = ".nest-" + std::to_string(++number);
        if (::renameat2(parent, name.c_str(), top, place.c_str(), RENAME_NOREPLACE) == 0) {
            return true;
        }
        if (errno != EEXIST) {
            return false;
        }
    }
    return false;
}

void removeEntries(DIR *folder, int top, int depth, long long &number)
{
    eachEntry(folder, [&](const std::string &name) {
        const int parent = ::dirfd(folder);
        if (::unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT) {
            return true;
        }
        if (depth >= mostDepth) {
            return moveUp(parent, name, top, number);
        }
        if (const auto inner = openFolder(parent, name.c_str())) {
            removeEntries(inner.get(), top, depth + 1, number);
        }
        ::unlinkat(parent, name.c_str(), AT_REMOVEDIR);
        return true;
    });
}

} // namespace

FolderUse folderUse(const std::string &folder, const FolderUse &most)
{
    FolderUse use;
    if (const auto open = openFolder(AT_FDCWD, folder.c_str())) {
        count(open.get(), 0, most, use);
    }
    return use;
}

void removeFolder(const std::string &folder)
{
    constexpr int mostRounds = 1000; // of what was too deep
    long long number = 0;
    for (int round = 0; round < mostRounds; ++round) {
        const auto open = openFolder(AT_FDCWD, folder.c_str());
        if (!open) {
            return;
        }
        removeEntries(open.get(), ::dirfd(open.get()), 0, number);
        if (::rmdir(folder.c_str()) == 0) {
            return;
        }
    }
}

Result<TemporaryFolder> TemporaryFolder::make(const std::string &path)
{
    removeFolder(path);
    std::error_code error;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
    if (::mkdir(path.c_str(), S_IRWXU) != 0) {
        return failure("keeper/folder", "The temporary folder '" + path +
                                            "' could not be made: " + std::strerror(errno) + ".");
    }
    TemporaryFolder folder;
    folder.m_path = path;
    return folder;
}

TemporaryFolder::TemporaryFolder(TemporaryFolder &&other) noexcept : m_path(std::exchange(other.m_path, {}))
{}

TemporaryFolder &TemporaryFolder::operator=(TemporaryFolder &&other) noexcept
{
    std::swap(m_path, other.m_path);
    return *this;
}

TemporaryFolder::~TemporaryFolder()
{
    if (!m_path.empty()) {
        removeFolder(m_path);
    }
}

} // namespace nest::keeper
