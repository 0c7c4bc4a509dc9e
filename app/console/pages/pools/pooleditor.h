// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The fields of one pool, or of one that is to be made: what is changed is reviewed in sentences, with a
// reason, before it is sent.
//
// Invariants: what a person typed stays while the pool's figures change, while another pool is looked at, and
// when somebody else wrote it first: then it is said, the fields that were not touched take theirs, and the
// review is of the newer document. The answer to a change never touches another pool's fields. Thread: UI.
// Owner: the page.

#include "api/wire/pool.h"
#include "api/wire/result.h"
#include "app/console/pages/pools/poolfields.h"
#include "widgets/theme/theme.h"

#include <QWidget>

#include <map>
#include <optional>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace nest::models {
class Guard;
class Session;
} // namespace nest::models
namespace nest::widgets {
class CellWidget;
class Label;
class ToastArea;
} // namespace nest::widgets

namespace nest::console {

class PoolCurve;
class PoolSchedule;

class PoolEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(PoolEditor)

public:
    PoolEditor(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
               QWidget *parent = nullptr);

    /// Another pool: its fields. The same one again: its figures; what is typed stays.
    void show(const wire::Pool &pool);
    void showNew();
    /// It was deleted.
    void showGone();
    /// None is looked at any more; what is typed waits.
    void leave();
    /// Its state is of before the connection broke.
    void setStale(bool isStale);
    /// Why nothing can be sent now; empty: it can.
    void setDisabledReason(const QString &reason);
    void setRuntimes(const QStringList &runtimes);

Q_SIGNALS:
    void closeRequested();
    void made(const QString &pool);

private:
    struct Kept // of a pool that is not shown
    {
        wire::Pool base;
        PoolFields mine;
    };
    struct Change // that is on its way
    {
        wire::Pool before;
        wire::Pool after;
        bool isNew = false;
    };

    void build();
    void buildCustom(QVBoxLayout *fields);
    void connectParts();
    [[nodiscard]] PoolFields fields() const;
    /// Leaves alone what says so already: the caret, and a number that is being typed.
    void setFields(const PoolFields &fields);
    [[nodiscard]] bool isChanged() const;
    void follow(const wire::Pool &pool);
    void say(const QString &sentence, widgets::Ink ink);
    void followTold();
    void sayChangedBy(const wire::Pool &pool);
    void typed();
    void discard();
    void showChange();
    void showFigures();
    void review();
    void send(Change change);
    void sent(const Change &change, Result<wire::Pool> &&answer, bool isShown);
    void askDelete();
    void remove(const wire::Pool &gone);

    models::Session &m_session;
    models::Guard &m_guard;
    widgets::ToastArea &m_toasts;
    wire::Pool m_base;                  // as read; what is typed is compared with it
    std::map<std::string, Kept> m_kept; // by name; of the new one: without
    int m_generation = 0;               // which pool is looked at
    bool m_isFilling = false;
    bool m_isNew = false;
    bool m_isGone = false;
    bool m_isSending = false;
    bool m_isStale = false;
    std::optional<wire::Pool> m_told; // while a change is on its way; it may be that change
    QString m_disabled;
    QString m_said;
    widgets::Ink m_saidInk = widgets::Ink::Dim;
    QString m_environmentSet; // as it was put into its field, which may not hold it all
    widgets::Label *m_title;
    widgets::CellWidget *m_pill;
    widgets::Label *m_sentence;
    PoolCurve *m_curve;
    QLineEdit *m_name;
    QComboBox *m_runtime;
    QSpinBox *m_memory;
    QSpinBox *m_idle;
    QSpinBox *m_mostIdle;
    QLineEdit *m_packages;
    QLineEdit *m_preload;
    QPlainTextEdit *m_environment;
    PoolSchedule *m_schedule;
    QWidget *m_nameRow = nullptr;
    QWidget *m_customFields = nullptr;
    widgets::Label *m_note;
    widgets::Label *m_cost;
    QPushButton *m_discard;
    QPushButton *m_review;
    QPushButton *m_delete;
};

} // namespace nest::console
