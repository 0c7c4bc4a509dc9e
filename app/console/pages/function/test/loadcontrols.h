// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How load is sent: rate, shape, duration, event, target, and the button that starts it.
//
// Invariants: the choice is kept in the settings; what a run started elsewhere sends is shown, not kept. A
// start that is not possible is off with its reason. Thread: UI. Owner: LoadView; session, store and settings
// outlive it.

#include "api/client/loadplan.h"
#include "api/wire/function.h"
#include "app/console/pages/function/test/testtarget.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QPushButton;
class QSettings;

namespace nest::console {

class EventStore;
class LoadFields;
class TargetButton;
struct LoadRequest;

class LoadControls final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LoadControls)

public:
    LoadControls(models::Session &session, EventStore &store, QSettings &settings, QWidget *parent = nullptr);

    void setFunction(const QString &function);
    /// What "as in One request" means.
    void setWritten(const wire::TestEvent &event) { m_written = event; }
    /// Shows the run that goes on and lets nothing be changed; null: none runs.
    void follow(const LoadRequest *running);
    void setStart(const QString &offReason);

    /// Two columns beside each other, or one below the other.
    void setWide(bool isWide);

    [[nodiscard]] wire::TestEvent event() const;
    [[nodiscard]] QString eventName() const;
    /// Rate, shape and duration; the rest is the request's.
    void fillPlan(client::LoadPlan &plan) const;
    [[nodiscard]] TargetButton *targetButton() const { return m_target; }

Q_SIGNALS:
    void startRequested();

private:
    void fillEvents();
    void arrange(bool isWide);
    void keep();
    void showKept();

    EventStore &m_store;
    QSettings &m_settings;
    wire::TestEvent m_written;
    LoadFields *m_fields;
    QComboBox *m_events;
    TargetButton *m_target;
    QPushButton *m_start;
    QWidget *m_shapeRow;
    QWidget *m_eventRow;
    QGridLayout *m_grid;
    bool m_isWide = false;
};

} // namespace nest::console
