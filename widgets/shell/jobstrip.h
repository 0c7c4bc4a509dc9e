// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What runs, in the status bar: for each job its words, which lead to it, and a button that says what it
// stops.
//
// Invariants: the newest job is always in view, at the right; those without room are behind "+n", a menu with
// the same two things for each. The strip asks for room for all and is content with one. Thread: GUI. Owner:
// the status bar.

#include "widgets/shell/shellstate.h"

#include <QList>
#include <QWidget>

class QToolButton;

namespace nest::widgets {

class StatusButton;

class JobStrip final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JobStrip)

public:
    explicit JobStrip(QWidget *parent = nullptr);

    /// Tells of a job for the first time or again; without words it is over.
    void set(const Job &job);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void activated(const QString &id);
    void stopRequested(const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Shown
    {
        Job job;
        StatusButton *words;
        QToolButton *stop; // null: nothing ends it
    };

    Shown make(const Job &job);
    void remove(qsizetype at);
    void place();
    void openMenu();
    [[nodiscard]] static int widthOf(const Shown &shown);

    QList<Shown> m_jobs; // oldest first
    QToolButton *m_more;
    qsizetype m_hidden = 0; // so many of the oldest
};

} // namespace nest::widgets
