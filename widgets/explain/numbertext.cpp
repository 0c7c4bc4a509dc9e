// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/numbertext.h"

#include <QFont>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace nest::explain {

QString numberText(std::optional<double> value, const QLocale &locale)
{
    if (!value || !std::isfinite(*value)) {
        return u"–"_s;
    }
    const double hundredths = std::round(*value * 100.0);
    const bool isWhole = std::fmod(hundredths, 100.0) == 0.0;
    const bool isTenths = std::fmod(hundredths, 10.0) == 0.0;
    return locale.toString(*value, 'f', isWhole ? 0 : (isTenths ? 1 : 2));
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
