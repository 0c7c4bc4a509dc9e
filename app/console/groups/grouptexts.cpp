// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/groups/grouptexts.h"

#include "widgets/shell/shellstate.h"

#include <QCoreApplication>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype longestPart = 40;

struct GroupTexts
{
    Q_DECLARE_TR_FUNCTIONS(GroupTexts)
};
} // namespace

QString partProblem(const QString &part)
{
    if (part.isEmpty()) {
        return GroupTexts::tr("Give it a name.");
    }
    const bool isGood = std::ranges::all_of(part, [](QChar letter) {
        return (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9') || letter == u'-';
    });
    if (!isGood) {
        return GroupTexts::tr("Use a to z, 0 to 9 and the dash.");
    }
    return part.size() > longestPart ? GroupTexts::tr("Use at most 40 letters.") : QString();
}

QString endText(const wire::Group &group, wire::Time now)
{
    if (!group.expiresAt) {
        return {};
    }
    return *group.expiresAt > now ? GroupTexts::tr("ends in %1").arg(widgets::ageText(*group.expiresAt - now))
                                  : GroupTexts::tr("ended");
}

} // namespace nest::console
