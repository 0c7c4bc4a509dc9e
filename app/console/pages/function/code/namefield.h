// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A line in which a file gets its name, in place above the tree: for a new file and for a renamed one. A path
// with folders is allowed, so a rename also moves.
//
// Enter takes the name, Esc leaves. Thread: UI.

#include <QWidget>

class QLineEdit;

namespace nest::widgets {
class Label;
}

namespace nest::console {

class NameField final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NameField)

public:
    explicit NameField(QWidget *parent = nullptr);

    /// `renamed` is the file that gets another name, empty for a new file.
    void ask(const QString &renamed, const QString &text);
    /// The name was not taken: it stays to be mended.
    void setProblem(const QString &sentence);
    void finish();
    [[nodiscard]] const QString &renamed() const { return m_renamed; }

Q_SIGNALS:
    void named(const QString &renamed, const QString &path);
    void left();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString m_renamed;
    QLineEdit *m_edit;
    widgets::Label *m_problem;
};

} // namespace nest::console
