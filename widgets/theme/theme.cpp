// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include "widgets/theme/neststyle.h"
#include "widgets/theme/tokens.h"

#include <QWidget>

#include <algorithm>
#include <cmath>

namespace nest::widgets {

const ToneColors &Theme::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Ok:
        return ok;
    case Tone::Warn:
        return warn;
    case Tone::Bad:
        return bad;
    case Tone::Info:
        return info;
    case Tone::Accent:
        return accentTone;
    case Tone::Neutral:
        break;
    }
    return neutral;
}

const QColor &Theme::ink(Ink ink) const
{
    switch (ink) {
    case Ink::Secondary:
        return text.secondary;
    case Ink::Dim:
        return text.dim;
    case Ink::Disabled:
        return text.disabled;
    case Ink::Accent:
        return accent.text;
    case Ink::OnFill:
        return accent.onFill;
    case Ink::Neutral:
        return neutral.text;
    case Ink::Ok:
        return ok.text;
    case Ink::Warn:
        return warn.text;
    case Ink::Bad:
        return bad.text;
    case Ink::Info:
        return info.text;
    case Ink::Primary:
        break;
    }
    return text.primary;
}

const QColor &Theme::environmentColor(Environment of) const
{
    switch (of) {
    case Environment::Production:
        return environment.production;
    case Environment::Staging:
        return environment.staging;
    case Environment::Test:
        return environment.test;
    case Environment::Local:
        break;
    }
    return environment.local;
}

namespace {
struct FontRecipe
{
    qreal pixels;
    QFont::Weight weight;
    bool isMono;
};

FontRecipe recipe(TextStyle style)
{
    switch (style) {
    case TextStyle::Micro:
        return {10, QFont::Normal, false};
    case TextStyle::Caption:
        return {11, QFont::Normal, false};
    case TextStyle::BodyMedium:
        return {12, QFont::Medium, false};
    case TextStyle::Strong:
        return {13, QFont::DemiBold, false};
    case TextStyle::Title:
        return {15, QFont::DemiBold, false};
    case TextStyle::Figure:
        return {20, QFont::DemiBold, false};
    case TextStyle::Result:
        return {24, QFont::DemiBold, false};
    case TextStyle::Code:
        return {12.5, QFont::Normal, true};
    case TextStyle::Log:
        return {11.5, QFont::Normal, true};
    case TextStyle::Body:
        break;
    }
    return {12, QFont::Normal, false};
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}
} // namespace

QFont Theme::font(TextStyle style) const
{
    const auto [pixels, weight, isMono] = recipe(style);
    QFont font(isMono ? monoFamilies : uiFamilies);
    if (pixels == std::floor(pixels)) {
        font.setPixelSize(static_cast<int>(pixels));
    } else {
        font.setPointSizeF(pixels * 0.75); // QFont takes no fraction of a pixel; 96 dpi are 0.75 pt a pixel
    }
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting); // hinted advances make columns of figures uneven
    if (isMono) {
        font.setFeature("liga", 0);
        font.setFeature("calt", 0);
    } else {
        font.setFeature("tnum", 1);
        font.setFeature("cv10", 1);
    }
    return font;
}

const Theme &themeOf(const QWidget *widget)
{
    if (const auto *style = widget ? qobject_cast<const NestStyle *>(widget->style()) : nullptr) {
        return style->theme();
    }
    static const Theme fallback = loadTokens().value_or(ThemeTokens{}).dark;
    return fallback;
}

double contrast(const QColor &first, const QColor &second)
{
    const double one = luminance(first);
    const double other = luminance(second);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

} // namespace nest::widgets
