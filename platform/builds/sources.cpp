// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/sources.h"

#include "platform/builds/filecontent.h"
#include "platform/builds/packagejson.h"
#include "platform/builds/paths.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <format>

namespace nest::builds {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view packageJson = "package.json";

/// Owns a descriptor; -1 is none.
class Descriptor final
{
public:
    explicit Descriptor(int number) : m_number(number) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    [[nodiscard]] int number() const { return m_number; }
    void replace(int number)
    {
        close();
        m_number = number;
    }

private:
    void close() const
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    int m_number;
};

std::unexpected<Error> unreadable(const std::string &path, int number)
{
    return failure("builds/artefact",
                   std::format("'{}' of the artefact cannot be read: {}. Build the function again.", path,
                               ::strerror(number)));
}

/// Part by part and never through a link, so that nothing outside `folder` can be reached.
Result<std::optional<std::string>> readBelow(const std::string &folder, const std::string &path)
{
    Descriptor at(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    for (std::size_t begin = 0; at.number() >= 0 && begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        const bool isLast = end == path.size();
        at.replace(::openat(at.number(), path.substr(begin, end - begin).c_str(),
                            O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | (isLast ? 0 : O_DIRECTORY)));
        begin = end + 1;
    }
    struct stat info{};
    if (at.number() < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)) {
        return std::optional<std::string>();
    }
    if (at.number() < 0 || ::fstat(at.number(), &info) != 0) {
        return unreadable(path, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return std::optional<std::string>();
    }
    if (info.st_size > static_cast<off_t>(maxFileBytes)) {
        return unreadable(path, EFBIG);
    }
    std::string content(static_cast<std::size_t>(info.st_size), '\0');
    for (std::size_t done = 0; done < content.size();) {
        const auto got = ::read(at.number(), content.data() + done, content.size() - done);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return unreadable(path, got == 0 ? EIO : errno);
        }
        done += got < 0 ? 0 : static_cast<std::size_t>(got);
    }
    return content;
}

bool isInNodeModules(std::string_view path)
{
    return path.starts_with("node_modules/") || path.contains("/node_modules/");
}

/// Without a note: packages are the build's, and so is a package.json that says what the build writes.
bool isInferred(const std::string &folder, const std::string &path)
{
    if (isInNodeModules(path)) {
        return false;
    }
    if (path != packageJson) {
        return true;
    }
    const auto content = readBelow(folder, path);
    const auto added = withPackageType({});
    return !content || !*content || **content != added.front().content;
}

Result<std::vector<wire::File>> inferredSources(const std::string &folder)
{
    std::vector<wire::File> files;
    std::error_code error;
    for (auto entry = fs::recursive_directory_iterator(folder, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (entry->symlink_status().type() != fs::file_type::regular) {
            continue;
        }
        auto path = entry->path().lexically_relative(folder).generic_string();
        if (isInferred(folder, path)) {
            wire::File file;
            file.path = std::move(path);
            file.status = wire::FileStatus{static_cast<std::int64_t>(entry->file_size()), std::nullopt};
            files.push_back(std::move(file));
        }
    }
    if (error) {
        return unreadable(folder, error.value());
    }
    return files;
}

} // namespace

Sources sourcesOf(const BuildFiles &draft)
{
    Sources note;
    for (const auto &file : draft) {
        const bool isChanged =
            file.path == packageJson && withPackageType({file}).front().content != file.content;
        auto entry = wireFile(file.path, isChanged ? file.content : std::string());
        entry.status->sizeBytes = static_cast<std::int64_t>(file.content.size());
        note.items.push_back(std::move(entry));
    }
    std::ranges::sort(note.items, {}, &wire::File::path);
    return note;
}

Result<std::vector<wire::File>> listSources(const ArtefactStore &store, const std::string &digest,
                                            const std::optional<Sources> &note)
{
    const auto folder = store.unpack(digest);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    auto files = note ? Result<std::vector<wire::File>>(note->items) : inferredSources(*folder);
    if (files) {
        std::ranges::sort(*files, {}, &wire::File::path);
        for (auto &file : *files) {
            file.content.clear();
            file.encoding = wire::FileEncoding::Utf8;
        }
    }
    return files;
}

Result<std::optional<wire::File>> readSource(const ArtefactStore &store, const std::string &digest,
                                             const std::string &path, const std::optional<Sources> &note)
{
    if (!checkPath(path)) {
        return std::optional<wire::File>();
    }
    const auto folder = store.unpack(digest);
    if (!folder) {
        return std::unexpected(folder.error());
    }
    if (note) {
        const auto noted = std::ranges::find(note->items, path, &wire::File::path);
        if (noted == note->items.end()) {
            return std::optional<wire::File>();
        }
        if (!noted->content.empty()) {
            return *noted;
        }
    } else if (!isInferred(*folder, path)) {
        return std::optional<wire::File>();
    }
    auto content = readBelow(*folder, path);
    if (!content) {
        return std::unexpected(content.error());
    }
    if (!*content && note) { // the draft had it, so somebody took it out of the unpacked folder
        return unreadable(path, ENOENT);
    }
    return *content ? std::optional(wireFile(path, std::move(**content))) : std::nullopt;
}

} // namespace nest::builds
