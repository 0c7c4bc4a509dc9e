// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of PoolEditor that writes: shows what is about to happen, sends it, tells what came of it, and
// takes it back.
#include "app/console/guard/guarddialog.h"
#include "app/console/look.h"
#include "app/console/pages/pools/failuretoast.h"
#include "app/console/pages/pools/poolchange.h"
#include "app/console/pages/pools/pooleditor.h"
#include "app/console/pages/pools/poolschedule.h"
#include "models/guard.h"
#include "models/session.h"
#include "widgets/state/toast.h"

#include <QCoroTask>

#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;

namespace {

/// What Undo asked for: the list shows what came of it, a refusal has to be told.
template <typename T>
void takeBack(widgets::ToastArea &toasts, const QString &name, QCoro::Task<Result<T>> &&undo)
{
    QCoro::connect(std::move(undo), &toasts, [&toasts, name](const Result<T> &done) {
        if (!done) {
            showFailure(toasts, PoolEditor::tr("%1 was not taken back").arg(name), done.error());
        }
    });
}

wire::Pool restored(wire::Pool pool, std::optional<std::string> etag)
{
    pool.etag = std::move(etag);
    pool.status.reset();
    return pool;
}

} // namespace

void PoolEditor::review()
{
    QString problem;
    auto pool = readFields(fields(), m_base, problem);
    if (!pool) {
        return;
    }
    QStringList effects = m_isNew ? effectsOf(*pool) : changesOf(m_base, *pool);
    if (const QString cost = m_isNew ? QString() : costOf(m_base, *pool); !cost.isEmpty()) {
        effects.append(cost);
    }
    const QString name = toText(pool->name);
    Change change{.before = m_base, .after = std::move(*pool), .isNew = m_isNew};
    askGuard(m_guard, this,
             {.title = m_isNew ? tr("Make the pool %1").arg(name) : tr("Change the pool %1").arg(name),
              .effects = effects,
              .name = name,
              .button = m_isNew ? tr("Make the pool") : tr("Change the pool"),
              .reason = QString(),
              .isReview = true},
             [this, change = std::move(change)](const QString &reason) {
                 Change next = change;
                 next.after.reason = reason.toStdString();
                 send(std::move(next));
             });
}

void PoolEditor::send(Change change)
{
    if (m_isSending) {
        return;
    }
    m_isSending = true;
    m_said.clear();
    showChange();
    QCoro::connect(m_session.client().putPool(restored(change.after, change.after.etag)), this,
                   [this, change, generation = m_generation](Result<wire::Pool> &&answer) {
                       sent(change, std::move(answer), generation == m_generation);
                   });
}

/// `isShown`: the fields are still those that the change came from.
void PoolEditor::sent(const Change &change, Result<wire::Pool> &&answer, bool isShown)
{
    const QString name = toText(change.after.name);
    if (isShown) {
        m_isSending = false;
    }
    if (!answer && isShown) {
        followTold();
        const auto rules = change.after.schedule ? change.after.schedule->size() : 0;
        const bool isMarked = rules == m_schedule->windows().size() && // else they are others by now
                              m_schedule->setRefused(answer.error().fields);
        say(isMarked ? tr("It is refused: look at what is marked in the size schedule.")
                     : toText(answer.error().detail),
            Ink::Bad);
        return;
    }
    if (!answer) {
        showFailure(m_toasts, (change.isNew ? tr("%1 was not made") : tr("%1 was not changed")).arg(name),
                    answer.error());
        return;
    }
    const bool isMade = change.isNew || !change.before.etag; // else it was the platform's own
    m_toasts.show(
        {.sentence = (change.isNew ? tr("%1 is made") : tr("%1 is changed")).arg(name), .action = tr("Undo")},
        [&session = m_session, &toasts = m_toasts, name, before = change.before, after = *answer, isMade] {
            auto &client = session.client();
            if (isMade) {
                takeBack(toasts, name, client.deletePool(after.name, after.etag.value_or("*")));
            } else {
                takeBack(toasts, name, client.putPool(restored(before, after.etag)));
            }
        });
    if (!isShown) {
        if (const auto kept = m_kept.find({});
            change.isNew && kept != m_kept.end() && kept->second.mine.name.trimmed() == name) {
            m_kept.erase(kept); // it is made
        }
        return;
    }
    const PoolFields mine = fields();
    m_isNew = false;
    m_said.clear();
    m_base = std::move(*answer);
    setFields(rebased(change.after, mine, m_base)); // with what was typed meanwhile
    followTold();
    showFigures();
    showChange();
    if (change.isNew) {
        Q_EMIT made(name);
    }
}

void PoolEditor::askDelete()
{
    const QString name = toText(m_base.name);
    const bool isWarm = m_base.kind == wire::PoolKind::Warm;
    askGuard(
        m_guard, this,
        {.title = tr("Delete the pool %1").arg(name),
         .effects = {isWarm ? tr("Its size goes back to the platform's own while something deployed needs "
                                 "it.")
                            : tr("What waits in it ends. Instances that were started from it go on.")},
         .name = name,
         .button = tr("Delete"),
         .reason = {},
         .isDestroying = true,
         .isReview = true},
        [this, gone = m_base](const QString &) { remove(gone); });
}

void PoolEditor::remove(const wire::Pool &gone)
{
    QCoro::connect(m_session.client().deletePool(gone.name, gone.etag.value_or("*")), this,
                   [this, gone, generation = m_generation](Result<> &&done) {
                       const QString name = toText(gone.name);
                       if (!done && generation == m_generation) {
                           say(toText(done.error().detail), Ink::Bad);
                       } else if (!done) {
                           showFailure(m_toasts, tr("%1 was not deleted").arg(name), done.error());
                       } else {
                           m_toasts.show({.sentence = tr("%1 is deleted").arg(name), .action = tr("Undo")},
                                         [&session = m_session, &toasts = m_toasts, name, gone] {
                                             takeBack(toasts, name,
                                                      session.client().putPool(restored(gone, std::nullopt)));
                                         });
                       }
                   });
}

} // namespace nest::console
