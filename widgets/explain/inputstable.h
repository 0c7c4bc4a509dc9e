// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What went into a decision and what each input asked for; also the limits met and what each took away.
// A painted list, not an item view: a handful of rows without selection or sorting. Long names wrap and the
// row grows; nothing is cut. UI thread only; owned by the page.

#include "widgets/explain/explaincolours.h"

#include <QList>
#include <QString>
#include <QWidget>

#include <optional>

namespace nest::explain {

enum class Tone { Normal, Dim, Warn, Bad };

struct InputRow
{
    QString name;
    QString value = {}; // "" is not known and shown as "–"
    QString unit = {};
    Tone valueTone = Tone::Normal;
    std::optional<double> asked = {}; // instances it asked for: "→ 9"
    QString askedText = {};           // else these words: "panic at ≥ 8", "not reached"
    Tone askedTone = Tone::Dim;       // of the words
    bool operator==(const InputRow &) const = default;
};

struct InputHead
{
    QString name;  // "Inputs", "Limits met"
    QString value; // "Value"
    QString asked; // "Asked for", "Took away"
    bool operator==(const InputHead &) const = default;
};

class InputsTable final : public QWidget
{
    Q_OBJECT
public:
    explicit InputsTable(QWidget *parent = nullptr);
    Q_DISABLE_COPY_MOVE(InputsTable)

    void setHead(const InputHead &head);
    void setRows(const QList<InputRow> &rows);
    void setColours(const ExplainColours &colours);
    /// How far the lines reach over both sides of the text; 0 by default.
    void setSidePadding(int pixels);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Columns
    {
        double nameWidth = 0.0;
        double valueRight = 0.0;
        double askedRight = 0.0;
        double valueWidth = 0.0;
        double askedWidth = 0.0;
    };
    Columns columns(int width) const;
    double rowHeight(const InputRow &row, const Columns &columns) const;
    double valueWidth(const InputRow &row) const;
    QString askedText(const InputRow &row) const;
    QColor colour(Tone tone) const;
    void paintRow(QPainter &painter, const InputRow &row, const QRectF &area, const Columns &columns) const;
    void describe();

    InputHead m_head;
    QList<InputRow> m_rows;
    ExplainColours m_colours;
    int m_sidePadding = 0;
};

} // namespace nest::explain
