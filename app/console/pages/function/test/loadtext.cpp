// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/loadtext.h"

#include "app/console/pages/function/test/loadjob.h"
#include "app/console/pages/function/test/valueslider.h"
#include "widgets/table/cells.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Tone;

namespace {

struct LoadTexts
{
    Q_DECLARE_TR_FUNCTIONS(LoadTexts)
};

QString orUnknown(const QString &text, const QString &unit)
{
    return text.isEmpty() ? widgets::unknownText() : text + u' ' + unit;
}

} // namespace

QString countText(std::int64_t count)
{
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString millisecondsText(std::optional<double> value)
{
    return value ? QLocale().toString(*value, 'f', *value < 10 ? 1 : 0) : QString();
}

std::int64_t answeredIn(const client::LoadReport &report)
{
    const auto none = report.byStatus.find(0);
    return report.ok + report.failed - (none == report.byStatus.end() ? 0 : none->second);
}

QString successIn(const client::LoadReport &report)
{
    const std::int64_t ended = report.ok + report.failed;
    if (ended == 0) {
        return {};
    }
    const double success = 100.0 * static_cast<double>(report.ok) / static_cast<double>(ended);
    return report.failed == 0 ? u"100"_s : QLocale().toString(std::floor(success * 100) / 100, 'f', 2);
}

LoadEnd endOf(const LoadJob &job)
{
    const auto &report = job.report();
    const QString &name = job.function();
    LoadEnd end{};
    const bool isStopped = job.end() == LoadJob::End::Stopped;
    if (report.failed > 0 && report.ok == 0) {
        end.tone = Tone::Bad;
        end.sentence = answeredIn(report) == 0
                           ? LoadTexts::tr("Load on %1 failed: no request was answered").arg(name)
                           : LoadTexts::tr("Load on %1 failed: no request succeeded").arg(name);
    } else if (isStopped) {
        end.tone = Tone::Info;
        end.sentence = LoadTexts::tr("Load on %1 was stopped after %2")
                           .arg(name, minutesText(report.elapsed.count() / 1000));
    } else {
        end.tone = report.failed > 0 ? Tone::Warn : Tone::Ok;
        end.sentence = LoadTexts::tr("Load on %1 is done").arg(name);
    }
    QStringList figures{LoadTexts::tr("%1 answered").arg(countText(answeredIn(report))),
                        LoadTexts::tr("success %1").arg(orUnknown(successIn(report), u"%"_s)),
                        u"p99 "_s + orUnknown(millisecondsText(report.total.p99), LoadTexts::tr("ms"))};
    if (job.request().plan.countsInstances) {
        figures.append(
            LoadTexts::tr("%n instances reached", nullptr, static_cast<int>(report.instances.size())));
    }
    end.figures = figures.join(u" · "_s);
    return end;
}

} // namespace nest::console
