// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What is new in a version, asked beside the button that publishes it. Enter publishes, Esc leaves.
//
// Thread: UI. Owner: CodeTab.

#include <QFrame>

class QLineEdit;
class QPushButton;

namespace nest::widgets {
class Label;
}

namespace nest::console {

class PublishPopover final : public QFrame
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PublishPopover)

public:
    explicit PublishPopover(QWidget *parent);

    void ask(int build, const QWidget *beside);
    void setBusy(bool isBusy);
    void setProblem(const QString &sentence);

Q_SIGNALS:
    void published(int build, const QString &description);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_build = 0;
    widgets::Label *m_title;
    QLineEdit *m_description;
    widgets::Label *m_problem;
    QPushButton *m_publish;
};

} // namespace nest::console
