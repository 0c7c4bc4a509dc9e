// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The fields of one reservation, or of one that is to be made. While it is typed the platform is asked what
// the plan would be; what it refuses is said at its field. A change is reviewed in sentences, with a reason.
//
// Invariants: what a person typed stays while another rule or none is looked at, and while somebody else
// changes the deployment; then it is said, and the fields that were not touched take theirs. An answer to
// what was typed before is not shown. Thread: UI. Owner: the page.

#include "api/wire/deployment.h"
#include "api/wire/result.h"
#include "app/console/pages/pools/rulefields.h"
#include "app/console/pages/pools/ruleswrite.h"
#include "widgets/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <string>
#include <utility>

class QPushButton;

namespace nest::widgets {
class Label;
}

namespace nest::console {

class RuleForm;

class RuleEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RuleEditor)

public:
    RuleEditor(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
               QWidget *parent = nullptr);

    /// Empty: a new one.
    void show(const wire::Deployment &deployment, const QString &rule);
    /// The platform told something new of the deployment; null: it is gone.
    void follow(const wire::Deployment *deployment);
    /// None is looked at any more; what was typed waits.
    void leave();
    /// Why nothing can be sent now; empty: it can.
    void setDisabledReason(const QString &reason);
    /// What the present plan takes, to say what a change adds.
    void setPlan(const std::optional<wire::FloorPlan> &plan);
    [[nodiscard]] bool isChanged() const;

Q_SIGNALS:
    void closeRequested();
    /// What the plan would be; nothing: no change that can be made.
    void previewed(const std::optional<nest::wire::FloorPlan> &plan);
    /// It is another rule now: made, or named otherwise.
    void ruleChanged(const QString &rule);

private:
    struct Kept // of a rule that is not shown
    {
        RuleFields base;
        RuleFields mine;
    };
    /// The deployment and the rule in it; empty: a new one.
    using Key = std::pair<std::string, QString>;

    void build();
    void connectParts();
    [[nodiscard]] RuleFields fields() const;
    [[nodiscard]] const wire::Reservation *base() const;
    /// Of the rule that is shown.
    [[nodiscard]] Key key() const;
    /// The rules with this one as it is typed; its place is `index`.
    [[nodiscard]] std::optional<std::vector<wire::Reservation>> nextRules(RuleProblems &problems,
                                                                          std::size_t &index) const;
    void typed();
    void askPreview();
    void takePreview(Result<wire::FloorPlan> &&plan, std::size_t index);
    void setRefused(const Error &error, std::size_t index);
    void say(const QString &sentence, widgets::Ink ink);
    void showChange();
    void sayChangedBy();
    void review();
    void askRemove();
    void sent(Result<wire::Deployment> &&answer, const QString &rule, std::size_t index, bool isRemoved);
    void sentUnseen(const Key &key, const QString &rule, const RuleFields &mine);
    void readTheirs();

    RulesWriting m_writing;
    std::optional<wire::Deployment> m_deployment; // as read; what is typed is on top of it
    QString m_rule;                               // its name there; empty: a new one
    RuleFields m_sent;                            // what they said when the last change went
    RuleFields m_base;                            // what the fields said before anything was typed
    std::map<Key, Kept> m_kept;
    RuleProblems m_refused; // by the platform, of what is typed
    std::optional<wire::FloorPlan> m_plan;
    std::optional<wire::FloorPlan> m_preview;
    QString m_notAsked; // why there is no preview; asked again with the next plan
    QTimer m_asks;
    int m_asked = 0;
    bool m_isSending = false;
    bool m_isGone = false;
    QString m_disabled;
    QString m_said;
    widgets::Ink m_saidInk = widgets::Ink::Dim;
    widgets::Label *m_title;
    widgets::Label *m_of;
    RuleForm *m_form;
    widgets::Label *m_note;
    widgets::Label *m_cost;
    QPushButton *m_discard;
    QPushButton *m_review;
    QPushButton *m_remove;
};

} // namespace nest::console
