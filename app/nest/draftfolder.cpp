// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/nest/draftfolder.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <format>
#include <map>

namespace nest::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t maxFiles = 2'000;
constexpr qint64 maxFileBytes = 5 * 1024 * 1024;
constexpr qint64 maxDraftBytes = 50 * 1024 * 1024;

std::unexpected<Error> badFolder(const QString &what)
{
    return failure("cli/bad-folder", what.toStdString());
}

/// Depth first, so that nothing below a folder that is left out is looked at.
Result<> collect(const QString &root, const QString &below, DraftFolder &folder, qint64 &bytes)
{
    const QDir directory(below.isEmpty() ? root : root + u'/' + below);
    const auto entries = directory.entryInfoList(
        QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
    for (const auto &entry : entries) {
        const QString path = below.isEmpty() ? entry.fileName() : below + u'/' + entry.fileName();
        if (isLeftOut(entry)) {
            folder.skipped.push_back(path.toStdString() + (entry.isDir() && !entry.isSymLink() ? "/" : ""));
            continue;
        }
        if (entry.isDir()) {
            if (auto done = collect(root, path, folder, bytes); !done) {
                return done;
            }
            continue;
        }
        if (!entry.isFile()) {
            folder.skipped.push_back(path.toStdString());
            continue;
        }
        bytes += entry.size();
        if (entry.size() > maxFileBytes) {
            return badFolder(
                path + u" has more than 5 MiB, the most a draft file may have. Move it out of the folder."_s);
        }
        if (bytes > maxDraftBytes || folder.files.size() >= maxFiles) {
            return badFolder(
                root +
                u" has more than a draft may hold (2,000 files, 50 MiB). Name the function's own folder."_s);
        }
        QFile file(entry.filePath());
        if (!file.open(QIODevice::ReadOnly)) {
            if (!QFileInfo::exists(entry.filePath())) {
                continue; // an editor's, gone meanwhile
            }
            return badFolder(path + u" cannot be read: "_s + file.errorString() + u'.');
        }
        folder.files.push_back({path.toStdString(), file.readAll()});
    }
    return {};
}

} // namespace

bool isLeftOut(const QFileInfo &entry)
{
    const auto name = entry.fileName();
    const bool isTemporary = name.endsWith(u'~') || name.endsWith(".swp"_L1) ||
                             (name.startsWith(u'#') && name.endsWith(u'#')) || name == "4913"_L1;
    return name.startsWith(u'.') || isTemporary || entry.isSymLink() ||
           (entry.isDir() && (name == "node_modules"_L1 || name == "__pycache__"_L1));
}

Result<DraftFolder> readDraftFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (!info.isDir()) {
        return badFolder(u"%1 is not a folder. Name the folder that holds function.yaml."_s.arg(folder));
    }
    DraftFolder draft;
    qint64 bytes = 0;
    if (auto done = collect(info.absoluteFilePath(), {}, draft, bytes); !done) {
        return std::unexpected(std::move(done.error()));
    }
    std::ranges::sort(draft.files, {}, &LocalFile::path);
    if (std::ranges::find(draft.files, "function.yaml", &LocalFile::path) == draft.files.end()) {
        // The draft is made equal to the folder: a wrong folder would empty it.
        return badFolder(
            u"%1 has no function.yaml, so it is no function's folder. `nest create NAME` makes one "
            u"from a template."_s.arg(folder));
    }
    return draft;
}

wire::File toWire(const LocalFile &file)
{
    wire::File wired;
    wired.path = file.path;
    if (file.bytes.isValidUtf8() && !file.bytes.contains('\0')) {
        wired.content = file.bytes.toStdString();
    } else {
        wired.encoding = wire::FileEncoding::Base64;
        wired.content = file.bytes.toBase64().toStdString();
    }
    return wired;
}

QCoro::Task<Result<SyncSummary>> syncDraft(client::PlatformClient &client, std::string function,
                                           DraftFolder folder)
{
    auto present = co_await client.files(function);
    if (!present) {
        co_return std::unexpected(std::move(present.error()));
    }
    std::map<std::string, wire::File> remaining;
    for (auto &file : present->items) {
        remaining.emplace(file.path, std::move(file));
    }
    SyncSummary summary;
    for (const auto &local : folder.files) {
        auto next = toWire(local);
        if (const auto found = remaining.find(local.path); found != remaining.end()) {
            const bool sameSize =
                found->second.status && found->second.status->sizeBytes == local.bytes.size();
            next.etag = found->second.etag;
            remaining.erase(found);
            if (sameSize) { // only then is it worth reading
                const auto there = co_await client.file(function, local.path);
                if (!there) {
                    co_return std::unexpected(there.error());
                }
                if (there->encoding == next.encoding && there->content == next.content) {
                    ++summary.unchanged;
                    continue;
                }
            }
        }
        const auto put = co_await client.putFile(function, std::move(next));
        if (!put) {
            auto error = put.error();
            error.detail = local.path + ": " + error.detail;
            co_return std::unexpected(std::move(error));
        }
        ++summary.sent;
    }
    for (const auto &[path, file] : remaining) {
        const auto removed = co_await client.deleteFile(function, path, file.etag.value_or(""));
        if (!removed) {
            co_return std::unexpected(removed.error());
        }
        ++summary.removed;
    }
    co_return summary;
}

std::string summaryText(const SyncSummary &summary)
{
    return std::format("{} {} sent, {} unchanged, {} removed", summary.sent,
                       summary.sent == 1 ? "file" : "files", summary.unchanged, summary.removed);
}

} // namespace nest::cli
