// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/tararchive.h"

#include "platform/builds/paths.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <format>
#include <memory>

namespace nest::builds {

namespace {

using WriteArchive = std::unique_ptr<archive, decltype(&archive_write_free)>;
using ReadArchive = std::unique_ptr<archive, decltype(&archive_read_free)>;
using Entry = std::unique_ptr<archive_entry, decltype(&archive_entry_free)>;

la_ssize_t appendBytes(archive * /*unused*/, void *text, const void *bytes, std::size_t size)
{
    static_cast<std::string *>(text)->append(static_cast<const char *>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

std::unexpected<Error> bad(std::string_view what)
{
    return failure("builds/bad-artefact",
                   std::format("The artefact cannot be unpacked: {}. Build the function again.", what));
}

Result<std::string> readContent(archive *from, const std::string &path)
{
    std::string content;
    const void *bytes = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    int status = ARCHIVE_OK;
    while ((status = archive_read_data_block(from, &bytes, &size, &offset)) == ARCHIVE_OK) {
        // A sparse entry would jump; a draft has no holes.
        if (offset != static_cast<la_int64_t>(content.size()) ||
            content.size() + size > artefactLimits.fileBytes) {
            return bad(std::format("'{}' is sparse or too large", path));
        }
        content.append(static_cast<const char *>(bytes), size);
    }
    if (status != ARCHIVE_EOF) {
        return bad(std::format("'{}' is cut off", path));
    }
    return content;
}

} // namespace

Result<std::string> writeTar(const BuildFiles &files)
{
    std::vector<const BuildFile *> sorted;
    sorted.reserve(files.size());
    for (const auto &file : files) {
        sorted.push_back(&file);
    }
    std::ranges::sort(sorted, {}, [](const BuildFile *file) -> const std::string & { return file->path; });

    std::string tar;
    const WriteArchive writer(archive_write_new(), &archive_write_free);
    archive_write_set_format_pax_restricted(writer.get());
    // Names are bytes here; without this libarchive would ask the process' locale.
    archive_write_set_options(writer.get(), "hdrcharset=BINARY");
    archive_write_set_bytes_in_last_block(writer.get(), 1);
    bool isWritten = archive_write_open(writer.get(), &tar, nullptr, &appendBytes, nullptr) == ARCHIVE_OK;
    for (const auto *file : sorted) {
        const Entry entry(archive_entry_new(), &archive_entry_free);
        archive_entry_set_pathname(entry.get(), file->path.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file->content.size()));
        archive_entry_set_mtime(entry.get(), 0, 0);
        archive_entry_set_uid(entry.get(), 0);
        archive_entry_set_gid(entry.get(), 0);
        isWritten = isWritten && archive_write_header(writer.get(), entry.get()) == ARCHIVE_OK &&
                    archive_write_data(writer.get(), file->content.data(), file->content.size()) ==
                        static_cast<la_ssize_t>(file->content.size());
    }
    isWritten = isWritten && archive_write_close(writer.get()) == ARCHIVE_OK;
    if (!isWritten) {
        const char *reason = archive_error_string(writer.get());
        return failure("builds/artefact", std::format("The artefact could not be written: {}.",
                                                      reason ? reason : "unknown reason"));
    }
    return tar;
}

Result<BuildFiles> readTar(std::string_view tar)
{
    const ReadArchive reader(archive_read_new(), &archive_read_free);
    archive_read_support_format_tar(reader.get());
    archive_read_set_options(reader.get(), "hdrcharset=BINARY");
    if (archive_read_open_memory(reader.get(), tar.data(), tar.size()) != ARCHIVE_OK) {
        return bad("it is no tar archive");
    }
    BuildFiles files;
    archive_entry *entry = nullptr;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        const std::string path = name == nullptr ? "" : name;
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr ||
            archive_entry_symlink(entry) != nullptr) {
            return bad(std::format("'{}' is not a plain file", path));
        }
        if (const auto checked = checkPath(path); !checked) {
            return bad(checked.error().detail);
        }
        if (files.size() >= artefactLimits.files) {
            return bad("it has too many files");
        }
        auto content = readContent(reader.get(), path);
        if (!content) {
            return std::unexpected(content.error());
        }
        files.push_back({path, std::move(*content)});
    }
    if (status != ARCHIVE_EOF) {
        return bad("it is damaged");
    }
    if (const auto checked = checkFiles(files, artefactLimits); !checked) {
        return bad(checked.error().detail);
    }
    return files;
}

} // namespace nest::builds
