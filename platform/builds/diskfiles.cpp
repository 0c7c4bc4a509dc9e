// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/diskfiles.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <format>

namespace nest::builds {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> diskError(std::string_view what, const std::string &path, int number)
{
    return failure("builds/artefact", std::format("Could not {} {}: {}.", what, path, ::strerror(number)));
}

/// Closes on leaving; the file's content is on disk when writeTo() with sync succeeded.
class File final
{
public:
    explicit File(int descriptor) : m_descriptor(descriptor) {}
    ~File()
    {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;

    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

    bool write(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            const auto written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                return false;
            }
            bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        return true;
    }

private:
    int m_descriptor;
};

Result<> makeFolders(const std::string &path)
{
    std::error_code error;
    fs::create_directories(path, error);
    return error ? Result<>(diskError("make the folder", path, error.value())) : Result<>();
}

void syncFolder(const std::string &path)
{
    const File folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.isOpen()) {
        ::fsync(folder.descriptor());
    }
}

Result<> writeNew(const std::string &path, std::string_view content, mode_t mode, bool sync)
{
    const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file.isOpen() || !file.write(content) || ::fchmod(file.descriptor(), mode) != 0 ||
        (sync && ::fsync(file.descriptor()) != 0)) {
        return diskError("write", path, errno);
    }
    return {};
}

Result<> writeAll(const std::string &folder, const BuildFiles &files, mode_t mode)
{
    for (const auto &file : files) {
        const auto path = folder + '/' + file.path;
        if (auto made = makeFolders(fs::path(path).parent_path().string()); !made) {
            return made;
        }
        if (auto written = writeNew(path, file.content, mode, false); !written) {
            return written;
        }
    }
    return {};
}

void setFolderModes(const std::string &folder, mode_t mode)
{
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (entry->is_directory(error) && !entry->is_symlink(error)) {
            ::chmod(entry->path().c_str(), mode);
        }
    }
    ::chmod(folder.c_str(), mode);
}

} // namespace

bool isTemporaryName(std::string_view fileName)
{
    return fileName.starts_with('.');
}

Result<std::string> readWholeFile(const std::string &path, std::size_t limit)
{
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat about{};
    if (!file.isOpen() || ::fstat(file.descriptor(), &about) != 0) {
        return diskError("read", path, errno);
    }
    if (!S_ISREG(about.st_mode) || static_cast<std::size_t>(about.st_size) > limit) {
        return failure("builds/artefact",
                       std::format("{} is no plain file of at most {} bytes.", path, limit));
    }
    std::string content(static_cast<std::size_t>(about.st_size), '\0');
    for (std::size_t done = 0; done < content.size();) {
        const auto got = ::read(file.descriptor(), content.data() + done, content.size() - done);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return diskError("read", path, got == 0 ? EIO : errno);
        }
        done += got < 0 ? 0 : static_cast<std::size_t>(got);
    }
    return content;
}

Result<> writeFileAtomically(const std::string &path, std::string_view content)
{
    const auto parent = fs::path(path).parent_path().string();
    const auto folder = makeTemporaryFolder(parent, "write");
    if (!folder) {
        return std::unexpected(folder.error());
    }
    const auto temporary = *folder + "/file";
    auto written = writeNew(temporary, content, 0644, true);
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
        written = diskError("write", path, errno);
    }
    removeTree(*folder);
    syncFolder(parent);
    return written;
}

Result<> writeFolderAtomically(const std::string &folder, const BuildFiles &files)
{
    const auto parent = fs::path(folder).parent_path().string();
    const auto temporary = makeTemporaryFolder(parent, "unpack");
    if (!temporary) {
        return std::unexpected(temporary.error());
    }
    auto written = writeAll(*temporary, files, 0444);
    if (written) {
        setFolderModes(*temporary, 0555);
        if (::rename(temporary->c_str(), folder.c_str()) == 0) {
            syncFolder(parent);
            return {};
        }
        const int number = errno;
        std::error_code ignored;
        const bool isThere = (number == EEXIST || number == ENOTEMPTY) && fs::is_directory(folder, ignored);
        written = isThere ? Result<>() : Result<>(diskError("unpack", folder, number));
    }
    removeTree(*temporary);
    return written;
}

Result<> writeFiles(const std::string &folder, const BuildFiles &files)
{
    return writeAll(folder, files, 0644);
}

Result<std::string> makeTemporaryFolder(const std::string &parent, const std::string &prefix)
{
    if (auto made = makeFolders(parent); !made) {
        return std::unexpected(made.error());
    }
    std::string path = parent + "/." + prefix + "-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) {
        return diskError("make a folder in", parent, errno);
    }
    return path;
}

void removeTree(const std::string &path)
{
    std::error_code error;
    if (fs::is_directory(fs::symlink_status(path, error))) {
        setFolderModes(path, 0700);
    }
    fs::remove_all(path, error);
}

} // namespace nest::builds
