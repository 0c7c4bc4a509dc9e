// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Looks whether a platform answers at an address and takes a token, while both are being typed: asks /v1/me a
// moment after the last key.
//
// Invariants: only the answer to the latest input is told. While the address is typed it is asked without the
// token, which would else go to a host that is only half typed; the token goes there when it was typed
// itself, or with checkNow(). Thread: the UI thread. Owner: the form.

#include "api/client/platformclient.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace nest::models {

struct AddressFacts
{
    enum class State {
        Empty,
        Malformed, // sentence says how to type it
        Checking,
        Unreachable, // nobody answers, or no certificate that is trusted: sentence says which
        Gateway,     // of a platform: functions are called there, it is not its API
        NotNest,     // something else answers there
        NeedsToken,  // a platform, and no token was given
        WrongToken,
        Good
    };
    State state = State::Empty;
    QString sentence{};
    bool isPrivate = true; // see isPrivate()
    std::optional<std::chrono::microseconds> roundTrip{};
    std::optional<client::Certificate> certificate{};
    std::optional<wire::Me> me{};
};

class AddressCheck final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AddressCheck)

public:
    explicit AddressCheck(std::chrono::milliseconds patience = std::chrono::milliseconds(350),
                          QObject *parent = nullptr);
    ~AddressCheck() override;

    void setInput(const QString &address, const QString &token);
    /// The address is whole: asks at once, with the token.
    void checkNow();
    [[nodiscard]] const AddressFacts &facts() const { return m_facts; }

Q_SIGNALS:
    void changed();

private:
    void set(AddressFacts facts);
    void ask();

    QString m_address, m_token;
    bool m_isAddressWhole = false;
    AddressFacts m_facts;
    QTimer m_patience;
    std::unique_ptr<client::PlatformClient> m_client;
};

} // namespace nest::models
