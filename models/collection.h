// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What the console knows of one kind of thing: a list once, then the watch. Keyed by id.
//
// Invariants: rows are never dropped because a connection is; a new list is applied as a difference. At most
// ten changed() a second. Thread: the UI thread, where nothing is parsed: lists are parsed and compared on a
// worker, watch events arrive decoded. Owner: Session or a page; the client and the watch must outlive it.

#include "api/client/platformclient.h"
#include "api/client/watch.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace nest::models {

/// The ids that one update touched; a key is in one list only.
struct CollectionDelta
{
    std::vector<std::string> inserted;
    std::vector<std::string> updated;
    std::vector<std::string> removed;

    [[nodiscard]] bool isEmpty() const { return inserted.empty() && updated.empty() && removed.empty(); }
};

/// The part that signals and slots need, for every kind.
class CollectionBase : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Listing, Ready, Failed }; // Failed: tries again by itself
    Q_ENUM(State)
    Q_DISABLE_COPY_MOVE(CollectionBase)

    [[nodiscard]] State state() const { return m_state; }
    /// A list has come at least once: an empty collection means that there is nothing.
    [[nodiscard]] bool isListed() const { return m_isListed; }
    /// The rows are kept from before; the watch is not open.
    [[nodiscard]] bool isStale() const { return m_isStale; }
    /// Of the last list; type empty when it was well.
    [[nodiscard]] const Error &lastError() const { return m_lastError; }
    /// From where the watch follows the last list.
    [[nodiscard]] std::int64_t watchId() const { return m_watchId; }
    [[nodiscard]] virtual std::size_t size() const = 0;

    /// Lists (again); the rows stay until the answer is there.
    virtual void list() = 0;

Q_SIGNALS:
    void changed(const nest::models::CollectionDelta &delta);
    void stateChanged();
    void listed(qint64 watchId);

protected:
    CollectionBase(client::Watch &watch, QObject *parent);

    void setState(State state);
    void scheduleFlush();
    void emitDelta(const CollectionDelta &delta);
    virtual void flush() = 0;
    virtual void take(const client::WatchChanges &changes) = 0;

    State m_state = State::Idle;
    bool m_isListed = false;
    bool m_isStale = true;
    Error m_lastError;
    std::int64_t m_watchId = 0;
    QTimer m_retry; // of a failed list

private:
    void watchStateChanged();

    client::Watch &m_watch;
    bool m_needsList = false;
    QTimer m_flush;
    QElapsedTimer m_sinceFlush;
};

/// Kind of watch event and key of each type; defined in collection.cpp.
template <typename T>
struct CollectionTraits;

template <typename T>
class Collection final : public CollectionBase
{
public:
    /// `path` is the list's, with its query; `accepts` keeps watch events out that the list would not have.
    Collection(client::PlatformClient &client, client::Watch &watch, QByteArray path,
               std::function<bool(const T &)> accepts = {}, QObject *parent = nullptr);
    ~Collection() override;

    [[nodiscard]] std::size_t size() const override { return m_entries.size(); }
    /// Null when there is none; valid until the next changed().
    [[nodiscard]] const T *find(const std::string &key) const;
    /// In no promised order; valid until the next changed().
    [[nodiscard]] const T &at(std::size_t index) const { return m_entries[index].value; }
    static std::string keyOf(const T &value);

    void list() override;

    struct Entry
    {
        std::string key;
        std::size_t digest = 0; // of the value as text: tells whether a new list changed it
        T value;
    };
    struct Listed
    {
        std::vector<Entry> entries;
        std::int64_t watchId = 0;
    };

protected:
    void flush() override;
    void take(const client::WatchChanges &changes) override;

private:
    void apply(Listed listed);
    bool put(Entry entry, CollectionDelta &delta);
    void remove(const std::string &key, CollectionDelta &delta);

    client::PlatformClient &m_client;
    QByteArray m_path;
    std::function<bool(const T &)> m_accepts;
    std::stop_source m_stop;
    std::vector<Entry> m_entries;
    std::unordered_map<std::string, std::size_t> m_indexOf;
    struct Pending
    {
        std::int64_t id = 0;
        std::optional<T> value; // nothing: deleted
    };
    std::unordered_map<std::string, Pending> m_pending; // latest wins
};

extern template class Collection<wire::Function>;
extern template class Collection<wire::Deployment>;
extern template class Collection<wire::Instance>;
extern template class Collection<wire::Decision>;
extern template class Collection<wire::Build>;
extern template class Collection<wire::Version>;
extern template class Collection<wire::Group>;

} // namespace nest::models
