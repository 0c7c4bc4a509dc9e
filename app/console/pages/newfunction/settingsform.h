// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a person fills in to make a function. Everything has a good default but the name.
//
// Thread: UI.

#include "models/newfunction.h"

#include <QWidget>

class QComboBox;
class QMenu;
class QSpinBox;

namespace nest::widgets {
class CellWidget;
class Label;
class SegmentedControl;
} // namespace nest::widgets

namespace nest::console {

class FunctionName;

class SettingsForm final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsForm)

public:
    explicit SettingsForm(QWidget *parent = nullptr);

    [[nodiscard]] models::NewFunction settings() const;
    [[nodiscard]] FunctionName &name() { return *m_name; }
    /// Back to the defaults, for the next function.
    void clear();
    /// The languages of the chosen template, best first.
    void setRuntimes(const QStringList &runtimes);
    void setServices(const QStringList &services);
    /// Where it may run; the one it is set to is kept when it is still there.
    void setGroups(const std::vector<wire::GroupName> &groups);
    void setGroup(const wire::GroupName &group);
    /// Of the last start that was measured for this runtime; nothing: not known.
    void setColdStart(const std::optional<double> &milliseconds);

Q_SIGNALS:
    void changed();
    void addGroupRequested();

private:
    QWidget *numbers(const QString &firstName, QSpinBox *first, const QString &secondName, QSpinBox *second);
    QSpinBox *number(const QString &name, const QString &id, int least, int most, int value);
    void showGroup();
    void showZero();

    widgets::SegmentedControl *m_language = nullptr;
    QWidget *m_languageBox;
    QStringList m_runtimes;
    FunctionName *m_name;
    QComboBox *m_service;
    widgets::CellWidget *m_groupChip;
    QMenu *m_groupMenu;
    std::vector<wire::GroupName> m_groups;
    wire::GroupName m_group;
    QSpinBox *m_memory;
    QSpinBox *m_timeout;
    QSpinBox *m_reserved;
    QSpinBox *m_maximum;
    widgets::Label *m_zero;
    widgets::Label *m_problem;
    std::optional<double> m_coldStart;
};

} // namespace nest::console
