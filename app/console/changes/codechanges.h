// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The code of two versions side by side: the changed files with their counts, and the differences of the one
// that is chosen. Fetches and compares by itself.
//
// Invariants: what is shown belongs to the pair that was asked for last; a pair that was read once is kept
// for going back, for versions never change. Thread: UI. Owner: a tab or a dialog; the session outlives it.

#include "models/diff/compare.h"
#include "models/session.h"
#include "widgets/diff/diffrows.h"

#include <QWidget>

#include <map>
#include <stop_token>

class QStackedWidget;

namespace nest::widgets {
class DiffView;
class ErrorState;
class Label;
} // namespace nest::widgets

namespace nest::console {

class CodeChanges final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeChanges)

public:
    /// Where the list of files stands.
    enum class Layout { FilesLeft, FilesAbove };

    CodeChanges(models::Session &session, Layout layout, QWidget *parent = nullptr);
    ~CodeChanges() override;

    /// `before` 0: everything is new. `after` 0: nothing is shown.
    void compare(const QString &function, int before, int after);
    void setMode(widgets::DiffMode mode);
    /// Said while there is no pair.
    void setHint(const QString &hint);
    /// The next change, also in the next file.
    void nextChange();
    /// Nothing while it is not known.
    [[nodiscard]] std::optional<int> count() const;
    [[nodiscard]] const std::optional<models::VersionDiff> &shown() const { return m_shown; }

Q_SIGNALS:
    void countChanged();

private:
    class Files;
    using Pair = std::tuple<QString, int, int>;

    void take(const Pair &pair, Result<models::VersionDiff> &&answer);
    void show(const models::VersionDiff &diff);
    void showError(const Error &error);
    void retry();

    models::Session &m_session;
    Files *m_files;
    widgets::Label *m_sum;
    widgets::DiffView *m_view;
    QStackedWidget *m_stack;
    widgets::Label *m_note;
    widgets::ErrorState *m_error;
    Pair m_pair;
    std::optional<models::VersionDiff> m_shown;
    std::map<Pair, models::VersionDiff> m_kept;
    std::stop_source m_stop;
    QString m_hint;
};

} // namespace nest::console
