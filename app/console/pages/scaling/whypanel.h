// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Why a decision was made: formula with its numbers, gauge, sentences, inputs, limits, id.
//
// Shows one recorded decision as it is and computes nothing. Thread: UI. Owner: the page.

#include <QWidget>

#include <string>

class QVBoxLayout;
class QScrollArea;
class QToolButton;

namespace nest::explain {
class ExplainBox;
class InputsTable;
class SentenceView;
} // namespace nest::explain
namespace nest::widgets {
class CellWidget;
class Label;
} // namespace nest::widgets
namespace nest::wire {
struct Decision;
}

namespace nest::console {

class WhyPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(WhyPanel)

public:
    explicit WhyPanel(QWidget *parent = nullptr);

    /// Null: nothing to explain yet.
    void setDecision(const wire::Decision *decision);
    /// "newest": why this one is shown though nobody chose it.
    void setNote(const QString &note);
    [[nodiscard]] const std::string &shown() const { return m_id; }

Q_SIGNALS:
    /// -1 up the list (newer), 1 down.
    void stepRequested(int rows);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QToolButton *addButton(const QString &icon, const QString &name);
    void applyColours();

    widgets::Label *m_title;
    widgets::Label *m_time;
    widgets::CellWidget *m_cause;
    widgets::Label *m_note;
    QScrollArea *m_scroll;
    explain::ExplainBox *m_box;
    explain::SentenceView *m_sentences;
    explain::InputsTable *m_inputs;
    explain::InputsTable *m_limits;
    QVBoxLayout *m_tables; // inputs and limits, in the order of interest
    widgets::Label *m_idText;
    std::string m_id;
};

} // namespace nest::console
