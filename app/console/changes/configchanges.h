// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Settings that differ, a line each: name, old value, new value.
//
// Thread: UI.

#include "models/diff/configdiff.h"

#include <QWidget>

class QVBoxLayout;

namespace nest::console {

class ConfigChanges final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConfigChanges)

public:
    explicit ConfigChanges(QWidget *parent = nullptr);

    struct Part
    {
        QString title; // "Version v2 → v3", "default/main/local"; empty: none
        std::vector<models::ConfigRow> rows;
        bool operator==(const Part &) const = default;
    };
    /// Empty parts are said to be equal in words.
    void show(std::vector<Part> parts);
    [[nodiscard]] int count() const;

private:
    class Row;

    QVBoxLayout *m_rows;
    std::vector<Part> m_parts;
};

} // namespace nest::console
