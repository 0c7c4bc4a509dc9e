// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The newest lines of a function's log, and which of them are shown: by level and by instance.
//
// Invariants: at most mostLines are kept, the oldest go first; while held, new lines wait aside and nothing
// moves. Thread: UI. Owner: the log panel.

#include "api/wire/observation.h"

#include <QAbstractListModel>
#include <QSet>

#include <deque>
#include <unordered_map>

namespace nest::console {

class LogModel final : public QAbstractListModel
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogModel)

public:
    enum Role { LineRole = Qt::UserRole + 1 };      // wire::LogLine
    static constexpr std::size_t mostLines = 5'000; // in view; the platform keeps more

    using QAbstractListModel::QAbstractListModel;

    void clear();
    void append(std::vector<wire::LogLine> lines);
    void setHeld(bool isHeld);
    [[nodiscard]] bool isHeld() const { return m_isHeld; }
    /// Lines that came while held.
    [[nodiscard]] int waiting() const { return static_cast<int>(m_waiting.size()); }

    void setLeast(wire::Severity least);
    /// Only of these; none: of all.
    void setInstances(const QSet<QString> &instances);
    [[nodiscard]] bool isFiltered() const
    {
        return m_least != wire::Severity::Debug || !m_instances.isEmpty();
    }
    /// Lines in view, hidden ones too.
    [[nodiscard]] int kept() const { return static_cast<int>(m_lines.size()); }
    [[nodiscard]] int count(wire::Severity severity) const;

    [[nodiscard]] const wire::LogLine &line(int row) const
    {
        return m_lines[m_shown[static_cast<std::size_t>(row)] - m_first];
    }
    /// Which colour an instance has: 0, 1, 2 … in the order that they first wrote.
    [[nodiscard]] int colourOf(const std::string &instance) const;
    /// Rows whose message has the text, whatever the case.
    [[nodiscard]] QList<int> rowsWith(const QString &text) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    void add(std::vector<wire::LogLine> lines);
    void dropOldest();
    void filterAgain();
    [[nodiscard]] bool accepts(const wire::LogLine &line) const;

    std::deque<wire::LogLine> m_lines;
    std::deque<std::size_t> m_shown; // numbers of lines, which m_lines begins at m_first
    std::size_t m_first = 0;
    std::vector<wire::LogLine> m_waiting;
    bool m_isHeld = false;
    wire::Severity m_least = wire::Severity::Debug;
    QSet<QString> m_instances;
    std::unordered_map<std::string, int> m_colours;
};

} // namespace nest::console

Q_DECLARE_METATYPE(nest::wire::LogLine)
