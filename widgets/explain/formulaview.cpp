// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/formulaview.h"

#include "widgets/explain/explainmetrics.h"
#include "widgets/explain/numbertext.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::explain {
namespace {

constexpr double pieceGap = 7.0;
constexpr double fractionPad = 10.0; // between bracket and fraction
constexpr double barOverhang = 4.0;
constexpr double bracketHeight = 22.0;
constexpr double bracketFoot = 5.0;
constexpr int formulaHeight = 54;
constexpr int captionLine = 16;
constexpr double captionGap = 8.0;

/// ⌈ or ⌉ drawn as strokes: fonts disagree about their height, and some have none.
void paintCeiling(QPainter &painter, const QRectF &area, bool isOpening)
{
    const double upright = isOpening ? area.left() + 0.75 : area.right() - 0.75;
    const double end = isOpening ? area.right() : area.left();
    painter.drawLine(QPointF(upright, area.top()), QPointF(upright, area.bottom()));
    painter.drawLine(QPointF(upright, area.top()), QPointF(end, area.top()));
}

} // namespace

/// One part of the row, from left to right.
struct FormulaView::Piece
{
    enum class Kind { Text, Opening, Closing, Fraction, Struck };
    Kind kind = Kind::Text;
    QString text = {};
    QFont font = {};
    QColor colour = {};
    double width = 0.0;
    double height = 0.0; // of a bracket
};

FormulaView::FormulaView(QWidget *parent) : QWidget(parent)
{
    // Not Fixed: the height depends on the width, and a fixed one would be that of the size hint.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FormulaView::setFormula(const Formula &formula)
{
    if (m_formula == formula) {
        return;
    }
    m_formula = formula;
    describe();
    updateGeometry();
    update();
}

void FormulaView::setColours(const ExplainColours &colours)
{
    m_colours = colours;
    update();
}

void FormulaView::describe()
{
    const auto text = [&](std::optional<double> value) {
        return numberText(value, locale());
    };
    const QString load = (text(m_formula.load) + u' ' + m_formula.loadUnit).trimmed();
    const QString rule =
        tr("%1 / (%2 × %3) = %4, rounded up %5")
            .arg(load, text(m_formula.threshold), text(m_formula.utilisation),
                 quotientText(m_formula.quotient, m_formula.wish, locale()), text(m_formula.wish));
    if (!m_formula.isComputed) {
        setAccessibleName(text(m_formula.result));
        setAccessibleDescription(m_formula.captions.join(u", "_s));
        return;
    }
    setAccessibleName(m_formula.isCut() ? tr("%1, cut to %2").arg(rule, text(m_formula.result)) : rule);
    setAccessibleDescription(m_formula.captions.join(u", "_s));
}

QList<FormulaView::Piece> FormulaView::pieces() const
{
    const QFont figures = sized(font(), metrics::titleSize);
    const QFont result = sized(font(), metrics::resultSize, true);
    const QFont unit = sized(font(), metrics::captionSize);
    QList<Piece> row;
    const auto addText = [&](const QString &text, const QFont &font, const QColor &colour,
                             Piece::Kind kind = Piece::Kind::Text) {
        row.append({kind, text, font, colour, QFontMetricsF(font).horizontalAdvance(text), 0.0});
    };
    const auto addBracket = [&](Piece::Kind kind, double height) {
        row.append({kind, {}, figures, m_colours.textDim, bracketFoot, height});
    };
    const QLocale words = locale();
    if (!m_formula.isComputed) {
        addText(numberText(m_formula.result, words), result, m_colours.textPrimary);
        return row;
    }
    const double over =
        QFontMetricsF(figures).horizontalAdvance(numberText(m_formula.load, words)) +
        (m_formula.loadUnit.isEmpty() ? 0.0
                                      : 3.0 + QFontMetricsF(unit).horizontalAdvance(m_formula.loadUnit));
    const double under = QFontMetricsF(figures).horizontalAdvance(
        numberText(m_formula.threshold, words) + u" × "_s + numberText(m_formula.utilisation, words));
    addBracket(Piece::Kind::Opening, bracketHeight);
    row.append({Piece::Kind::Fraction,
                {},
                figures,
                m_colours.textPrimary,
                std::max(over, under) + 2 * (barOverhang + fractionPad),
                0.0});
    addBracket(Piece::Kind::Closing, bracketHeight);
    addText(u"="_s, figures, m_colours.textDim);
    if (m_formula.isCut()) {
        addText(numberText(m_formula.wish, words), figures, m_colours.textSecondary, Piece::Kind::Struck);
        addText(u"→"_s, figures, m_colours.textDim);
    } else {
        addBracket(Piece::Kind::Opening, bracketHeight - 8);
        addText(quotientText(m_formula.quotient, m_formula.wish, words), figures, m_colours.textSecondary);
        addBracket(Piece::Kind::Closing, bracketHeight - 8);
        addText(u"="_s, figures, m_colours.textDim);
    }
    addText(numberText(m_formula.result, words), result, m_colours.textPrimary);
    return row;
}

double FormulaView::formulaWidth() const
{
    double width = -pieceGap;
    for (const Piece &piece : pieces()) {
        width += piece.width + pieceGap;
    }
    return std::ceil(width);
}

double FormulaView::captionWidth() const
{
    const QFontMetricsF fontMetrics(sized(font(), metrics::captionSize));
    double width = 0.0;
    for (const QString &caption : m_formula.captions) {
        width = std::max(width, fontMetrics.horizontalAdvance(caption));
    }
    return std::ceil(width);
}

bool FormulaView::areCaptionsBelow(int width) const
{
    return !m_formula.captions.isEmpty() && formulaWidth() + captionGap + captionWidth() > width;
}

int FormulaView::heightForWidth(int width) const
{
    return formulaHeight + (areCaptionsBelow(width) ? 4 + captionLine * int(m_formula.captions.size()) : 0);
}

QSize FormulaView::sizeHint() const
{
    const int width = int(formulaWidth() + captionGap + captionWidth());
    return {width, heightForWidth(width)};
}

QSize FormulaView::minimumSizeHint() const
{
    return {int(formulaWidth()), formulaHeight};
}

void FormulaView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LocaleChange ||
        event->type() == QEvent::LanguageChange) {
        describe();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

void FormulaView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFont unitFont = sized(font(), metrics::captionSize);
    const double middle = formulaHeight / 2.0;
    double x = 0.0;
    for (const Piece &piece : pieces()) {
        const QFontMetricsF fontMetrics(piece.font);
        painter.setFont(piece.font);
        painter.setPen(QPen(piece.colour, 1.5, Qt::SolidLine, Qt::FlatCap));
        // Figures stand on one middle line: half the height of a capital below it.
        const double baseline = middle + fontMetrics.capHeight() / 2;
        switch (piece.kind) {
        case Piece::Kind::Text:
            painter.drawText(QPointF(x, baseline), piece.text);
            break;
        case Piece::Kind::Struck:
            painter.drawText(QPointF(x, baseline), piece.text);
            painter.setPen(QPen(m_colours.badText, 1.5));
            painter.drawLine(QPointF(x - 1, middle), QPointF(x + piece.width + 1, middle));
            break;
        case Piece::Kind::Opening:
        case Piece::Kind::Closing:
            paintCeiling(painter, {x, middle - piece.height / 2, piece.width, piece.height},
                         piece.kind == Piece::Kind::Opening);
            break;
        case Piece::Kind::Fraction: {
            const QString load = numberText(m_formula.load, locale());
            const QString rule[] = {numberText(m_formula.threshold, locale()), u" × "_s,
                                    numberText(m_formula.utilisation, locale())};
            const double loadWidth = fontMetrics.horizontalAdvance(load);
            const double unitWidth =
                m_formula.loadUnit.isEmpty()
                    ? 0.0
                    : 3.0 + QFontMetricsF(unitFont).horizontalAdvance(m_formula.loadUnit);
            double at = x + (piece.width - loadWidth - unitWidth) / 2;
            const double over = middle - 9;
            painter.setPen(m_colours.load);
            painter.drawText(QPointF(at, over), load);
            painter.setFont(unitFont);
            painter.setPen(m_colours.textDim);
            painter.drawText(QPointF(at + loadWidth + 3, over), m_formula.loadUnit);
            painter.setPen(QPen(m_colours.textSecondary, 1.0));
            painter.drawLine(QPointF(x + fractionPad, middle),
                             QPointF(x + piece.width - fractionPad, middle));
            painter.setFont(piece.font);
            at = x + (piece.width - fontMetrics.horizontalAdvance(rule[0] + rule[1] + rule[2])) / 2;
            for (int i = 0; i < 3; ++i) {
                painter.setPen(i == 1 ? m_colours.textDim : m_colours.textPrimary);
                painter.drawText(QPointF(at, middle + 9 + fontMetrics.capHeight()), rule[i]);
                at += fontMetrics.horizontalAdvance(rule[i]);
            }
            break;
        }
        }
        x += piece.width + pieceGap;
    }
    painter.setFont(unitFont);
    painter.setPen(m_colours.textDim);
    const bool areBelow = areCaptionsBelow(width());
    double y = areBelow ? formulaHeight + 4 : middle - captionLine * double(m_formula.captions.size()) / 2;
    for (const QString &caption : std::as_const(m_formula.captions)) {
        const QString shown = QFontMetricsF(unitFont).elidedText(caption, Qt::ElideRight, width());
        painter.drawText(QRectF(0, y, width(), captionLine),
                         (areBelow ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, shown);
        y += captionLine;
    }
}

} // namespace nest::explain
