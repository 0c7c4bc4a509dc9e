// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/filenotices.h"

#include <QLocale>

namespace nest::console {

using namespace Qt::StringLiterals;

Notice FileNotices::conflict(const models::DraftConflict &theirs, bool isComparing)
{
    const QString at = theirs.changedAt
                           ? QDateTime::fromMSecsSinceEpoch(theirs.changedAt->time_since_epoch().count())
                                 .toString(u"HH:mm:ss"_s)
                           : QString();
    Notice notice{.id = u"conflict"_s,
                  .tone = widgets::Tone::Bad,
                  .fact = tr("Changed elsewhere at %1 while you changed it.").arg(at),
                  .detail = tr("Your text is kept here; nothing is saved until you choose."),
                  .choices = {},
                  .canClose = false};
    if (theirs.isDeleted) {
        notice.fact = tr("Deleted elsewhere while you changed it.");
        notice.choices = {{u"mine"_s, tr("Keep mine")}, {u"theirs"_s, tr("Delete it here too")}};
        return notice;
    }
    if (at.isEmpty()) {
        notice.fact = tr("Changed elsewhere while you changed it.");
    }
    notice.choices = {{u"compare"_s, isComparing ? tr("Back to the text") : tr("Compare")},
                      {u"mine"_s, tr("Keep mine")},
                      {u"theirs"_s, tr("Take theirs")}};
    return notice;
}

Notice FileNotices::closing(const QString &path)
{
    return {.id = u"closing"_s,
            .tone = widgets::Tone::Warn,
            .fact = tr("%1 is not saved.").arg(path.section(u'/', -1)),
            .detail = {},
            .choices = {{u"save"_s, tr("Save and close")},
                        {u"discard"_s, tr("Throw away and close")},
                        {u"stay"_s, tr("Keep editing")}},
            .canClose = false};
}

Notice FileNotices::restored(const QDateTime &keptAt)
{
    return {.id = u"restored"_s,
            .tone = widgets::Tone::Info,
            .fact = tr("Unsaved text from %1 was restored.")
                        .arg(QLocale().toString(keptAt.toLocalTime(), u"MM-dd HH:mm:ss"_s)),
            .detail = {},
            .choices = {{u"discard"_s, tr("Throw it away")}},
            .canClose = true};
}

} // namespace nest::console
