// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Tries the function that a page shows: one request with all that is known of its answer, or load for some
// time.
//
//     auto *test = new TestPanel(session, settings);
//     test->setTarget(target);            // each time the page shows another function or group
//     test->setDraftBuild(buildNumber);   // each time a build of the draft passed, or there is none
//     test->send();                       // "Send a request"
//     test->startLoad();                  // "Put load on it"
//
// Its actions() have their ids as names; they work, and are listed, where the page adds them too.
//
// Invariants: text, target, answer and load of each function stay while another is shown; a load run goes on
// without the panel (loadjobs.h). Thread: UI. Owner: the page; session and settings outlive it.

#include "app/console/pages/function/functiontab.h"

#include <QWidget>

#include <optional>

class QSettings;
class QStackedWidget;

namespace nest::models {
class Session;
}
namespace nest::widgets {
class SegmentedControl;
}

namespace nest::console {

class EventStore;
class LoadView;
class RequestView;

class TestPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TestPanel)

public:
    TestPanel(models::Session &session, QSettings &settings, QWidget *parent = nullptr);

    void setTarget(const FunctionTarget &target);
    /// Latest green build of the draft; nothing: it has none.
    void setDraftBuild(std::optional<int> build);
    void setConnectionStatus(const widgets::ConnectionStatus &status);
    /// R: reads the saved events again.
    void refresh();

public Q_SLOTS:
    /// Shows One request and sends what is written there (F5).
    void send();
    /// As send(), to the latest build of the draft when there is one.
    void sendToDraft();
    /// Shows Load and starts it as its controls say.
    void startLoad();
    void showLoad();
    void showRequest();

Q_SIGNALS:
    /// An action of the panel begins: it wants to be seen.
    void showRequested();
    void scalingRequested(const QString &function, const nest::wire::GroupName &group);

protected:
    QSize sizeHint() const override { return {368, 720}; }

private:
    void addActions();

    models::Session &m_session;
    std::optional<int> m_draftBuild;
    EventStore *m_store;
    widgets::SegmentedControl *m_segments;
    RequestView *m_request;
    LoadView *m_load;
    QStackedWidget *m_stack;
};

} // namespace nest::console
