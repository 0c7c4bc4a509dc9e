// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One request: what is sent, to whom, and what came back.
//
// Invariants: text, target and last answer of each function stay while another is shown; a request goes on
// while its function is not shown. One request a function at a time. Thread: UI. Owner: TestPanel; the
// session outlives it.

#include "api/wire/invocation.h"
#include "api/wire/result.h"
#include "app/console/pages/function/test/eventbar.h"
#include "app/console/pages/function/test/testtarget.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <stop_token>

class QAction;
class QPushButton;

namespace nest::console {

class AnswerView;
class EventStore;
class RequestEdit;
class TargetButton;

class RequestView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestView)

public:
    RequestView(models::Session &session, EventStore &store, QWidget *parent = nullptr);
    ~RequestView() override;

    /// `group` is where requests go without another choice.
    void setFunction(const QString &function, const wire::GroupName &group);
    void setDraftBuild(std::optional<int> build);
    /// False: nothing can be sent; the reason is shown.
    void setConnected(bool isConnected);
    /// For the head of the panel, which shows it; stays this view's.
    /// Send and cancel, on or off with the reason; who shows them connects send.
    [[nodiscard]] QAction *sendAction() const { return m_sendAction; }
    [[nodiscard]] QAction *cancelAction() const { return m_cancelAction; }
    [[nodiscard]] QAction *saveAction() const;
    [[nodiscard]] TargetButton *targetButton() const { return m_target; }
    /// As it is written now.
    [[nodiscard]] wire::TestEvent event() const;
    void choose(const TestTarget &target);

public Q_SLOTS:
    /// As a click on Invoke.
    void send();
    void cancel();

Q_SIGNALS:
    void edited();

private:
    struct Trial;

    Trial &trial(const QString &function);
    void take(const QString &function, int generation, Result<wire::Invocation> answer);
    void show();
    void showInvoke();
    void showTarget();
    void tick();
    [[nodiscard]] QString offReason() const;

    models::Session &m_session;
    QString m_function;
    wire::GroupName m_group;
    std::optional<int> m_draftBuild;
    bool m_isConnected = true;
    QHash<QString, std::shared_ptr<Trial>> m_trials; // shared: QHash wants copies
    TargetButton *m_target;
    EventBar *m_events;
    QPushButton *m_invoke;
    QAction *m_sendAction;
    QAction *m_cancelAction;
    RequestEdit *m_edit;
    AnswerView *m_answer;
    QTimer m_tick;
};

} // namespace nest::console
