// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a group's instances may reach: a table of addresses that a person adds to, changes and removes, and
// whether the network is open besides. What is wrong is said at the row, what the platform refuses too.
//
// Invariants: a removed row of the platform's stays in view until it is applied, so that it can be taken
// back; a refusal goes with the next keystroke in its row. Rows are few (at most 20), so each has widgets.
// Thread: UI. Owner: the section.

#include "api/wire/common.h"
#include "api/wire/network.h"
#include "api/wire/result.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace nest::widgets {
class Label;
class SegmentedControl;
} // namespace nest::widgets

namespace nest::console {

class NetworkEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NetworkEditor)

public:
    explicit NetworkEditor(QWidget *parent = nullptr);
    ~NetworkEditor() override;

    /// What is on the platform, and what is shown in the fields.
    void setNetwork(const wire::Network &base, const wire::Network &mine);
    /// What the group sets itself: no grant may be found by one of these names.
    void setEnvironment(const wire::Environment &environment);
    /// What the function.yaml of that version asks for: it holds for a first deployment alone, so that a
    /// later one is told of it. A version of 0: it is not known.
    void setAsked(const wire::Network &asked, int version);
    /// Empty: it may be changed. What was typed stays.
    void setDisabledReason(const QString &reason);
    /// Of the rows that are right.
    [[nodiscard]] wire::Network network() const;
    /// No row is wrong.
    [[nodiscard]] bool isValid() const;
    /// Shows what the platform refused of network(), each at its place; the rest is given back.
    std::vector<FieldError> showRefused(const std::vector<FieldError> &errors);

Q_SIGNALS:
    void changed();

private:
    struct Row;

    Row *addRow(const wire::NetworkGrant &grant, bool isOnPlatform);
    void act(Row *row);
    void edited();
    void check();
    void showNote(const Row &row) const;
    [[nodiscard]] QString problemOf(const Row &row) const;
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] const wire::NetworkGrant *baseOf(const Row &row) const;

    wire::Network m_base;
    wire::Environment m_environment;
    wire::Network m_asked;
    int m_version = 0;
    QString m_disabled;
    std::vector<std::unique_ptr<Row>> m_rows;
    QVBoxLayout *m_list;
    widgets::Label *m_none;
    QWidget *m_askedBox;
    widgets::Label *m_askedText;
    QPushButton *m_takeOver;
    QPushButton *m_add;
    widgets::SegmentedControl *m_egress;
    widgets::Label *m_meaning;
    widgets::Label *m_refused; // of the egress, or of the table as a whole
};

} // namespace nest::console
