// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A table of names and values that a person adds to, changes and removes, below what the version's manifest
// brings by itself. What is wrong is said at the row.
//
// Invariants: a removed row of the platform's stays in view until it is applied, so that it can be taken
// back. Rows are few (the platform takes 32 KiB in all), so each has widgets. Thread: UI. Owner: the section.

#include "api/wire/common.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace nest::widgets {
class Label;
}

namespace nest::console {

class EnvironmentEditor final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(EnvironmentEditor)

public:
    explicit EnvironmentEditor(QWidget *parent = nullptr);
    ~EnvironmentEditor() override;

    /// What is on the platform, and what is shown in the fields.
    void setEnvironment(const wire::Environment &base, const wire::Environment &mine);
    /// What the manifest of that version brings; a version of 0: it is not known.
    void setDefaults(const wire::Environment &defaults, int version);
    /// Of the rows that are right.
    [[nodiscard]] wire::Environment environment() const;
    /// No row is wrong.
    [[nodiscard]] bool isValid() const;

Q_SIGNALS:
    void changed();

private:
    struct Row;
    struct Default;

    void overrideDefault(const std::string &name);
    void showDefaults();
    Row *addRow(const QString &name, const QString &value, bool isOnPlatform);
    void check();
    [[nodiscard]] QString problemOf(const Row &row) const;

    wire::Environment m_base;
    QVBoxLayout *m_list;
    widgets::Label *m_none;
    QPushButton *m_add;
    std::vector<std::unique_ptr<Row>> m_rows;
    QVBoxLayout *m_defaultList;
    std::vector<std::unique_ptr<Default>> m_defaults;
    int m_version = 0;
};

} // namespace nest::console
