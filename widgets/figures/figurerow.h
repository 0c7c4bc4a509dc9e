// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Labels with their figures side by side, a line between two of them; they wrap when the place is narrow.
//
// Invariants: a figure that is not known is a dash. Thread: GUI.

#include "widgets/theme/theme.h"

#include <QList>
#include <QWidget>

namespace nest::widgets {

struct FigureValue
{
    QString label;
    QString value; // empty: not known
    QString unit = {};
    Ink ink = Ink::Primary;
    bool operator==(const FigureValue &) const = default;
};

class FigureRow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FigureRow)

public:
    explicit FigureRow(QWidget *parent = nullptr);

    void setFigures(const QList<FigureValue> &figures);
    [[nodiscard]] const QList<FigureValue> &figures() const { return m_figures; }
    /// Its value; empty when there is none of that label.
    [[nodiscard]] QString value(const QString &label) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int columns(int width) const;

    QList<FigureValue> m_figures;
};

} // namespace nest::widgets
