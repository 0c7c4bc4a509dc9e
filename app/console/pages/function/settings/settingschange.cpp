// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/settingschange.h"

#include "app/console/look.h"
#include "app/console/pages/function/settings/networkrules.h"
#include "models/diff/rebase.h"

#include <QCoreApplication>
#include <QLocale>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::take;

namespace {
struct SettingsTexts
{
    Q_DECLARE_TR_FUNCTIONS(SettingsTexts)
};

constexpr int longestShown = 40; // of a value in a sentence

QString figure(double value)
{
    return QLocale().toString(value, 'g', 12);
}

QString seconds(int value)
{
    return SettingsTexts::tr("%1 s").arg(QLocale().toString(value));
}

QString shown(const std::string &value)
{
    const QString text = toText(value);
    return text.size() > longestShown ? text.left(longestShown) + u"…"_s : text;
}

void environmentSentences(const wire::Environment &before, const wire::Environment &after, QStringList &to)
{
    for (const auto &[name, value] : after) {
        const auto old = before.find(name);
        if (old == before.end()) {
            to.append(SettingsTexts::tr("%1 is new in the environment, with “%2”.")
                          .arg(toText(name), shown(value)));
        } else if (old->second != value) {
            to.append(SettingsTexts::tr("%1 goes from “%2” to “%3”.")
                          .arg(toText(name), shown(old->second), shown(value)));
        }
    }
    for (const auto &[name, value] : before) {
        if (!after.contains(name)) {
            to.append(SettingsTexts::tr("%1 is removed from the environment; it was “%2”.")
                          .arg(toText(name), shown(value)));
        }
    }
}

void secretSentences(const wire::Environment &before, const wire::Environment &after, QStringList &to)
{
    for (const auto &[name, secret] : after) {
        const auto old = before.find(name);
        if (old == before.end()) {
            to.append(name == secret ? SettingsTexts::tr("The secret %1 is handed over.").arg(toText(name))
                                     : SettingsTexts::tr("The secret %1 is handed over as %2.")
                                           .arg(toText(secret), toText(name)));
        } else if (old->second != secret) {
            to.append(SettingsTexts::tr("%1 is the secret %2, not %3.")
                          .arg(toText(name), toText(secret), toText(old->second)));
        }
    }
    for (const auto &[name, secret] : before) {
        if (!after.contains(name)) {
            to.append(
                name == secret
                    ? SettingsTexts::tr("The secret %1 is not handed over any more.").arg(toText(secret))
                    : SettingsTexts::tr("The secret %1 (read as %2) is not handed over any more.")
                          .arg(toText(secret), toText(name)));
        }
    }
}

} // namespace

DeploymentSettings settingsOf(const wire::Deployment &deployment)
{
    return {deployment.scaling, deployment.concurrencyLimit, deployment.environment, deployment.secrets,
            deployment.network.value_or(wire::Network{})};
}

wire::Deployment withSettings(wire::Deployment deployment, const DeploymentSettings &settings,
                              const std::string &reason)
{
    deployment.scaling = settings.scaling;
    deployment.concurrencyLimit = settings.concurrencyLimit;
    deployment.environment = settings.environment;
    deployment.secrets = settings.secrets;
    if (settings.network != deployment.network.value_or(wire::Network{})) {
        deployment.network = settings.network;
    }
    deployment.reason = reason; // the one that was read is of the change before
    return deployment;
}

QStringList changeSentences(const DeploymentSettings &before, const DeploymentSettings &after)
{
    QStringList sentences;
    const auto say = [&](auto from, auto to, const QString &sentence, auto &&word) {
        if (from != to) {
            sentences.append(sentence.arg(word(from), word(to)));
        }
    };
    const wire::ScalingPolicy &old = before.scaling;
    const wire::ScalingPolicy &now = after.scaling;
    const auto never = [](int value) {
        return value == 0 ? SettingsTexts::tr("never") : seconds(value);
    };
    say(old.reserved, now.reserved, SettingsTexts::tr("Reserved instances go from %1 to %2."), figure);
    say(old.maximum, now.maximum, SettingsTexts::tr("The maximum goes from %1 to %2 instances."), figure);
    say(old.threshold, now.threshold, SettingsTexts::tr("The threshold goes from %1 to %2 an instance."),
        figure);
    say(old.utilisation * 100, now.utilisation * 100,
        SettingsTexts::tr("The target utilisation goes from %1 to %2 %."), figure);
    say(before.concurrencyLimit, after.concurrencyLimit,
        SettingsTexts::tr("One instance gets at most %2 requests at once, not %1."), figure);
    say(old.stableWindowSeconds, now.stableWindowSeconds,
        SettingsTexts::tr("The stable window goes from %1 to %2."), seconds);
    say(old.panicWindowSeconds, now.panicWindowSeconds,
        SettingsTexts::tr("The panic window goes from %1 to %2."), seconds);
    say(old.scaleDownDelaySeconds, now.scaleDownDelaySeconds,
        SettingsTexts::tr("The scale down delay goes from %1 to %2."), seconds);
    say(old.scaleToZeroAfterSeconds, now.scaleToZeroAfterSeconds,
        SettingsTexts::tr("Scale to zero after goes from %1 to %2."), never);
    environmentSentences(before.environment, after.environment, sentences);
    secretSentences(before.secrets, after.secrets, sentences);
    sentences += networkSentences(before.network, after.network);
    return sentences;
}

DeploymentSettings rebased(const DeploymentSettings &base, const DeploymentSettings &mine,
                           const DeploymentSettings &theirs)
{
    DeploymentSettings result = theirs;
    wire::ScalingPolicy &to = result.scaling;
    const wire::ScalingPolicy &from = base.scaling;
    const wire::ScalingPolicy &my = mine.scaling;
    take(to.reserved, from.reserved, my.reserved);
    take(to.maximum, from.maximum, my.maximum);
    take(to.threshold, from.threshold, my.threshold);
    take(to.utilisation, from.utilisation, my.utilisation);
    take(to.stableWindowSeconds, from.stableWindowSeconds, my.stableWindowSeconds);
    take(to.panicWindowSeconds, from.panicWindowSeconds, my.panicWindowSeconds);
    take(to.scaleDownDelaySeconds, from.scaleDownDelaySeconds, my.scaleDownDelaySeconds);
    take(to.scaleToZeroAfterSeconds, from.scaleToZeroAfterSeconds, my.scaleToZeroAfterSeconds);
    take(result.concurrencyLimit, base.concurrencyLimit, mine.concurrencyLimit);
    take(result.environment, base.environment, mine.environment);
    take(result.secrets, base.secrets, mine.secrets);
    takeNetwork(result.network, base.network, mine.network);
    return result;
}

QString settingsProblem(const DeploymentSettings &settings)
{
    const wire::ScalingPolicy &rule = settings.scaling;
    if (rule.reserved > rule.maximum) {
        return SettingsTexts::tr(
                   "%1 reserved is more than the maximum of %2: raise the maximum or lower the reserved.")
            .arg(figure(rule.reserved), figure(rule.maximum));
    }
    if (rule.panicWindowSeconds > rule.stableWindowSeconds) {
        return SettingsTexts::tr(
                   "The panic window of %1 is longer than the stable window of %2: make it shorter.")
            .arg(seconds(rule.panicWindowSeconds), seconds(rule.stableWindowSeconds));
    }
    return {};
}

} // namespace nest::console
