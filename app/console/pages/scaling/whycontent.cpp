// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/whycontent.h"

#include "app/console/pages/scaling/decisionlook.h"
#include "models/explain.h"
#include "models/roles.h"

#include <QCoreApplication>
#include <QLocale>

namespace nest::console {

using namespace Qt::StringLiterals;
using explain::SentencePart;
using wire::DecisionLimit;

namespace {

struct Why
{
    Q_DECLARE_TR_FUNCTIONS(Why)
};

QString unescaped(QString text)
{
    return text.replace(u"&lt;"_s, u"<"_s)
        .replace(u"&gt;"_s, u">"_s)
        .replace(u"&quot;"_s, u"\""_s)
        .replace(u"&amp;"_s, u"&"_s);
}

/// "612 req/s" becomes figure and unit; words stay together.
void splitUnit(explain::InputRow &row, const QString &text)
{
    const qsizetype space = text.indexOf(u' ');
    const bool isFigure = !text.isEmpty() && (text.front().isDigit() || text.front() == u'\u2212');
    if (isFigure && space > 0) {
        row.value = text.left(space);
        row.unit = text.mid(space + 1);
    } else {
        row.value = text;
    }
}

} // namespace

QString whyTitle(const wire::Decision &decision)
{
    return isCut(decision) ? Why::tr("Why %1, not %2").arg(decision.desired).arg(decision.wished)
                           : Why::tr("Why %1").arg(changeText(decision));
}

explain::Formula whyFormula(const wire::Decision &decision)
{
    const auto made = models::explain::formula(decision);
    explain::Formula formula;
    formula.load = made.load;
    formula.loadUnit = made.loadUnit;
    formula.threshold = made.threshold;
    formula.utilisation = made.utilisation;
    formula.quotient = made.quotient;
    if (made.quotient) {
        formula.wish = made.wished;
    }
    formula.result = made.result;
    formula.isComputed = made.quotient || decision.limit == DecisionLimit::None;
    if (!formula.isComputed) {
        formula.captions = {models::explain::limitName(decision.limit)};
        return formula;
    }
    formula.captions = {
        made.averagedSeconds < made.windowSeconds
            ? Why::tr("load, %1 s of a window of %2 s").arg(made.averagedSeconds).arg(made.windowSeconds)
        : made.isPanic ? Why::tr("load, %1 s panic window").arg(made.windowSeconds)
                       : Why::tr("load, %1 s stable window").arg(made.windowSeconds)};
    if (decision.limit == DecisionLimit::None || !made.quotient) {
        formula.captions.append(Why::tr("threshold × utilisation"));
    } else {
        const QString limit = models::explain::limitName(decision.limit);
        formula.captions.append(isCut(decision) ? Why::tr("cut: %1").arg(limit)
                                                : Why::tr("held: %1").arg(limit));
    }
    return formula;
}

explain::Gauge whyGauge(const wire::Decision &decision)
{
    const QLocale locale;
    const wire::ScalingPolicy &policy = decision.policy;
    explain::Gauge gauge;
    gauge.result = decision.desired;
    gauge.reserved = {double(policy.reserved), Why::tr("min %1").arg(policy.reserved)};
    gauge.maximum = {double(policy.maximum), Why::tr("max %1").arg(policy.maximum)};
    const int ready = decision.inputs.ready;
    if (ready > 0) {
        const double border = policy.panicRatio * ready;
        gauge.panic = {border, Why::tr("panic mode ≥ %1 = %2 × ready")
                                   .arg(figureText(border), locale.toString(policy.panicRatio, 'g', 3))};
    }
    if (isCut(decision)) {
        gauge.ready = {double(ready), Why::tr("ready %1").arg(ready)};
        gauge.wish = {double(decision.wished), Why::tr("wish %1").arg(decision.wished)};
        gauge.cutCaption = u"\u2212%1"_s.arg(decision.wished - decision.desired);
    } else if (decision.limit == DecisionLimit::None) {
        gauge.rangeCaption = Why::tr("within min and max, not cut");
    }
    return gauge;
}

QList<SentencePart> partsOf(const QString &marked)
{
    static const QString open = u"<b>"_s;
    static const QString close = u"</b>"_s;
    QList<SentencePart> parts;
    const auto add = [&parts](const QString &text, SentencePart::Emphasis emphasis) {
        if (!text.isEmpty()) {
            parts.append({unescaped(text), emphasis});
        }
    };
    qsizetype at = 0;
    while (at < marked.size()) {
        const qsizetype begin = marked.indexOf(open, at);
        if (begin < 0) {
            break;
        }
        const qsizetype from = begin + open.size();
        const qsizetype end = marked.indexOf(close, from);
        if (end < 0) {
            break;
        }
        add(marked.mid(at, begin - at), SentencePart::Emphasis::Plain);
        add(marked.mid(from, end - from), SentencePart::Emphasis::Strong);
        at = end + close.size();
    }
    add(marked.mid(at), SentencePart::Emphasis::Plain);
    return parts;
}

QList<SentencePart> whySentences(const wire::Decision &decision)
{
    QString all;
    for (const QString &sentence : models::explain::sentences(decision)) {
        // A full-width stop brings its own space.
        all += all.isEmpty() || all.endsWith(u'。') ? sentence : u' ' + sentence;
    }
    return partsOf(all);
}

QList<explain::InputRow> whyInputs(const wire::Decision &decision)
{
    QList<explain::InputRow> rows;
    const auto all = models::explain::inputs(decision);
    for (const models::ExplainedInput &input : all) {
        explain::InputRow row{.name = input.name};
        splitUnit(row, input.value);
        row.valueTone = input.isMissing ? explain::Tone::Dim : explain::Tone::Normal;
        row.askedText = input.askedFor == models::dash() ? QString() : input.askedFor;
        row.askedTone = input.isWinner ? explain::Tone::Normal : explain::Tone::Dim;
        rows.append(row);
    }
    return rows;
}

QList<explain::InputRow> whyLimits(const wire::Decision &decision)
{
    QList<explain::InputRow> rows;
    const auto all = models::explain::limits(decision);
    for (const models::ExplainedLimit &limit : all) {
        explain::InputRow row{.name = limit.name};
        if (limit.border) {
            row.value = figureText(*limit.border);
        }
        const double taken = limit.tookAway.value_or(0);
        row.askedText = taken > 0   ? figureText(taken)
                        : taken < 0 ? Why::tr("added %1").arg(figureText(-taken))
                                    : u"0"_s;
        row.askedTone = limit.held ? explain::Tone::Warn : explain::Tone::Dim;
        row.valueTone = limit.held ? explain::Tone::Warn : explain::Tone::Normal;
        rows.append(row);
    }
    return rows;
}

} // namespace nest::console
