// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/eventstore.h"

#include "models/session.h"

#include <QCoroTask>

#include <algorithm>

namespace nest::console {

namespace {

using client::Page;

// Both say: what you saw, or that there was nothing, is no longer so.
bool isConflict(const Error &error)
{
    return error.type == "store/stale" || error.type == "store/exists" || error.type.ends_with("/stale");
}

} // namespace

EventStore::EventStore(models::Session &session, QObject *parent) : QObject(parent), m_session(session)
{
    // Asked while the function was being made, or while the platform was away: once more when it is there.
    connect(&session.functions(), &models::CollectionBase::changed, this, [this] {
        if (!m_listError.type.empty() && m_session.functions().find(m_function.toStdString()) != nullptr) {
            m_listError = {};
            list();
        }
    });
}

void EventStore::setFunction(const QString &function)
{
    if (function == m_function) {
        return;
    }
    m_function = function;
    ++m_generation;
    m_events.clear();
    m_isListed = false;
    m_listError = {};
    list();
}

const wire::TestEvent *EventStore::find(const QString &name) const
{
    const auto found = std::ranges::find(m_events, name.toStdString(), &wire::TestEvent::name);
    return found == m_events.end() ? nullptr : &*found;
}

void EventStore::list()
{
    m_stop.request_stop();
    m_stop = {};
    if (m_function.isEmpty()) {
        return;
    }
    QCoro::connect(m_session.client().events(m_function.toStdString(), m_stop.get_token()), this,
                   [this, stop = m_stop.get_token()](Result<Page<wire::TestEvent>> &&answer) {
                       if (stop.stop_requested()) {
                           return;
                       }
                       if (answer) {
                           takeList(std::move(answer->items));
                       } else {
                           m_listError = std::move(answer.error());
                           Q_EMIT listed();
                       }
                   });
}

void EventStore::takeList(std::vector<wire::TestEvent> events)
{
    m_events = std::move(events);
    std::ranges::sort(m_events, {}, &wire::TestEvent::name);
    m_isListed = true;
    m_listError = {};
    Q_EMIT listed();
}

void EventStore::save(const wire::TestEvent &event)
{
    put(event, std::nullopt);
}

void EventStore::rename(const wire::TestEvent &event, const QString &name)
{
    wire::TestEvent renamed = event;
    renamed.name = name.toStdString();
    renamed.etag.reset();
    put(renamed, event);
}

void EventStore::put(const wire::TestEvent &event, const std::optional<wire::TestEvent> &replaced)
{
    wire::TestEvent sent = event;
    sent.status.reset();
    QCoro::connect(m_session.client().putEvent(m_function.toStdString(), sent), this,
                   [this, sent, replaced, generation = m_generation](Result<wire::TestEvent> &&answer) {
                       if (generation != m_generation) {
                           return; // another function is shown; its list is asked for when it comes back
                       }
                       if (answer) {
                           std::erase_if(m_events, [&](const auto &one) { return one.name == answer->name; });
                           m_events.push_back(*answer);
                           std::ranges::sort(m_events, {}, &wire::TestEvent::name);
                           Q_EMIT saved(*answer);
                           if (replaced) {
                               remove(*replaced);
                           }
                           list();
                       } else if (isConflict(answer.error())) {
                           findConflict(sent);
                       } else {
                           Q_EMIT failed(answer.error());
                       }
                   });
}

/// The answer of a refused write does not carry the event: it is looked for in a new list.
void EventStore::findConflict(const wire::TestEvent &mine)
{
    QCoro::connect(m_session.client().events(m_function.toStdString()), this,
                   [this, mine, generation = m_generation](Result<Page<wire::TestEvent>> &&answer) {
                       if (generation != m_generation) {
                           return;
                       }
                       if (!answer) {
                           Q_EMIT failed(answer.error());
                           return;
                       }
                       takeList(std::move(answer->items));
                       const auto *theirs = find(QString::fromStdString(mine.name));
                       Q_EMIT conflicted(mine, theirs == nullptr ? std::nullopt : std::optional(*theirs));
                   });
}

void EventStore::remove(const wire::TestEvent &event)
{
    QCoro::connect(
        m_session.client().deleteEvent(m_function.toStdString(), event.name, event.etag.value_or("")), this,
        [this, name = event.name, generation = m_generation](Result<> &&answer) {
            if (generation != m_generation) {
                return;
            }
            if (answer) {
                std::erase_if(m_events, [&](const auto &one) { return one.name == name; });
                Q_EMIT removed(QString::fromStdString(name));
                Q_EMIT listed();
            } else if (isConflict(answer.error())) {
                Q_EMIT failed({answer.error().type,
                               tr("%1 was changed meanwhile and is kept. Look at it again, then delete "
                                  "it.")
                                   .arg(QString::fromStdString(name))
                                   .toStdString(),
                               {}});
                list();
            } else {
                Q_EMIT failed(answer.error());
                list();
            }
        });
}

} // namespace nest::console
