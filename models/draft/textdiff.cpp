// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/draft/textdiff.h"

#include "models/diff/linediff.h"

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

/// "3,2"; "3" for one line.
QString place(int start, int lines)
{
    return lines == 1 ? QString::number(start) : u"%1,%2"_s.arg(start).arg(lines);
}

} // namespace

QString unifiedDiff(const QString &before, const QString &after, const QString &path)
{
    const std::string first = before.toStdString();
    const std::string second = after.toStdString();
    QString text;
    for (const DiffHunk &hunk : diffTexts(path.toStdString(), first, second).hunks) {
        text +=
            u"@@ -%1 +%2 @@"_s.arg(place(hunk.oldStart, hunk.oldLines), place(hunk.newStart, hunk.newLines));
        text += hunk.heading.empty() ? u"\n"_s : u' ' + QString::fromStdString(hunk.heading) + u'\n';
        for (const DiffLine &line : hunk.lines) {
            text += line.kind == DiffLine::Kind::Added     ? u'+'
                    : line.kind == DiffLine::Kind::Removed ? u'-'
                                                           : u' ';
            text += QString::fromStdString(line.text) + u'\n';
        }
    }
    return text;
}

} // namespace nest::models
