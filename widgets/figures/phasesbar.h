// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the time of one request went: one bar as long as the whole, one piece a phase, and a legend.
//
// A phase that is not known is simply not given. The pieces are to scale with the total, so what nobody
// measured stays an empty stretch at the end. Thread: GUI.

#include <QList>
#include <QWidget>

namespace nest::widgets {

struct PhaseTime
{
    enum class Phase { Schedule, Fetch, Start, RuntimeInit, UserInit, Waiting, Handler, Gateway };

    Phase phase = Phase::Handler;
    double milliseconds = 0;
    bool operator==(const PhaseTime &) const = default;
};

class PhasesBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PhasesBar)

public:
    explicit PhasesBar(QWidget *parent = nullptr);

    /// In the order of time. A total below their sum is taken as the sum.
    void setPhases(const QList<PhaseTime> &phases, double totalMilliseconds);
    [[nodiscard]] const QList<PhaseTime> &phases() const { return m_phases; }

    [[nodiscard]] static QString nameOf(PhaseTime::Phase phase);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int columns(int width) const;

    QList<PhaseTime> m_phases;
    double m_total = 0;
};

} // namespace nest::widgets
