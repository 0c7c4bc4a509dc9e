// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Carries out a deployment: one PUT a group with the etag that the person saw, each on its own, and then
// watches until the new version is ready there. Can put everything back.
//
// Invariants: a group that fails or that somebody else changed does not hold up the others; nothing that
// another person wrote is overwritten unless it was shown and asked for (replace). Thread: the UI thread.
// Owner: the dialog, then the toast that offers Undo; the session outlives it.

#include "models/session.h"

#include <QObject>

#include <optional>
#include <vector>

namespace nest::models {

struct DeployStep
{
    wire::Deployment wanted;                // its etag is the one that was seen; none: new there
    std::optional<wire::Deployment> before; // what Undo puts back; nothing: it was not there
    bool usesManifest = false;              // `scaling` is the manifest's but for these fields
    std::vector<std::string> scalingFields{};
};

class DeployRun final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeployRun)

public:
    enum class State {
        Sent,
        Changed, // written; instances are being exchanged
        Ready,   // as many instances as wanted, or none until the first request
        Failed,
        Stale, // somebody changed it meanwhile: `current`
        Undoing,
        Undone,
        UndoFailed
    };
    Q_ENUM(State)

    struct Row
    {
        DeployStep step;
        State state = State::Sent;
        Error error;                             // of Failed and UndoFailed
        std::optional<wire::Deployment> current; // of Stale; nothing: deleted meanwhile
        std::optional<wire::Deployment> written; // our own change
        int ready = 0;                           // of the new version
        std::optional<int> desired;              // not known before the platform said it
    };

    DeployRun(Session &session, int version, std::vector<DeployStep> steps, QObject *parent = nullptr);
    ~DeployRun() override;

    [[nodiscard]] int version() const { return m_version; }
    [[nodiscard]] const std::vector<Row> &rows() const { return m_rows; }
    /// No answer is waited for any more; instances may still start.
    [[nodiscard]] bool isAnswered() const;
    [[nodiscard]] int countOf(State state) const;
    [[nodiscard]] int changedCount() const;
    [[nodiscard]] bool canUndo() const { return changedCount() > 0; }

    void start();
    /// Of a failed row: the same once more.
    void retry(std::size_t row);
    /// Of a stale row: on top of the state that was shown.
    void replace(std::size_t row);
    /// Of every row that was changed: the former document, or none where there was none.
    void undo();

Q_SIGNALS:
    void rowChanged(std::size_t row);
    /// The last answer has come.
    void answered();
    void undone();

private:
    void send(std::size_t row);
    void take(std::size_t row, Result<wire::Deployment> &&answer);
    void askCurrent(std::size_t row);
    void undoRow(std::size_t row);
    void undoAnswered(std::size_t row, std::optional<Error> error);
    void look();
    void set(std::size_t row, State state);

    Session &m_session;
    int m_version;
    std::vector<Row> m_rows;
    bool m_isUndoing = false;
};

} // namespace nest::models
