// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The saved test events of the function that a panel shows: list, save, delete, and what to do when somebody
// else was faster.
//
// Invariants: an event is written over only when the one that was seen is the one that is there (etag). A
// conflict keeps both texts until the person chose. Late answers for another function are dropped. Thread:
// UI. Owner: the panel; the session outlives it.

#include "api/wire/function.h"
#include "api/wire/result.h"

#include <QObject>
#include <QString>

#include <optional>
#include <stop_token>
#include <vector>

namespace nest::models {
class Session;
}

namespace nest::console {

class EventStore final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EventStore)

public:
    explicit EventStore(models::Session &session, QObject *parent = nullptr);

    void setFunction(const QString &function);
    /// Lists again; the events stay until the answer is there.
    void list();
    [[nodiscard]] const std::vector<wire::TestEvent> &events() const { return m_events; }
    [[nodiscard]] bool isListed() const { return m_isListed; }
    [[nodiscard]] const wire::TestEvent *find(const QString &name) const;
    /// Of the last list; type empty when it was well.
    [[nodiscard]] const Error &listError() const { return m_listError; }

    /// With an etag it changes the event that was seen, without one it makes a new one.
    void save(const wire::TestEvent &event);
    void remove(const wire::TestEvent &event);
    /// Saves under a new name, then takes the old one away.
    void rename(const wire::TestEvent &event, const QString &name);

Q_SIGNALS:
    void listed();
    void saved(const nest::wire::TestEvent &event);
    void removed(const QString &name);
    /// `theirs` is what the platform has; null when it is gone or belongs to somebody else.
    void conflicted(const nest::wire::TestEvent &mine, const std::optional<nest::wire::TestEvent> &theirs);
    void failed(const nest::Error &error);

private:
    void put(const wire::TestEvent &event, const std::optional<wire::TestEvent> &replaced);
    void takeList(std::vector<wire::TestEvent> events);
    void findConflict(const wire::TestEvent &mine);

    models::Session &m_session;
    QString m_function;
    std::vector<wire::TestEvent> m_events; // by name
    bool m_isListed = false;
    Error m_listError;
    std::stop_source m_stop;
    int m_generation = 0; // of the function
};

} // namespace nest::console
