// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One window of a size schedule in its table: from, to, days, idle. The one that holds now has a bar and says
// so; what is changed and not written yet is in the accent's colour, what is wrong in red. A press on it
// opens its fields. What has no room is cut and told by the tool tip.
//
// Thread: UI. Owner: the schedule.

#include <QAbstractButton>

#include <array>
#include <utility>

namespace nest::console {

struct WindowRowText
{
    QString name;
    QString from; // or the cron of one that no times can say
    QString to{}; // empty: `from` has its room too
    QString days{};
    QString was{}; // the number before it was changed
    QString idle;
    QString note{}; // what is wrong
    bool isChanged = false;
    bool isWinner = false;
    bool isEnabled = true;
    bool operator==(const WindowRowText &) const = default;
};

/// Left edge and width of the four columns; the head has the same.
[[nodiscard]] std::array<std::pair<int, int>, 4> windowColumns(int width);

class WindowRow final : public QAbstractButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WindowRow)

public:
    explicit WindowRow(QWidget *parent = nullptr);

    void setText(const WindowRowText &text);
    void setChosen(bool isChosen);
    [[nodiscard]] const WindowRowText &text() const { return m_text; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    WindowRowText m_text;
    bool m_isChosen = false;
};

} // namespace nest::console
