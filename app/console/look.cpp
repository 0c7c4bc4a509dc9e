// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/look.h"

#include <QCoreApplication>
#include <QLocale>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Tone;

namespace {
struct LookTexts
{
    Q_DECLARE_TR_FUNCTIONS(LookTexts)
};
} // namespace

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

widgets::PillCell healthPill(wire::DeploymentState state)
{
    using State = wire::DeploymentState;
    switch (state) {
    case State::AtZero:
        return {.text = LookTexts::tr("At zero"), .icon = u"ring"_s, .tone = Tone::Neutral};
    case State::Starting:
        return {.text = LookTexts::tr("Starting"), .icon = u"spin"_s, .tone = Tone::Info};
    case State::Healthy:
        return {.text = LookTexts::tr("Healthy"), .icon = u"check"_s, .tone = Tone::Ok};
    case State::Degraded:
        return {.text = LookTexts::tr("Degraded"), .icon = u"alert"_s, .tone = Tone::Warn};
    case State::Failed:
        return {.text = LookTexts::tr("Failing"), .icon = u"reject"_s, .tone = Tone::Bad};
    case State::Draining:
        break;
    }
    return {.text = LookTexts::tr("Draining"), .icon = u"minus"_s, .tone = Tone::Neutral};
}

widgets::GroupCell groupCell(const wire::GroupName &group)
{
    return {.set = toText(group.set), .lane = toText(group.lane), .region = toText(group.region)};
}

wire::GroupName groupOf(const wire::Deployment &deployment)
{
    return {deployment.set, deployment.lane, deployment.region};
}

QString weightsText(const wire::Deployment &deployment)
{
    QStringList versions;
    for (const wire::VersionWeight &weight : deployment.weights) {
        versions.append(deployment.weights.size() == 1
                            ? u"v%1"_s.arg(weight.version)
                            : u"v%1 %2 %"_s.arg(weight.version).arg(weight.weight));
    }
    return versions.join(u" · "_s);
}

QString runtimeIcon(const std::string &runtime)
{
    for (const char *known : {"node", "java", "python"}) {
        if (runtime.starts_with(known)) {
            return QString::fromLatin1(known);
        }
    }
    return u"function"_s;
}

QString runtimeName(const std::string &runtime)
{
    for (const auto &[id, name] :
         {std::pair{"node", "Node.js"}, std::pair{"java", "Java"}, std::pair{"python", "Python"}}) {
        if (runtime.starts_with(id) && runtime != id) {
            return QString::fromLatin1(name) + u' ' + toText(runtime.substr(std::string_view(id).size()));
        }
    }
    return toText(runtime);
}

QString durationText(double milliseconds)
{
    const QLocale locale;
    if (milliseconds >= 1000) {
        return LookTexts::tr("%1 s").arg(locale.toString(milliseconds / 1000, 'f', 1));
    }
    return LookTexts::tr("%1 ms").arg(locale.toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0));
}

QString networkText(const wire::Network &network)
{
    QStringList grants;
    for (const auto &grant : network.grants) {
        grants.append(u"%1 (%2)"_s.arg(toText(grant.name), toText(addressOf(grant))));
    }
    const QString list = grants.join(u", "_s);
    if (network.egress == wire::Egress::Open) {
        return grants.isEmpty() ? LookTexts::tr("open, but not to this machine")
                                : LookTexts::tr("open, but not to this machine; and %1").arg(list);
    }
    return grants.isEmpty() ? LookTexts::tr("none") : LookTexts::tr("%1 and nothing else").arg(list);
}

QString severityWord(wire::Severity severity)
{
    switch (severity) {
    case wire::Severity::Debug:
        return u"DEBUG"_s;
    case wire::Severity::Info:
        return u"INFO"_s;
    case wire::Severity::Warn:
        return u"WARN"_s;
    case wire::Severity::Error:
        break;
    }
    return u"ERROR"_s;
}

widgets::Ink severityInk(wire::Severity severity)
{
    return severity == wire::Severity::Error  ? widgets::Ink::Bad
           : severity == wire::Severity::Warn ? widgets::Ink::Warn
                                              : widgets::Ink::Dim;
}

} // namespace nest::console
