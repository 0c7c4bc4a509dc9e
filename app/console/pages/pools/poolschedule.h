// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The size schedule in the editor of a pool: a table of windows, and the fields of the one that is open below
// its row.
//
// Invariants: at most one is open, and stays open while the pool's figures and other people's changes come;
// what the platform refused is said at its field until something else is typed there. Thread: UI. Owner: the
// editor.

#include "app/console/pages/pools/poolwindows.h"

#include <QWidget>

#include <map>
#include <vector>

class QPushButton;
class QVBoxLayout;

namespace nest {
struct FieldError;
}
namespace nest::widgets {
class Label;
}

namespace nest::console {

class RuleForm;
class WindowRow;

class PoolSchedule final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PoolSchedule)

public:
    explicit PoolSchedule(QWidget *parent = nullptr);

    [[nodiscard]] const PoolWindows &windows() const { return m_windows; }
    /// Tells nobody.
    void setWindows(const PoolWindows &windows);
    /// The pool's own size, which a new window is to raise, and the rule that holds now; empty: none.
    void setPool(int idle, const QString &winner);
    /// Another pool is looked at.
    void close();
    /// Of a change with these windows. False: not all of it has a field here.
    bool setRefused(const std::vector<FieldError> &errors);

Q_SIGNALS:
    void typed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void add();
    void removeOpen();
    void open(const QString &key);
    void formTyped();
    void showRows();
    [[nodiscard]] PoolWindow *openWindow();

    PoolWindows m_windows;
    std::map<QString, RuleProblems> m_refused; // by key
    QString m_open;                            // key; empty: none
    QString m_winner;
    int m_idle = 0;
    QVBoxLayout *m_column;
    QWidget *m_head = nullptr;
    widgets::Label *m_none;
    std::vector<WindowRow *> m_rows;
    QWidget *m_box = nullptr; // of the form
    RuleForm *m_form;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_done;
};

} // namespace nest::console
