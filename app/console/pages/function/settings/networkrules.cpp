// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/networkrules.h"

#include "app/console/look.h"
#include "models/diff/rebase.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

struct NetworkTexts
{
    Q_DECLARE_TR_FUNCTIONS(NetworkTexts)
};

constexpr qsizetype longestName = 63;
constexpr qsizetype longestHost = 253;
constexpr int highestPort = 65'535;

const wire::NetworkGrant *named(const wire::Network &network, const std::string &name)
{
    const auto found = std::ranges::find(network.grants, name, &wire::NetworkGrant::name);
    return found == network.grants.end() ? nullptr : &*found;
}

QString address(const wire::NetworkGrant &grant)
{
    return toText(addressOf(grant));
}

bool isAddress(const QString &host)
{
    static const QRegularExpression four(
        u"^(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}$"_s);
    return host.contains(u':') ? QHostAddress(host).protocol() == QAbstractSocket::IPv6Protocol
                               : host.contains(four);
}

} // namespace

QString grantNameProblem(const QString &name)
{
    static const QRegularExpression good(u"^[a-z]([a-z0-9-]*[a-z0-9])?$"_s);
    if (name.isEmpty()) {
        return NetworkTexts::tr("Give it a name, or remove the row.");
    }
    if (!name.contains(good)) {
        return NetworkTexts::tr("A name has lower-case letters, figures and -, and begins with a letter.");
    }
    if (name.size() > longestName) {
        return NetworkTexts::tr("A name has at most %1 characters.").arg(longestName);
    }
    if (name == "nest"_L1 || name.startsWith("nest-"_L1)) {
        return NetworkTexts::tr("Names that begin with nest are the platform's.");
    }
    return {};
}

QString hostProblem(const QString &host)
{
    static const QRegularExpression good(u"^[A-Za-z0-9._:-]+$"_s);
    static const QRegularExpression withPort(u"^[^:]+:[0-9]+$"_s);
    // What a resolver would read as an address in another way is no name.
    static const QRegularExpression number(
        u"^(0[xX][0-9a-fA-F]*|[0-9]+)(\\.(0[xX][0-9a-fA-F]*|[0-9]+)){0,3}$|^[0-9.]+$"_s);
    if (host.isEmpty()) {
        return NetworkTexts::tr("Say where: an IP address or a name.");
    }
    if (host.contains(withPort)) {
        return NetworkTexts::tr("The port has a field of its own.");
    }
    if (host.size() > longestHost) {
        return NetworkTexts::tr("A host has at most %1 characters.").arg(longestHost);
    }
    if (isAddress(host)) {
        return {};
    }
    if (!host.contains(good) || host.contains(u':') || host.startsWith(u'-') || host.startsWith(u'.') ||
        host.contains(number)) {
        return NetworkTexts::tr(
            "A host is an IP address such as 10.0.0.7, or a name such as db.example.com.");
    }
    return {};
}

QString portProblem(const QString &port)
{
    bool isNumber = false;
    const int value = port.toInt(&isNumber);
    static const QRegularExpression figures(u"^[0-9]+$"_s);
    return isNumber && port.contains(figures) && value >= 1 && value <= highestPort
               ? QString()
               : NetworkTexts::tr("A port is a number from 1 to 65535.");
}

QStringList settingNames(const QString &grant)
{
    const QString name = grant.toUpper().replace(u'-', u'_');
    return {name + "_HOST"_L1, name + "_PORT"_L1};
}

QStringList networkSentences(const wire::Network &before, const wire::Network &after)
{
    QStringList sentences;
    for (const auto &grant : after.grants) {
        const auto *old = named(before, grant.name);
        if (old == nullptr) {
            sentences.append(
                NetworkTexts::tr("The function may reach %1, %2.").arg(toText(grant.name), address(grant)));
        } else if (*old != grant) {
            sentences.append(NetworkTexts::tr("%1 leads to %3, not to %2.")
                                 .arg(toText(grant.name), address(*old), address(grant)));
        }
    }
    for (const auto &grant : before.grants) {
        if (named(after, grant.name) == nullptr) {
            sentences.append(NetworkTexts::tr("The function may not reach %1 any more; it was %2.")
                                 .arg(toText(grant.name), address(grant)));
        }
    }
    if (before.egress != after.egress) {
        sentences.append(
            after.egress == wire::Egress::Open
                ? NetworkTexts::tr("The network is opened: the function may reach everything but "
                                   "the machine that it runs on.")
                : NetworkTexts::tr("The network is open no more: the function may reach only what "
                                   "is granted."));
    }
    return sentences;
}

void takeNetwork(wire::Network &theirs, const wire::Network &base, const wire::Network &mine)
{
    models::take(theirs.egress, base.egress, mine.egress);
    for (const auto &grant : mine.grants) {
        const auto *old = named(base, grant.name);
        if (old != nullptr && *old == grant) {
            continue;
        }
        const auto there = std::ranges::find(theirs.grants, grant.name, &wire::NetworkGrant::name);
        if (there == theirs.grants.end()) {
            theirs.grants.push_back(grant);
        } else {
            *there = grant;
        }
    }
    std::erase_if(theirs.grants, [&](const wire::NetworkGrant &grant) {
        return named(base, grant.name) != nullptr && named(mine, grant.name) == nullptr;
    });
}

} // namespace nest::console
