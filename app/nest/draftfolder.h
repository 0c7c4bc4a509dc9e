// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files of a local folder as a function's draft, and the way to make the platform's draft equal to them.
//
// Left out: node_modules, __pycache__, everything hidden (.git, .next, .cache …), what editors leave for a
// moment (x~, x.swp, #x#), symbolic links (they may lead out of the folder), special files. Limits are the
// platform's (GET /v1/openapi.json, builds/too-large), checked before anything is sent: 2,000 files, 5 MiB
// each, 50 MiB in all. Thread: main's.

#include "api/client/platformclient.h"

#include <QByteArray>
#include <QCoroTask>
#include <QString>

#include <string>
#include <vector>

class QFileInfo;

namespace nest::cli {

struct LocalFile
{
    std::string path; // with '/', relative to the folder
    QByteArray bytes;
};

struct DraftFolder
{
    std::vector<LocalFile> files; // ordered by path
    std::vector<std::string> skipped;
};

struct SyncSummary
{
    int sent = 0;
    int unchanged = 0;
    int removed = 0;
};

/// By its name or kind; nothing below such a folder is looked at.
[[nodiscard]] bool isLeftOut(const QFileInfo &entry);

/// Errors: `cli/bad-folder`: it is not there, has no function.yaml, is too large or cannot be read.
Result<DraftFolder> readDraftFolder(const QString &folder);

/// The file as the API takes it: text as it is, anything else in base 64.
wire::File toWire(const LocalFile &file);

/// Sends what differs and removes what the folder does not have. An unchanged file is not written, so an
/// unchanged folder needs no new build. Each write carries the etag that was read: somebody else's edit
/// meanwhile is `store/stale`, not lost.
QCoro::Task<Result<SyncSummary>> syncDraft(client::PlatformClient &client, std::string function,
                                           DraftFolder folder);

/// "3 files sent, 2 unchanged, 1 removed"
std::string summaryText(const SyncSummary &summary);

} // namespace nest::cli
