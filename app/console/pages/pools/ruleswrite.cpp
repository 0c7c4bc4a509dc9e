// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/ruleswrite.h"

#include "app/console/guard/guarddialog.h"
#include "app/console/look.h"
#include "app/console/pages/pools/failuretoast.h"
#include "models/session.h"
#include "widgets/state/toast.h"

#include <QCoroTask>

#include <QCoreApplication>
#include <QWidget>

#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

struct Rules
{
    Q_DECLARE_TR_FUNCTIONS(Rules)
};

/// The one that is there with the rules of before: what else changed with it stays.
void takeBack(models::Session &session, widgets::ToastArea &toasts, const wire::Deployment &before,
              wire::Deployment now, const QString &what)
{
    now.scaling = withRules(std::move(now.scaling), rulesOf(before));
    now.reason = Rules::tr("Undo: %1").arg(what).toStdString();
    now.status.reset();
    QCoro::connect(session.client().putDeployment(std::move(now)), &toasts,
                   [&toasts, what](const Result<wire::Deployment> &done) {
                       if (!done) {
                           showFailure(toasts, Rules::tr("Not taken back: %1").arg(what), done.error());
                       }
                   });
}

} // namespace

std::vector<wire::Reservation> rulesOf(const wire::Deployment &deployment)
{
    return deployment.scaling.reservations.value_or(std::vector<wire::Reservation>{});
}

wire::ScalingPolicy withRules(wire::ScalingPolicy policy, std::vector<wire::Reservation> rules)
{
    if (rules.empty()) {
        policy.reservations.reset();
    } else {
        policy.reservations.emplace(std::move(rules));
    }
    return policy;
}

void reviewRules(const RulesWriting &with, QWidget *page, RulesChange change, std::function<void()> sending,
                 std::function<void(Result<wire::Deployment> &&)> done)
{
    GuardQuestion question{.title = change.title,
                           .effects = change.effects,
                           .name = toText(change.before.function),
                           .button = change.button,
                           .reason = QString(),
                           .isDestroying = change.isDestroying,
                           .isReview = true};
    askGuard(with.guard, page, std::move(question),
             [&session = with.session, &toasts = with.toasts, page, change = std::move(change),
              sending = std::move(sending), done = std::move(done)](const QString &reason) {
                 wire::Deployment next = change.before;
                 next.scaling = withRules(std::move(next.scaling), change.after);
                 next.reason = reason.toStdString();
                 next.status.reset();
                 sending();
                 QCoro::connect(session.client().putDeployment(std::move(next)), page,
                                [&session, &toasts, change, done](Result<wire::Deployment> &&answer) {
                                    if (answer) {
                                        toasts.show({.sentence = change.done, .action = Rules::tr("Undo")},
                                                    [&session, &toasts, change, now = *answer] {
                                                        takeBack(session, toasts, change.before, now,
                                                                 change.done);
                                                    });
                                    }
                                    done(std::move(answer));
                                });
             });
}

} // namespace nest::console
