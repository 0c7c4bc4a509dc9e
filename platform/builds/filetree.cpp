// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/filetree.h"

#include "platform/builds/diskfiles.h"
#include "platform/builds/paths.h"

#include <sys/stat.h>

#include <filesystem>
#include <format>

namespace nest::builds {

namespace {

namespace fs = std::filesystem;

std::unexpected<Error> badOf(const TreeWords &words, const std::string &path, std::string_view what)
{
    return failure("builds/bad-packages",
                   std::format("{} cannot be used: '{}' {}.", words.subject, path, what));
}

} // namespace

TreeSize sizeOf(const std::string &folder, const TreeSize &most)
{
    TreeSize size;
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        std::error_code gone;
        if (entry->is_regular_file(gone) && !entry->is_symlink(gone)) {
            const auto bytes = entry->file_size(gone);
            size.bytes += gone ? 0 : bytes;
        }
        if (++size.files > most.files || size.bytes > most.bytes) {
            break;
        }
    }
    return size;
}

Result<> checkTree(const std::string &folder, const std::string &name, const TreeWords &words)
{
    const auto bad = [&](const std::string &path, std::string_view what) {
        return badOf(words, path, what);
    };
    std::size_t files = 0;
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const auto path = name + '/' + entry->path().lexically_relative(folder).string();
        struct stat about{};
        if (::lstat(entry->path().c_str(), &about) != 0) {
            return bad(path, "cannot be read");
        }
        if (S_ISDIR(about.st_mode)) {
            continue;
        }
        if (S_ISLNK(about.st_mode)) {
            return bad(path, "is a link" + std::string(words.linkAdvice));
        }
        if (!S_ISREG(about.st_mode)) {
            return bad(path, "is a device, a socket or a pipe");
        }
        if ((about.st_mode & (S_ISUID | S_ISGID)) != 0) {
            return bad(path, "would run as another user (setuid)");
        }
        if (static_cast<std::size_t>(about.st_size) > maxPackageFileBytes) {
            return bad(path, "has more than 64 MiB");
        }
        if (const auto checked = checkPath(path); !checked) {
            return bad(path, "has a name that no artefact may hold");
        }
        bytes += static_cast<std::uintmax_t>(about.st_size);
        if (++files > maxPackageFiles || bytes > maxPackageBytes) {
            return failure("builds/bad-packages", std::format("{} have more than 50,000 files or 256 MiB. {}",
                                                              words.subject, words.sizeAdvice));
        }
    }
    return error ? Result<>(bad(name, "cannot be read: " + error.message())) : Result<>();
}

Result<BuildFiles> readTree(const std::string &folder, const std::string &name, const TreeWords &words)
{
    if (auto checked = checkTree(folder, name, words); !checked) {
        return std::unexpected(checked.error());
    }
    BuildFiles files;
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (!entry->is_regular_file()) {
            continue;
        }
        auto content = readWholeFile(entry->path().string(), maxPackageFileBytes);
        if (!content) {
            return std::unexpected(content.error());
        }
        files.push_back(
            {name + '/' + entry->path().lexically_relative(folder).string(), std::move(*content)});
    }
    if (error) {
        return badOf(words, name, "cannot be read: " + error.message());
    }
    return files;
}

} // namespace nest::builds
