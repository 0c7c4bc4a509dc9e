// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What runs, joined with the window: each job's place in the status bar, what ends it, and a message at the
// end of a load.
//
// Jobs are named "load/hello", "build/hello", "make/hello": what it is and the function. Thread: UI. Owner:
// ConsolePages; all that is given outlives it.

#include "api/wire/common.h"
#include "widgets/shell/shellstate.h"

#include <QObject>

namespace nest::models {
class Session;
}
namespace nest::widgets {
class MainWindow;
class ToastArea;
} // namespace nest::widgets

namespace nest::console {

class CodeTab;

class JobsBinding final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobsBinding)

public:
    JobsBinding(models::Session &session, widgets::MainWindow &window, widgets::ToastArea &toasts,
                CodeTab &code, QObject *parent);

Q_SIGNALS:
    /// Show the Load panel of the function.
    void loadRequested(const QString &function, const nest::wire::GroupName &group);
    void tabRequested(const QString &function, const QString &tab);

private:
    void showLoad(const QString &function);
    void openLoad(const QString &function);
    void tellEnd(const QString &function);
    void open(const QString &id);
    void stop(const QString &id);

    models::Session &m_session;
    widgets::MainWindow &m_window;
    widgets::ToastArea &m_toasts;
    CodeTab &m_code;
};

} // namespace nest::console
