// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connections/savedconnections.h"

#include <QHostAddress>
#include <QSettings>
#include <QUuid>

#include <algorithm>

namespace nest::models {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 40;
constexpr qsizetype longestAddress = 500;
constexpr qsizetype longestSocket = 100; // sun_path, decision 19
const auto localName = "local"_L1;

bool isThisMachine(const QUrl &url)
{
    const QString host = url.host();
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1) || QHostAddress(host).isLoopback();
}

std::unexpected<Error> badAddress(const std::string &detail)
{
    return failure("client/bad-address", detail);
}

} // namespace

Result<client::Connection> parseAddress(const QString &given)
{
    const QString text = given.trimmed();
    client::Connection connection;
    if (text.isEmpty()) {
        return badAddress("Type the address of the platform, for example https://nest.example.com.");
    }
    if (text.size() > longestAddress) {
        return badAddress("This is too long for an address.");
    }
    if (text.startsWith(u'/')) {
        if (text.toUtf8().size() > longestSocket) {
            return badAddress("The path of a socket has at most 100 bytes.");
        }
        connection.socketPath = text;
        return connection;
    }
    const bool hasScheme = text.contains("://"_L1);
    QUrl url(hasScheme ? text : "https://"_L1 + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        return badAddress("This is no address. Type it like https://nest.example.com or 127.0.0.1:7071.");
    }
    if (!hasScheme && isThisMachine(url)) {
        url.setScheme(u"http"_s);
    }
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1) {
        return badAddress("A platform is reached with https:// or http://.");
    }
    if (!url.userInfo().isEmpty()) {
        return badAddress("Leave the name and password out of the address: the token lets you in.");
    }
    if (url.hasQuery() || url.hasFragment()) {
        return badAddress("Leave out what follows ? or #.");
    }
    QString path = url.path();
    while (path.endsWith(u'/')) {
        path.chop(1);
    }
    if (path.endsWith("/v1"_L1)) {
        path.chop(3); // pasted from the documentation of the API
    }
    url.setPath(path);
    connection.url = url;
    return connection;
}

bool isPrivate(const client::Connection &connection)
{
    return connection.isSocket() || connection.url.scheme() == "https"_L1 || isThisMachine(connection.url);
}

SavedConnections::SavedConnections(QSettings &settings, QObject *parent)
    : QObject(parent), m_settings(settings)
{
    const int size = m_settings.beginReadArray("connections"_L1);
    for (int i = 0; i < size; ++i) {
        m_settings.setArrayIndex(i);
        SavedConnection read;
        read.id = m_settings.value("id").toString();
        read.name = m_settings.value("name").toString();
        read.address = m_settings.value("address").toString();
        read.environment = m_settings.value("environment").toString();
        read.isProtected = m_settings.value("protected").toBool();
        read.lastSeen = QDateTime::fromString(m_settings.value("lastSeen").toString(), Qt::ISODate);
        if (!read.id.isEmpty() && !read.name.isEmpty() && parseAddress(read.address)) {
            m_list.append(read);
        }
    }
    m_settings.endArray();
}

const SavedConnection *SavedConnections::find(const QString &id) const
{
    const auto found = std::ranges::find(m_list, id, &SavedConnection::id);
    return found == m_list.end() ? nullptr : &*found;
}

const SavedConnection *SavedConnections::named(const QString &name) const
{
    const auto found = std::ranges::find_if(m_list, [&](const SavedConnection &each) {
        return each.name.compare(name.trimmed(), Qt::CaseInsensitive) == 0;
    });
    return found == m_list.end() ? nullptr : &*found;
}

Result<> SavedConnections::checkName(const QString &given, const QString &id) const
{
    const QString name = given.trimmed();
    if (name.isEmpty()) {
        return failure("client/bad-name", "Give the connection a name.");
    }
    if (name.size() > longestName) {
        return failure("client/bad-name", "A name has at most 40 characters.");
    }
    if (name.compare(localName, Qt::CaseInsensitive) == 0) {
        return failure("client/bad-name",
                       "The platform of this computer is called local. Choose another name.");
    }
    if (const SavedConnection *other = named(name); other != nullptr && other->id != id) {
        return failure("client/bad-name", "There is a connection of this name. Choose another one.");
    }
    return {};
}

Result<QString> SavedConnections::save(SavedConnection connection)
{
    connection.name = connection.name.trimmed();
    connection.address = connection.address.trimmed();
    if (auto named = checkName(connection.name, connection.id); !named) {
        return std::unexpected(std::move(named.error()));
    }
    if (auto address = parseAddress(connection.address); !address) {
        return std::unexpected(std::move(address.error()));
    }
    const auto found = std::ranges::find(m_list, connection.id, &SavedConnection::id);
    if (found != m_list.end()) {
        *found = connection;
    } else {
        if (m_list.size() >= most) {
            return failure("client/too-many", "There are 50 connections. Remove one that is not used.");
        }
        connection.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        m_list.append(connection);
    }
    write();
    return connection.id;
}

qsizetype SavedConnections::remove(const QString &id)
{
    const auto found = std::ranges::find(m_list, id, &SavedConnection::id);
    if (found == m_list.end()) {
        return -1;
    }
    const qsizetype at = found - m_list.begin();
    m_list.erase(found);
    m_settings.setValue("console/forgottenTokens", forgotten() << id);
    if (last() == id) {
        m_settings.remove("console/lastConnection"_L1);
    }
    write();
    return at;
}

void SavedConnections::insert(qsizetype at, const SavedConnection &connection)
{
    if (find(connection.id) == nullptr) {
        tokenForgotten(connection.id); // it is wanted again
        m_list.insert(std::clamp<qsizetype>(at, 0, m_list.size()), connection);
        write();
    }
}

QStringList SavedConnections::forgotten() const
{
    return m_settings.value("console/forgottenTokens").toStringList();
}

void SavedConnections::tokenForgotten(const QString &id)
{
    QStringList left = forgotten();
    left.removeAll(id);
    m_settings.setValue("console/forgottenTokens", left);
}

void SavedConnections::noteSeen(const QString &id, const QDateTime &when)
{
    const auto found = std::ranges::find(m_list, id, &SavedConnection::id);
    if (found != m_list.end()) {
        found->lastSeen = when;
        store();
    }
}

QString SavedConnections::last() const
{
    return m_settings.value("console/lastConnection").toString();
}

void SavedConnections::setLast(const QString &id)
{
    m_settings.setValue("console/lastConnection", id);
}

void SavedConnections::write()
{
    store();
    Q_EMIT changed();
}

void SavedConnections::store()
{
    m_settings.remove("connections"_L1);
    m_settings.beginWriteArray("connections"_L1, static_cast<int>(m_list.size()));
    for (int i = 0; i < m_list.size(); ++i) {
        const SavedConnection &each = m_list.at(i);
        m_settings.setArrayIndex(i);
        m_settings.setValue("id", each.id);
        m_settings.setValue("name", each.name);
        m_settings.setValue("address", each.address);
        m_settings.setValue("environment", each.environment);
        m_settings.setValue("protected", each.isProtected);
        m_settings.setValue("lastSeen", each.lastSeen.toUTC().toString(Qt::ISODate));
    }
    m_settings.endArray();
}

} // namespace nest::models
