// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The fields of one rule: name, when it holds, how many are ready then, zone. Of a deployment also the kind
// of time and the rule's own life; of a pool these are shown by the times alone, and what has no field here
// stays as it is.
//
// Invariant: what says so already is left alone when the fields are set: the caret, and a number that is
// being typed. Thread: UI. Owner: the editor.

#include "app/console/pages/pools/rulefields.h"

#include <QWidget>

#include <array>
#include <map>
#include <string>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace nest::widgets {
class Label;
class SegmentedControl;
} // namespace nest::widgets

namespace nest::console {

class RuleForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RuleForm)

public:
    enum class Of { Deployment, Pool };

    /// The names of its parts begin with "rule" for a deployment, with "window" for a pool.
    explicit RuleForm(Of of, QWidget *parent = nullptr);

    [[nodiscard]] RuleFields fields() const;
    /// Tells nobody.
    void setFields(const RuleFields &fields);
    /// What is wrong, each at its field; what is of none is not shown.
    void showProblems(const RuleProblems &problems);
    [[nodiscard]] bool hasField(const std::string &name) const { return m_errors.contains(name); }
    /// The name, or when it holds.
    void focusFirst();

Q_SIGNALS:
    void typed();

private:
    void build();
    void buildWhen(QVBoxLayout *column);
    QWidget *addField(QVBoxLayout *column, const QString &label, QWidget *field, const std::string &name);
    widgets::Label *addError(QVBoxLayout *column, const std::string &name);
    void connectParts();
    void showKind();
    [[nodiscard]] QString id(const QString &part) const;

    Of m_of;
    bool m_isFilling = false;
    QLineEdit *m_name;
    widgets::SegmentedControl *m_kind;
    QWidget *m_plain = nullptr;
    QLineEdit *m_from;
    QLineEdit *m_to;
    std::array<QPushButton *, 7> m_days{};
    QWidget *m_cronRow = nullptr;
    QLineEdit *m_cron;
    QWidget *m_lengthRow = nullptr;
    QSpinBox *m_minutes;
    QSpinBox *m_floor;
    QLineEdit *m_zone;
    QCheckBox *m_enabled;
    QLineEdit *m_start;
    QLineEdit *m_end;
    std::map<std::string, widgets::Label *> m_errors; // by field
};

} // namespace nest::console
