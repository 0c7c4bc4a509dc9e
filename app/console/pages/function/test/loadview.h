// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The segment Load of the Test panel: its controls, and the run of the shown function, going on or ended.
//
// Invariants: owns no run: LoadJobs does, so that leaving the page does not stop one. Thread: UI. Owner:
// TestPanel; session, jobs and store outlive it.

#include "api/wire/function.h"
#include "app/console/pages/function/test/loadjobs.h"

#include <QWidget>

class QAction;
class QSettings;
class QShortcut;

namespace nest::widgets {
class EmptyState;
class Label;
} // namespace nest::widgets

namespace nest::console {

class EventStore;
class LoadControls;
class LoadResults;
class TargetButton;

class LoadView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadView)

public:
    LoadView(models::Session &session, EventStore &store, QSettings &settings, QWidget *parent = nullptr);

    void setFunction(const QString &function, const wire::GroupName &group);
    void setConnected(bool isConnected);
    void setWritten(const wire::TestEvent &event);
    [[nodiscard]] TargetButton *targetButton() const;
    /// Start as the fields say, on or off with the reason; who shows it connects it.
    [[nodiscard]] QAction *startAction() const { return m_startAction; }

public Q_SLOTS:
    /// As a click on Start load.
    void start();
    void stop();

Q_SIGNALS:
    void scalingRequested(const QString &function, const nest::wire::GroupName &group);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void show();
    void showControls();
    void showError(const QString &text);

    models::Session &m_session;
    LoadJobs &m_jobs;
    QString m_function;
    wire::GroupName m_group;
    QHash<QString, wire::GroupName> m_chosen; // by function, by the person
    LoadControls *m_controls;
    QAction *m_startAction;
    widgets::Label *m_note;
    widgets::Label *m_error;
    widgets::EmptyState *m_empty;
    LoadResults *m_results;
    QShortcut *m_escape;
};

} // namespace nest::console
