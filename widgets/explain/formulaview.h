// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The formula of a scaling decision with its real numbers, as typeset: load over threshold × utilisation
// between ceiling brackets, the quotient, the result in 24. Where a limit cut the wish, the wish is struck.
// Nothing is computed here: what the decision did not record is "–". UI thread only; owned by the page.

#include "widgets/explain/explaincolours.h"

#include <QString>
#include <QStringList>
#include <QWidget>

#include <optional>

namespace nest::explain {

struct Formula
{
    std::optional<double> load = {};
    QString loadUnit = {}; // "req/s"
    std::optional<double> threshold = {};
    std::optional<double> utilisation = {};
    std::optional<double> quotient = {}; // before rounding up
    std::optional<double> wish = {};     // after rounding up
    std::optional<double> result = {};   // after limits
    bool isComputed = true;              // false: the result has another reason, there is no fraction to show
    QStringList captions = {};           // at the right: "load, 6 s panic window", "threshold × utilisation"
    bool isCut() const { return wish && result && *wish != *result; }
    bool operator==(const Formula &) const = default;
};

class FormulaView final : public QWidget
{
    Q_OBJECT
public:
    explicit FormulaView(QWidget *parent = nullptr);
    Q_DISABLE_COPY_MOVE(FormulaView)

    void setFormula(const Formula &formula);
    const Formula &formula() const { return m_formula; }
    void setColours(const ExplainColours &colours);

    /// Width of the formula without its captions: narrower, and the captions go below it.
    double formulaWidth() const;
    bool areCaptionsBelow(int width) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Piece;
    QList<Piece> pieces() const;
    double captionWidth() const;
    void describe();

    Formula m_formula;
    ExplainColours m_colours;
};

} // namespace nest::explain
