// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/collection.h"

#include "api/client/onworker.h"
#include "api/wire/codec.h"

#include <QCoroTask>

namespace nest::models {

using client::WatchKind;
using namespace std::chrono_literals;

namespace {

constexpr auto flushInterval = 100ms; // ten updates a second are as many as an eye can use
constexpr auto retryInterval = 2s; // of a failed list; the watch's own back-off decides about the connection

std::string groupKey(const auto &value)
{
    return value.set + '/' + value.lane + '/' + value.region;
}

} // namespace

// The keys are those of ChangeEvent: the path below /v1/<kind>, or below the function's.
template <>
struct CollectionTraits<wire::Function>
{
    static constexpr auto kind = WatchKind::Functions;
    static std::string key(const wire::Function &value) { return value.name; }
};
template <>
struct CollectionTraits<wire::Deployment>
{
    static constexpr auto kind = WatchKind::Deployments;
    static std::string key(const wire::Deployment &value) { return value.function + '/' + groupKey(value); }
};
template <>
struct CollectionTraits<wire::Instance>
{
    static constexpr auto kind = WatchKind::Instances;
    static std::string key(const wire::Instance &value) { return value.id; }
};
template <>
struct CollectionTraits<wire::Decision>
{
    static constexpr auto kind = WatchKind::Decisions;
    static std::string key(const wire::Decision &value) { return value.id; }
};
template <>
struct CollectionTraits<wire::Build>
{
    static constexpr auto kind = WatchKind::Builds;
    static std::string key(const wire::Build &value)
    {
        return value.function + '/' + std::to_string(value.number);
    }
};
template <>
struct CollectionTraits<wire::Version>
{
    static constexpr auto kind = WatchKind::Versions;
    static std::string key(const wire::Version &value)
    {
        return value.function + '/' + std::to_string(value.number);
    }
};
template <>
struct CollectionTraits<wire::Pool>
{
    static constexpr auto kind = WatchKind::Pools;
    static std::string key(const wire::Pool &value) { return value.name; }
};
template <>
struct CollectionTraits<wire::Group>
{
    static constexpr auto kind = WatchKind::Groups;
    static std::string key(const wire::Group &value) { return groupKey(value); }
};

CollectionBase::CollectionBase(client::Watch &watch, QObject *parent)
    : QObject(parent), m_isStale(watch.state() != client::Watch::State::Open), m_watch(watch)
{
    m_flush.setSingleShot(true);
    m_retry.setSingleShot(true);
    m_retry.setInterval(retryInterval);
    connect(&m_flush, &QTimer::timeout, this, [this] {
        m_sinceFlush.start();
        flush();
    });
    connect(&m_retry, &QTimer::timeout, this, [this] { list(); });
    connect(&watch, &client::Watch::changed, this,
            [this](const client::WatchChanges &changes) { take(changes); });
    connect(&watch, &client::Watch::listAgain, this, [this] { m_needsList = m_state != State::Idle; });
    connect(&watch, &client::Watch::stateChanged, this, &CollectionBase::watchStateChanged);
}

void CollectionBase::watchStateChanged()
{
    const bool isOpen = m_watch.state() == client::Watch::State::Open;
    if (isOpen && std::exchange(m_needsList, false)) {
        list();
    }
    if (m_isStale == isOpen) {
        m_isStale = !isOpen;
        Q_EMIT stateChanged();
    }
}

void CollectionBase::setState(State state)
{
    if (state == State::Listing) {
        m_needsList = false;
    }
    if (m_state != state) {
        m_state = state;
        Q_EMIT stateChanged();
    }
}

void CollectionBase::scheduleFlush()
{
    if (m_flush.isActive()) {
        return;
    }
    const auto since =
        m_sinceFlush.isValid() ? std::chrono::milliseconds(m_sinceFlush.elapsed()) : flushInterval;
    m_flush.start(std::max(0ms, std::chrono::milliseconds(flushInterval) - since));
}

void CollectionBase::emitDelta(const CollectionDelta &delta)
{
    if (!delta.isEmpty()) {
        Q_EMIT changed(delta);
    }
}

namespace {

template <typename T>
typename Collection<T>::Entry entryOf(T value)
{
    typename Collection<T>::Entry entry;
    entry.key = CollectionTraits<T>::key(value);
    entry.digest = std::hash<std::string>{}(wire::write(value));
    entry.value = std::move(value);
    return entry;
}

/// Free: a collection may be gone when the answer comes.
template <typename T>
client::Answer<typename Collection<T>::Listed> digested(client::Answer<client::Page<T>> listing)
{
    auto page = co_await listing;
    if (!page) {
        co_return std::unexpected(std::move(page.error()));
    }
    typename Collection<T>::Listed listed;
    listed.watchId = page->watchId.value_or(0);
    client::OnWorker onWorker([&page] {
        std::vector<typename Collection<T>::Entry> entries;
        entries.reserve(page->items.size());
        for (T &item : page->items) {
            entries.push_back(entryOf(std::move(item)));
        }
        return entries;
    });
    listed.entries = co_await onWorker;
    co_return listed;
}

} // namespace

template <typename T>
Collection<T>::Collection(client::PlatformClient &client, client::Watch &watch, QByteArray path,
                          std::function<bool(const T &)> accepts, QObject *parent)
    : CollectionBase(watch, parent), m_client(client), m_path(std::move(path)), m_accepts(std::move(accepts))
{}

template <typename T>
Collection<T>::~Collection()
{
    m_stop.request_stop();
}

template <typename T>
std::string Collection<T>::keyOf(const T &value)
{
    return CollectionTraits<T>::key(value);
}

template <typename T>
const T *Collection<T>::find(const std::string &key) const
{
    const auto found = m_indexOf.find(key);
    return found == m_indexOf.end() ? nullptr : &m_entries[found->second].value;
}

template <typename T>
void Collection<T>::list()
{
    m_stop.request_stop(); // the previous list is superseded
    m_stop = {};
    m_retry.stop();
    setState(State::Listing);
    auto task = digested<T>(m_client.listAll<T>(m_path, m_stop.get_token()));
    QCoro::connect(std::move(task), this, [this, stop = m_stop.get_token()](Result<Listed> &&answer) {
        if (stop.stop_requested()) {
            return;
        }
        if (answer) {
            apply(std::move(*answer));
        } else {
            m_lastError = std::move(answer.error());
            m_retry.start();
            setState(State::Failed);
            scheduleFlush(); // what the watch brought while the list was awaited
        }
    });
}

template <typename T>
void Collection<T>::apply(Listed listed)
{
    CollectionDelta delta;
    std::vector<bool> isKept(m_entries.size(), false);
    const std::size_t before = m_entries.size();
    m_indexOf.reserve(listed.entries.size());
    for (Entry &entry : listed.entries) {
        const auto found = m_indexOf.find(entry.key);
        if (found != m_indexOf.end() && found->second < before) {
            isKept[found->second] = true;
        }
        put(std::move(entry), delta);
    }
    std::vector<std::string> gone;
    for (std::size_t i = 0; i < before; ++i) {
        if (!isKept[i]) {
            gone.push_back(m_entries[i].key);
        }
    }
    for (const auto &key : gone) {
        remove(key, delta);
    }
    // What the watch brought meanwhile and the list already holds must not set a row back.
    std::erase_if(m_pending, [&](const auto &pending) { return pending.second.id <= listed.watchId; });
    m_watchId = listed.watchId;
    m_isListed = true;
    m_lastError = {};
    emitDelta(delta);
    setState(State::Ready);
    Q_EMIT this->listed(m_watchId);
    if (!m_pending.empty()) {
        scheduleFlush();
    }
}

template <typename T>
bool Collection<T>::put(Entry entry, CollectionDelta &delta)
{
    const auto [found, isNew] = m_indexOf.try_emplace(entry.key, m_entries.size());
    if (isNew) {
        delta.inserted.push_back(entry.key);
        m_entries.push_back(std::move(entry));
        return true;
    }
    Entry &present = m_entries[found->second];
    if (present.digest == entry.digest) {
        return false;
    }
    delta.updated.push_back(entry.key);
    present = std::move(entry);
    return true;
}

template <typename T>
void Collection<T>::remove(const std::string &key, CollectionDelta &delta)
{
    const auto found = m_indexOf.find(key);
    if (found == m_indexOf.end()) {
        return;
    }
    delta.removed.push_back(key);
    const std::size_t index = found->second;
    m_indexOf.erase(found);
    if (index + 1 != m_entries.size()) {
        m_entries[index] = std::move(m_entries.back());
        m_indexOf[m_entries[index].key] = index;
    }
    m_entries.pop_back();
}

template <typename T>
void Collection<T>::take(const client::WatchChanges &changes)
{
    if (m_state == State::Idle) {
        return;
    }
    for (const client::WatchChange &change : *changes) {
        if (change.kind != CollectionTraits<T>::kind ||
            (m_isListed && change.id != 0 && change.id <= m_watchId)) {
            continue;
        }
        if (const T *value = std::get_if<T>(&change.object)) {
            const bool isOurs = !m_accepts || m_accepts(*value);
            m_pending[keyOf(*value)] = {change.id, isOurs ? std::optional<T>(*value) : std::nullopt};
        } else {
            m_pending[change.key] = {change.id, std::nullopt};
        }
    }
    if (!m_pending.empty() && m_isListed && m_state != State::Listing) {
        scheduleFlush();
    }
}

template <typename T>
void Collection<T>::flush()
{
    if (m_state == State::Listing || !m_isListed) {
        return; // apply() sorts out what is newer than the list
    }
    CollectionDelta delta;
    for (auto &[key, pending] : std::exchange(m_pending, {})) {
        if (pending.value) {
            put(entryOf(std::move(*pending.value)), delta);
        } else {
            remove(key, delta);
        }
    }
    emitDelta(delta);
}

template class Collection<wire::Function>;
template class Collection<wire::Deployment>;
template class Collection<wire::Instance>;
template class Collection<wire::Decision>;
template class Collection<wire::Build>;
template class Collection<wire::Version>;
template class Collection<wire::Group>;
template class Collection<wire::Pool>;

} // namespace nest::models
