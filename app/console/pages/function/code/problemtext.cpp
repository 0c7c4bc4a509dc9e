// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/problemtext.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using Side = ProblemLine::Side;

namespace {

constexpr qsizetype mostLines = 8; // of a side; the tooltip has all
constexpr qsizetype longestInline = 60;

class Texts // gives the translations a name
{
    Q_DECLARE_TR_FUNCTIONS(ProblemText)
};

QString text(const std::optional<std::string> &value)
{
    return QString::fromStdString(value.value_or(std::string()));
}

void addSide(std::vector<ProblemLine> &to, Side side, const QStringList &all, qsizetype from, qsizetype end)
{
    const QString word = side == Side::Got ? Texts::tr("got") : Texts::tr("expected");
    if (all.size() == 1) {
        to.push_back({side, word + u": "_s + all.first()});
        return;
    }
    to.push_back({side, word + u':'});
    if (from > 0) {
        to.push_back({side, u"  …"_s});
    }
    const qsizetype last = std::min(end, from + mostLines);
    for (qsizetype i = from; i < last; ++i) {
        to.push_back({side, u"  "_s + all[i]});
    }
    if (last < all.size()) {
        to.push_back({side, u"  …"_s});
    }
}

} // namespace

QString problemSentence(const wire::BuildProblem &problem)
{
    QString sentence = QString::fromStdString(problem.message).section(u'\n', 0, 0);
    const QString got = text(problem.actual);
    const QString expected = text(problem.expected);
    const bool isShort = !got.contains(u'\n') && !expected.contains(u'\n') && got.size() <= longestInline &&
                         expected.size() <= longestInline;
    if (problem.actual && problem.expected && isShort) {
        sentence += u" ("_s + Texts::tr("got %1, expected %2").arg(got, expected) + u')';
    }
    return sentence;
}

QString problemInFull(const wire::BuildProblem &problem)
{
    QString all = QString::fromStdString(problem.message);
    if (problem.actual) {
        all += u"\n\n"_s + Texts::tr("got") + u":\n"_s + text(problem.actual);
    }
    if (problem.expected) {
        all += u"\n\n"_s + Texts::tr("expected") + u":\n"_s + text(problem.expected);
    }
    return all;
}

std::vector<ProblemLine> problemLines(const wire::BuildProblem &problem)
{
    std::vector<ProblemLine> lines;
    const QStringList got = text(problem.actual).split(u'\n');
    const QStringList expected = text(problem.expected).split(u'\n');
    qsizetype same = 0; // lines at the head, and at the end, that do not differ
    qsizetype tail = 0;
    if (problem.actual && problem.expected) {
        const qsizetype most = std::min(got.size(), expected.size());
        while (same < most && got[same] == expected[same]) {
            ++same;
        }
        while (tail < most - same && got[got.size() - 1 - tail] == expected[expected.size() - 1 - tail]) {
            ++tail;
        }
    }
    if (problem.actual) {
        addSide(lines, Side::Got, got, same, got.size() - tail);
    }
    if (problem.expected) {
        addSide(lines, Side::Expected, expected, same, expected.size() - tail);
    }
    return lines;
}

} // namespace nest::console
