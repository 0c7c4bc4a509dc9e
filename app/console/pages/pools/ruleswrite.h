// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A change of the reservations of a deployment on its way: shown in sentences with a reason, sent with the
// etag of what was read, and taken back with Undo.
//
// Thread: UI. Session, guard and toasts outlive it; `done` does not run when the page is gone.

#include "api/wire/deployment.h"
#include "api/wire/result.h"

#include <QStringList>

#include <functional>

class QWidget;

namespace nest::models {
class Guard;
class Session;
} // namespace nest::models
namespace nest::widgets {
class ToastArea;
}

namespace nest::console {

inline constexpr int plannedHours = 24; // of a plan that is asked for

struct RulesChange
{
    wire::Deployment before; // as read
    std::vector<wire::Reservation> after;
    QString title{};
    QString button{};
    QStringList effects{};
    QString done{}; // "lunch is changed"
    bool isDestroying = false;
};

struct RulesWriting
{
    models::Session &session;
    const models::Guard &guard;
    widgets::ToastArea &toasts;
};

[[nodiscard]] std::vector<wire::Reservation> rulesOf(const wire::Deployment &deployment);
[[nodiscard]] wire::ScalingPolicy withRules(wire::ScalingPolicy policy, std::vector<wire::Reservation> rules);

/// `sending` runs when a person said yes, `done` with the answer.
void reviewRules(const RulesWriting &with, QWidget *page, RulesChange change, std::function<void()> sending,
                 std::function<void(Result<wire::Deployment> &&)> done);

} // namespace nest::console
