// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/numbertext.h"

#include <QFont>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::explain {

namespace {

/// At most so many decimals, none that are zero.
QString withDecimals(double value, int decimals, const QLocale &locale)
{
    double scaled = std::round(value * std::pow(10.0, decimals));
    while (decimals > 0 && std::fmod(scaled, 10.0) == 0.0) {
        scaled /= 10.0;
        --decimals;
    }
    return locale.toString(value, 'f', decimals);
}

} // namespace

QString numberText(std::optional<double> value, const QLocale &locale)
{
    if (!value || !std::isfinite(*value)) {
        return u"–"_s;
    }
    return withDecimals(*value, std::abs(*value) < 9.995 ? 2 : 1, locale);
}

QString quotientText(std::optional<double> value, std::optional<double> wish, const QLocale &locale)
{
    constexpr int mostDecimals = 5;
    if (!value || !wish || !std::isfinite(*value)) {
        return numberText(value, locale);
    }
    for (int decimals = 2; decimals <= mostDecimals; ++decimals) {
        const double scale = std::pow(10.0, decimals);
        if (std::ceil(std::round(*value * scale) / scale) == *wish) {
            return withDecimals(*value, decimals, locale);
        }
    }
    return *wish == std::ceil(*value) ? u"> "_s + numberText(*wish - 1, locale) : numberText(value, locale);
}

QFont sized(const QFont &font, int pixelSize, bool isStrong)
{
    QFont result = font;
    result.setPixelSize(pixelSize);
    if (isStrong) {
        result.setWeight(QFont::DemiBold);
    }
    return result;
}

} // namespace nest::explain
