// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The differences of one file: hunks with line numbers and marks, removed left and added right or in one
// column, with the syntax colours of the language. Read-only.
//
// Invariants: only visible rows are painted and coloured, so the size of the file does not matter. D and
// Shift+D go to the next and the former change, Up and Down to a line, Ctrl+C copies what is selected.
// Thread: GUI.

#include "widgets/diff/diffrows.h"
#include "widgets/diff/linecolours.h"

#include <QAbstractScrollArea>

#include <array>
#include <optional>
#include <unordered_map>

namespace nest::widgets {

class DiffView final : public QAbstractScrollArea
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DiffView)

public:
    explicit DiffView(QWidget *parent = nullptr);
    ~DiffView() override;

    /// What is shown from the top; nothing empties it.
    void setDiff(std::optional<models::FileDiff> diff);
    [[nodiscard]] const std::optional<models::FileDiff> &diff() const { return m_diff; }
    void setMode(DiffMode mode);
    [[nodiscard]] DiffMode mode() const { return m_mode; }
    [[nodiscard]] const DiffRows &rows() const { return m_rows; }
    /// -1: none.
    [[nodiscard]] int currentRow() const { return m_current; }
    [[nodiscard]] int firstVisibleRow() const;
    /// A sentence in the place of the lines: binary, too large, nothing; empty while there are lines.
    [[nodiscard]] QString sentence() const;
    /// The selected rows as text, the added side first.
    [[nodiscard]] QString selectedText() const;

    QSize sizeHint() const override { return {640, 320}; }

public Q_SLOTS:
    /// False when there is no further one.
    bool nextChange();
    bool previousChange();
    void copy() const;

Q_SIGNALS:
    /// D behind the last change: the next file may follow.
    void changesEnded();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *) override {} // ours, as the press was
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Side
    {
        LineColours colours;
        std::unordered_map<int, std::vector<LineSpan>> spans; // by row
        int next = -1;                                        // the row that the run goes on with
    };

    void setCurrent(int row, bool extends);
    void updateBars();
    [[nodiscard]] int rowAt(int y) const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] const models::DiffLine *line(int row, bool isRight) const;
    [[nodiscard]] const std::vector<LineSpan> &spansOf(int row, bool isRight);
    void paintHalf(QPainter &painter, const Theme &theme, int row, const QRect &in, bool isRight);
    void paintText(QPainter &painter, const Theme &theme, const QRect &in, const models::DiffLine &line,
                   const std::vector<LineSpan> &spans);
    [[nodiscard]] int numberWidth() const;

    std::optional<models::FileDiff> m_diff;
    DiffMode m_mode = DiffMode::SideBySide;
    DiffRows m_rows;
    std::array<Side, 2> m_sides;
    int m_current = -1;
    int m_anchor = -1;
    int m_longest = 0; // characters of the longest line
};

} // namespace nest::widgets
