// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The live log of one function: asks for new lines once a second while it is shown, filters by level and by
// instance, searches, follows or holds.
//
// Invariants: no line is asked for twice; lines are kept through every break; the count of lost lines is
// always shown, and a dash until the platform told it. Thread: UI. Owner: the tab; the session outlives it.

#include "api/wire/observation.h"

#include <QTimer>
#include <QWidget>

#include <optional>
#include <stop_token>

class QHBoxLayout;
class QLineEdit;
class QPushButton;

namespace nest::models {
class Session;
}
namespace nest::widgets {
class Label;
class SegmentedControl;
} // namespace nest::widgets

namespace nest::console {

class LogModel;
class LogView;

class LogPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogPanel)

public:
    explicit LogPanel(models::Session &session, QWidget *parent = nullptr);
    ~LogPanel() override;

    void setFunction(const QString &function);
    /// Only the lines of these; none: of all.
    void setInstances(const QStringList &ids);
    /// Only the lines of this group; nothing: of all, also those that were kept before groups were.
    void setGroup(const std::optional<wire::GroupName> &group);
    void setStale(bool isStale);
    void toggleHold();
    void follow();
    void focusSearch();
    /// To the next line that has the text; -1 for the one before.
    void stepHit(int by);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildFoot();
    void ask();
    void beginAnew();
    void take(wire::LogPage page, bool wasFirst);
    void hold();
    void showWhose();
    void showFollow();
    void setLevel(const QString &id);
    void search();
    void showHits();
    void showFoot();
    void showNote();

    models::Session &m_session;
    LogModel *m_model;
    LogView *m_view;
    widgets::Label *m_whose;
    widgets::SegmentedControl *m_levels;
    QLineEdit *m_search;
    widgets::Label *m_hitCount;
    QPushButton *m_follow;
    widgets::Label *m_lines;
    widgets::Label *m_dropped;
    widgets::Label *m_problem;
    QString m_function;
    QStringList m_chosen;
    std::optional<wire::GroupName> m_group;
    QTimer m_poll;
    std::stop_source m_stop;
    bool m_isAsking = false;
    std::optional<std::int64_t> m_after; // nothing before the first answer
    std::optional<std::int64_t> m_lost;
    QList<int> m_hits; // rows
    int m_hit = -1;    // of m_hits
};

} // namespace nest::console
