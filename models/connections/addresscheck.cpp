// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connections/addresscheck.h"

#include "models/connections/savedconnections.h"

#include <QCoroTask>

namespace nest::models {

namespace {
constexpr std::chrono::milliseconds silence{4'000}; // a typo should not keep anybody waiting for long
} // namespace

using State = AddressFacts::State;

AddressCheck::AddressCheck(std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent), m_patience(this)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &AddressCheck::ask);
}

AddressCheck::~AddressCheck() = default;

void AddressCheck::setInput(const QString &address, const QString &token)
{
    if (address == m_address && token == m_token) {
        return;
    }
    m_isAddressWhole = address == m_address; // it is the token that was typed
    m_address = address;
    m_token = token;
    m_client.reset(); // what is under way speaks of something else
    m_patience.stop();
    if (address.trimmed().isEmpty()) {
        set({});
        return;
    }
    const auto parsed = parseAddress(address);
    if (!parsed) {
        set({.state = State::Malformed, .sentence = QString::fromStdString(parsed.error().detail)});
        return;
    }
    set({.state = State::Checking, .isPrivate = isPrivate(*parsed)});
    m_patience.start();
}

void AddressCheck::checkNow()
{
    const bool isAskedWithToken = m_isAddressWhole || m_token.isEmpty();
    m_isAddressWhole = true;
    if (parseAddress(m_address) && (!isAskedWithToken || m_facts.state != State::Good)) {
        m_patience.stop();
        ask();
    }
}

void AddressCheck::ask()
{
    auto connection = parseAddress(m_address);
    if (!connection) {
        return;
    }
    connection->token = m_isAddressWhole ? m_token.trimmed() : QString();
    const bool isSafe = isPrivate(*connection);
    const bool hasToken = !connection->token.isEmpty();
    client::TransportLimits limits;
    limits.silence = silence;
    limits.total = silence;
    m_client = std::make_unique<client::PlatformClient>(*connection, limits);
    set({.state = State::Checking, .isPrivate = isSafe});
    QCoro::connect(m_client->me(), this,
                   [this, asked = m_client.get(), isSafe, hasToken](Result<wire::Me> &&me) {
                       if (asked != m_client.get()) {
                           return;
                       }
                       AddressFacts facts{.isPrivate = isSafe};
                       facts.certificate = m_client->certificate();
                       facts.roundTrip = m_client->roundTrip();
                       if (me) {
                           facts.state = State::Good;
                           facts.me = std::move(*me);
                       } else if (me.error().type == "access/wrong-token") {
                           facts.state = hasToken ? State::WrongToken : State::NeedsToken;
                       } else if (me.error().type.starts_with("gateway/")) {
                           facts.state = State::Gateway;
                       } else if (me.error().type != "client/unreachable" &&
                                  me.error().type != "client/timeout" && me.error().type != "client/tls") {
                           facts.state = State::NotNest;
                       } else {
                           facts.state = State::Unreachable;
                           facts.sentence = QString::fromStdString(me.error().detail);
                       }
                       set(std::move(facts));
                   });
}

void AddressCheck::set(AddressFacts facts)
{
    m_facts = std::move(facts);
    Q_EMIT changed();
}

} // namespace nest::models
