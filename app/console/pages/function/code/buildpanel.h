// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The bottom of the Code tab: the log of the newest build as it grows, its problems, its result.
//
// Thread: UI. Owner: CodeTab.

#include "models/draft/buildrun.h"

#include <QPointer>
#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace nest::widgets {
class Label;
class TabStrip;
} // namespace nest::widgets

namespace nest::console {

class BuildPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BuildPanel)

public:
    explicit BuildPanel(QWidget *parent = nullptr);

    /// It must live until the next call.
    void setRun(models::BuildRun *run);
    void showLog();
    void showProblems();
    [[nodiscard]] int problemCount() const;

Q_SIGNALS:
    void problemActivated(const QString &path, int line, int column);

protected:
    void changeEvent(QEvent *event) override;

private:
    void show();
    void showLines(const wire::Build &build);
    void listProblems(const wire::Build &build);
    void showResult();
    void activate(const QTreeWidgetItem *item);
    void applyTheme();

    QPointer<models::BuildRun> m_run;
    widgets::TabStrip *m_tabs;
    widgets::Label *m_result;
    QPushButton *m_cancel;
    QStackedWidget *m_stack;
    QPlainTextEdit *m_log;
    QTreeWidget *m_problems;
    int m_shownBuild = 0;
    std::size_t m_shownLines = 0;
    std::vector<wire::BuildProblem> m_shownProblems;
};

/// "Build 12 passed in 2.1 s · 3 of 3 tests passed", as shown at the right.
[[nodiscard]] QString resultText(const wire::Build &build);

} // namespace nest::console
