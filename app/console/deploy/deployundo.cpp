// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/deployundo.h"

#include "models/deploy/deployrun.h"
#include "models/deploy/deploytexts.h"
#include "widgets/state/toast.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

#include <chrono>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::DeployRun;

namespace {

constexpr auto undoTime = std::chrono::minutes(1); // the toast and the answers to it are over by then

struct Undo
{
    Q_DECLARE_TR_FUNCTIONS(Undo)
};

void sayDone(widgets::ToastArea &toasts, const QPointer<DeployRun> &run)
{
    const int changed = run->changedCount();
    const int failed = run->countOf(DeployRun::State::Failed) + run->countOf(DeployRun::State::Stale);
    const QString name = u"v%1"_s.arg(run->version());
    if (failed > 0) {
        toasts.show({.tone = widgets::Tone::Bad,
                     .sentence = Undo::tr("%1 was not deployed to %n groups", nullptr, failed).arg(name),
                     .detail = QString::fromStdString(run->rows().front().step.wanted.function)});
    }
    if (changed > 0) {
        toasts.show({.tone = widgets::Tone::Ok,
                     .sentence = Undo::tr("%1 is deployed to %n groups", nullptr, changed).arg(name),
                     .detail = QString::fromStdString(run->rows().front().step.wanted.function),
                     .action = Undo::tr("Undo")},
                    [run] {
                        if (run) {
                            run->undo();
                        }
                    });
    }
}

void sayUndone(widgets::ToastArea &toasts, const DeployRun &run)
{
    QStringList failures;
    for (const auto &row : run.rows()) {
        if (row.state == DeployRun::State::UndoFailed) {
            failures.append(models::stateText(row, run.version()));
        }
    }
    if (failures.isEmpty()) {
        toasts.show({.tone = widgets::Tone::Ok,
                     .sentence = Undo::tr("Undone: %n groups are as before", nullptr,
                                          run.countOf(DeployRun::State::Undone))});
    } else {
        toasts.show({.tone = widgets::Tone::Bad,
                     .sentence = Undo::tr("%n groups could not be put back", nullptr,
                                          static_cast<int>(failures.size())),
                     .detail = failures.first()});
    }
}

} // namespace

void offerUndo(widgets::ToastArea &toasts, DeployRun &run)
{
    run.setParent(&toasts);
    const QPointer<DeployRun> kept(&run);
    QObject::connect(&run, &DeployRun::answered, &toasts, [&toasts, kept] { sayDone(toasts, kept); });
    QObject::connect(&run, &DeployRun::undone, &toasts, [&toasts, kept] { sayUndone(toasts, *kept); });
}

void retire(DeployRun &run)
{
    const auto end = [&run] {
        QTimer::singleShot(undoTime, &run, &QObject::deleteLater);
    };
    if (run.isAnswered()) {
        end();
    } else {
        QObject::connect(&run, &DeployRun::answered, &run, end);
    }
}

} // namespace nest::console
