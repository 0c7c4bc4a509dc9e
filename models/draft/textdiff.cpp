// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/draft/textdiff.h"

#include <git2.h>

#include <memory>

namespace nest::models {

QString unifiedDiff(const QString &before, const QString &after, const QString &path)
{
    git_libgit2_init();
    const QByteArray first = before.toUtf8();
    const QByteArray second = after.toUtf8();
    const QByteArray name = path.toUtf8();
    git_patch *made = nullptr;
    QString text;
    if (git_patch_from_buffers(&made, first.constData(), static_cast<size_t>(first.size()), name.constData(),
                               second.constData(), static_cast<size_t>(second.size()), name.constData(),
                               nullptr) == 0) {
        const std::unique_ptr<git_patch, decltype(&git_patch_free)> patch(made, &git_patch_free);
        git_buf buffer = GIT_BUF_INIT;
        if (git_patch_to_buf(&buffer, patch.get()) == 0) {
            text = QString::fromUtf8(buffer.ptr, static_cast<qsizetype>(buffer.size));
            text = text.mid(std::max<qsizetype>(text.indexOf(QLatin1StringView("@@")), 0)); // without names
        }
        git_buf_dispose(&buffer);
    }
    git_libgit2_shutdown();
    return text;
}

} // namespace nest::models
