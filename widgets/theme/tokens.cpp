// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/tokens.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
/// Walks "a/b/c" below one object and notes each path that is not there or not of the wanted kind.
class Reader final
{
public:
    Reader(QJsonObject root, QStringList &missing) : m_root(std::move(root)), m_missing(missing) {}

    void read(QStringView path, QColor &into) { into = color(at(path), path); }
    void read(QStringView path, int &into) { into = static_cast<int>(number(path)); }
    void read(QStringView path, qreal &into) { into = number(path); }

    template <std::size_t Count>
    void read(QStringView path, std::array<QColor, Count> &into)
    {
        const QJsonArray list = at(path).toArray();
        if (static_cast<std::size_t>(list.size()) != Count) {
            m_missing.append(path.toString());
            return;
        }
        for (std::size_t i = 0; i < Count; ++i) {
            into[i] = color(list.at(static_cast<qsizetype>(i)), path);
        }
    }

    void read(QStringView path, QList<qreal> &into)
    {
        for (const QJsonValue &value : at(path).toArray()) {
            into.append(value.toDouble());
        }
        note(into.isEmpty(), path);
    }

    void read(QStringView path, QStringList &into)
    {
        for (const QJsonValue &value : at(path).toArray()) {
            into.append(value.toString());
        }
        note(into.isEmpty(), path);
    }

    [[nodiscard]] QJsonObject object(QStringView path) const { return at(path).toObject(); }

private:
    [[nodiscard]] QJsonValue at(QStringView path) const
    {
        QJsonValue value = m_root;
        for (const QStringView step : path.split(u'/')) {
            value = value.toObject().value(step);
        }
        return value;
    }

    QColor color(const QJsonValue &value, QStringView path)
    {
        const QColor color = QColor::fromString(value.toString());
        note(!color.isValid(), path);
        return color;
    }

    double number(QStringView path)
    {
        const QJsonValue value = at(path);
        note(!value.isDouble(), path);
        return value.toDouble();
    }

    void note(bool isMissing, QStringView path)
    {
        if (isMissing) {
            m_missing.append(path.toString());
        }
    }

    QJsonObject m_root;
    QStringList &m_missing;
};

void readColors(Reader &in, Theme &theme)
{
    in.read(u"surface/window", theme.surface.window);
    in.read(u"surface/page", theme.surface.page);
    in.read(u"surface/panel", theme.surface.panel);
    in.read(u"surface/control", theme.surface.control);
    in.read(u"surface/pressed", theme.surface.pressed);
    in.read(u"surface/button", theme.surface.button);
    in.read(u"surface/tooltip", theme.surface.tooltip);
    in.read(u"surface/rowHover", theme.surface.rowHover);
    in.read(u"surface/rowSelected", theme.surface.rowSelected);
    in.read(u"border/subtle", theme.border.subtle);
    in.read(u"border/control", theme.border.control);
    in.read(u"border/strong", theme.border.strong);
    in.read(u"border/chartGrid", theme.border.chartGrid);
    in.read(u"text/primary", theme.text.primary);
    in.read(u"text/secondary", theme.text.secondary);
    in.read(u"text/dim", theme.text.dim);
    in.read(u"text/disabled", theme.text.disabled);
    in.read(u"accent/text", theme.accent.text);
    in.read(u"accent/fill", theme.accent.fill);
    in.read(u"accent/onFill", theme.accent.onFill);
    in.read(u"accent/tint", theme.accent.tint);
    in.read(u"accent/tintBorder", theme.accent.tintBorder);
    in.read(u"danger/fill", theme.danger.fill);
    in.read(u"danger/onFill", theme.danger.onFill);
    in.read(u"status/neutral/text", theme.neutral.text);
    in.read(u"status/neutral/fill", theme.neutral.fill);
    in.read(u"status/neutral/border", theme.neutral.border);
    in.read(u"status/ok/text", theme.ok.text);
    in.read(u"status/ok/fill", theme.ok.fill);
    in.read(u"status/ok/border", theme.ok.border);
    in.read(u"status/warn/text", theme.warn.text);
    in.read(u"status/warn/fill", theme.warn.fill);
    in.read(u"status/warn/border", theme.warn.border);
    in.read(u"status/bad/text", theme.bad.text);
    in.read(u"status/bad/fill", theme.bad.fill);
    in.read(u"status/bad/border", theme.bad.border);
    in.read(u"status/info/text", theme.info.text);
    in.read(u"status/info/fill", theme.info.fill);
    in.read(u"status/info/border", theme.info.border);
    in.read(u"accent/text", theme.accentTone.text);
    in.read(u"accent/tint", theme.accentTone.fill);
    in.read(u"accent/tintBorder", theme.accentTone.border);
    in.read(u"environment/prod", theme.environment.production);
    in.read(u"environment/staging", theme.environment.staging);
    in.read(u"environment/test", theme.environment.test);
    in.read(u"environment/local", theme.environment.local);
    in.read(u"environment/onEnvironment", theme.environment.onEnvironment);
    in.read(u"seriesFill/series1", theme.series1Fill);
    in.read(u"seriesFill/series3", theme.series3Fill);
    in.read(u"seriesFill/series6", theme.series6Fill);
    in.read(u"chartRole/requests", theme.chartRole.requests);
    in.read(u"chartRole/requestsFill", theme.chartRole.requestsFill);
    in.read(u"chartRole/capacity", theme.chartRole.capacity);
    in.read(u"chartRole/ready", theme.chartRole.ready);
    in.read(u"chartRole/readyFill", theme.chartRole.readyFill);
    in.read(u"chartRole/desired", theme.chartRole.desired);
    in.read(u"chartRole/reserved", theme.chartRole.reserved);
    in.read(u"chartRole/whatIf", theme.chartRole.whatIf);
    in.read(u"chartRole/oldVersion", theme.chartRole.oldVersion);
    in.read(u"chartRole/newVersion", theme.chartRole.newVersion);
    in.read(u"chartRole/limit", theme.chartRole.limit);
    in.read(u"chartRole/firing", theme.chartRole.firing);
    in.read(u"chartRole/now", theme.chartRole.now);
    in.read(u"coldStart/schedule", theme.coldStart.schedule);
    in.read(u"coldStart/fetch", theme.coldStart.fetch);
    in.read(u"coldStart/start", theme.coldStart.start);
    in.read(u"coldStart/runtimeInit", theme.coldStart.runtimeInit);
    in.read(u"coldStart/userInit", theme.coldStart.userInit);
    in.read(u"coldStart/handler", theme.coldStart.handler);
    in.read(u"diff/addFill", theme.diff.addFill);
    in.read(u"diff/addText", theme.diff.addText);
    in.read(u"diff/removeFill", theme.diff.removeFill);
    in.read(u"diff/removeText", theme.diff.removeText);
    in.read(u"syntax/keyword", theme.syntax.keyword);
    in.read(u"syntax/string", theme.syntax.string);
    in.read(u"syntax/number", theme.syntax.number);
    in.read(u"syntax/function", theme.syntax.function);
    in.read(u"syntax/comment", theme.syntax.comment);
    in.read(u"syntax/property", theme.syntax.property);
    in.read(u"series", theme.series);
    in.read(u"heat", theme.heat);
}

void readSizes(Reader &in, Sizes &size)
{
    in.read(u"row/compact", size.rowCompact);
    in.read(u"row/normal", size.rowNormal);
    in.read(u"row/tableHead", size.tableHead);
    in.read(u"row/log", size.rowLog);
    in.read(u"control/button", size.button);
    in.read(u"control/buttonSmall", size.buttonSmall);
    in.read(u"control/input", size.input);
    in.read(u"control/filterBar", size.filterBar);
    in.read(u"control/pill", size.pill);
    in.read(u"control/groupChip", size.groupChip);
    in.read(u"control/scopeChip", size.scopeChip);
    in.read(u"control/checkbox", size.checkbox);
    in.read(u"shell/environmentStrip", size.environmentStrip);
    in.read(u"shell/topBar", size.topBar);
    in.read(u"shell/rail", size.rail);
    in.read(u"shell/railItem", size.railItem);
    in.read(u"shell/statusBar", size.statusBar);
    in.read(u"shell/pageHeader", size.pageHeader);
    in.read(u"shell/pageHeaderPlain", size.pageHeaderPlain);
    in.read(u"shell/tabs", size.tabs);
    in.read(u"shell/panelHead", size.panelHead);
    in.read(u"shell/banner", size.banner);
    in.read(u"shell/inspector/min", size.inspectorMinimum);
    in.read(u"shell/inspector/default", size.inspectorDefault);
    in.read(u"shell/inspector/max", size.inspectorMaximum);
    in.read(u"icon/small", size.iconSmall);
    in.read(u"icon/table", size.iconTable);
    in.read(u"icon/normal", size.iconNormal);
    in.read(u"icon/rail", size.iconRail);
    in.read(u"icon/header", size.iconHeader);
    in.read(u"radius/small", size.radiusSmall);
    in.read(u"radius/pill", size.radiusPill);
    in.read(u"radius/control", size.radiusControl);
    in.read(u"radius/panel", size.radiusPanel);
    in.read(u"stroke/focus", size.focusStroke);
    in.read(u"stroke/selection", size.selectionStroke);
    in.read(u"motion/fast", size.hoverMilliseconds);
    in.read(u"motion/normal", size.popupMilliseconds);
    in.read(u"motion/valueFlash", size.valueFlashMilliseconds);
    in.read(u"stroke/chartLine", size.chartLine);
    in.read(u"stroke/chartMain", size.chartMain);
    in.read(u"stroke/chartThin", size.chartThin);
}
} // namespace

Result<ThemeTokens> readTokens(const QByteArray &json)
{
    QJsonParseError broken;
    const QJsonObject root = QJsonDocument::fromJson(json, &broken).object();
    if (broken.error != QJsonParseError::NoError) {
        return failure("theme/bad-tokens",
                       "The theme tokens are no JSON: " + broken.errorString().toStdString());
    }
    QStringList missing;
    Reader all(root, missing);
    Theme common;
    readSizes(all, common.size);
    all.read(u"dash/whatIf", common.dash.whatIf);
    all.read(u"dash/limit", common.dash.limit);
    all.read(u"dash/reserved", common.dash.reserved);
    all.read(u"dash/crosshair", common.dash.crosshair);
    all.read(u"font/ui", common.uiFamilies);
    all.read(u"font/mono", common.monoFamilies);
    ThemeTokens tokens{common, common};
    tokens.light.isDark = false;
    Reader dark(all.object(u"theme/dark"), missing);
    readColors(dark, tokens.dark);
    Reader light(all.object(u"theme/light"), missing);
    readColors(light, tokens.light);
    if (!missing.isEmpty()) {
        return failure("theme/bad-tokens", "The theme tokens lack: " + missing.join(u", "_s).toStdString());
    }
    return tokens;
}

Result<ThemeTokens> loadTokens()
{
    QFile file(u":/nest/theme/tokens.json"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure("theme/no-tokens", "The program was built without resources/theme/tokens.json.");
    }
    return readTokens(file.readAll());
}

} // namespace nest::widgets
