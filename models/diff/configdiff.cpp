// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/diff/configdiff.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <set>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

struct Config
{
    Q_DECLARE_TR_FUNCTIONS(Config)
};

class Rows final
{
public:
    void add(const QString &name, const QString &before, const QString &after, bool isVariable = false)
    {
        if (before != after) {
            rows.push_back({name, before, after, isVariable});
        }
    }
    void add(const QString &name, const std::string &before, const std::string &after)
    {
        add(name, QString::fromStdString(before), QString::fromStdString(after));
    }
    void add(const QString &name, int before, int after, const QString &pattern)
    {
        add(name, pattern.arg(QLocale().toString(before)), pattern.arg(QLocale().toString(after)));
    }
    void add(const QString &name, double before, double after)
    {
        add(name, QLocale().toString(before, 'g', 6), QLocale().toString(after, 'g', 6));
    }
    /// `named` makes the row's name of the entry's.
    void add(const wire::Environment &before, const wire::Environment &after, const QString &named = u"%1"_s)
    {
        std::set<std::string> names;
        for (const auto &entry : before) {
            names.insert(entry.first);
        }
        for (const auto &entry : after) {
            names.insert(entry.first);
        }
        for (const std::string &name : names) {
            add(named.arg(QString::fromStdString(name)), valueOf(before, name), valueOf(after, name), true);
        }
    }

    std::vector<ConfigRow> rows;

private:
    /// A variable that is there but empty is told apart from one that is not there.
    static QString valueOf(const wire::Environment &environment, const std::string &name)
    {
        const auto found = environment.find(name);
        if (found == environment.end()) {
            return {};
        }
        return found->second.empty() ? u"\"\""_s : QString::fromStdString(found->second);
    }
};

QString metricText(wire::ScalingMetric metric)
{
    switch (metric) {
    case wire::ScalingMetric::RequestsPerSecond:
        return Config::tr("requests/s");
    case wire::ScalingMetric::Concurrency:
        return Config::tr("requests at once");
    case wire::ScalingMetric::Cpu:
        return Config::tr("CPU %");
    case wire::ScalingMetric::Memory:
        return Config::tr("memory MB");
    }
    return {};
}

void addNetwork(Rows &rows, const std::optional<wire::Network> &before,
                const std::optional<wire::Network> &after)
{
    const auto egress = [](const std::optional<wire::Network> &network) {
        return network && network->egress == wire::Egress::Open ? Config::tr("open, but not to this machine")
                                                                : Config::tr("only what is granted");
    };
    const auto grants = [](const std::optional<wire::Network> &network) {
        wire::Environment addresses;
        for (const auto &grant : network.value_or(wire::Network{}).grants) {
            addresses[grant.name] = wire::addressOf(grant);
        }
        return addresses;
    };
    rows.add(grants(before), grants(after), Config::tr("May reach %1"));
    rows.add(Config::tr("Network"), egress(before), egress(after));
}

QString weightsOf(const wire::Deployment &deployment)
{
    QStringList parts;
    for (const auto &weight : deployment.weights) {
        parts.append(u"v%1 %2 %"_s.arg(weight.version).arg(weight.weight));
    }
    return parts.join(u" · "_s);
}

} // namespace

std::vector<ConfigRow> configDiff(const wire::Version &before, const wire::Version &after)
{
    Rows rows;
    rows.add(Config::tr("Runtime"), before.runtime, after.runtime);
    rows.add(Config::tr("Handler"), before.handler, after.handler);
    rows.add(Config::tr("Memory"), before.memoryMegabytes, after.memoryMegabytes, u"%1 MB"_s);
    rows.add(Config::tr("Time limit"), before.timeoutSeconds, after.timeoutSeconds, Config::tr("%1 s"));
    rows.add(before.environment, after.environment);
    addNetwork(rows, before.network, after.network);
    return rows.rows;
}

std::vector<ConfigRow> configDiff(const wire::Deployment &before, const wire::Deployment &after)
{
    Rows rows;
    const QString plain = u"%1"_s;
    const QString seconds = Config::tr("%1 s");
    const wire::ScalingPolicy &old = before.scaling;
    const wire::ScalingPolicy &now = after.scaling;
    rows.add(Config::tr("Weights"), weightsOf(before), weightsOf(after));
    rows.add(Config::tr("Reserved"), old.reserved, now.reserved, plain);
    rows.add(Config::tr("Maximum"), old.maximum, now.maximum, plain);
    rows.add(Config::tr("Metric"), metricText(old.metric), metricText(now.metric));
    rows.add(Config::tr("Threshold"), old.threshold, now.threshold);
    rows.add(Config::tr("Utilisation"), old.utilisation, now.utilisation);
    rows.add(Config::tr("Stable window"), old.stableWindowSeconds, now.stableWindowSeconds, seconds);
    rows.add(Config::tr("Panic window"), old.panicWindowSeconds, now.panicWindowSeconds, seconds);
    rows.add(Config::tr("Panic at"), old.panicRatio, now.panicRatio);
    rows.add(Config::tr("Scale-down delay"), old.scaleDownDelaySeconds, now.scaleDownDelaySeconds, seconds);
    rows.add(Config::tr("To zero after"), old.scaleToZeroAfterSeconds, now.scaleToZeroAfterSeconds, seconds);
    rows.add(Config::tr("Requests at once per instance"), before.concurrencyLimit, after.concurrencyLimit,
             plain);
    rows.add(before.environment, after.environment);
    rows.add(before.secrets, after.secrets, Config::tr("Secret %1"));
    addNetwork(rows, before.network, after.network);
    return rows.rows;
}

} // namespace nest::models
