// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/deployprogress.h"

#include "app/console/look.h"
#include "models/deploy/deploytexts.h"
#include "models/guard.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::DeployRun;
using widgets::Ink;
using widgets::TextStyle;

namespace {

struct Look
{
    QString icon;
    widgets::Tone tone = widgets::Tone::Neutral;
    Ink ink = Ink::Secondary;
};

Look lookOf(DeployRun::State state)
{
    using State = DeployRun::State;
    switch (state) {
    case State::Sent:
    case State::Undoing:
        return {u"spin"_s, widgets::Tone::Neutral, Ink::Secondary};
    case State::Changed:
        return {u"spin"_s, widgets::Tone::Info, Ink::Primary};
    case State::Ready:
        return {u"check"_s, widgets::Tone::Ok, Ink::Primary};
    case State::Undone:
        return {u"undo"_s, widgets::Tone::Neutral, Ink::Secondary};
    case State::Stale:
        return {u"alert"_s, widgets::Tone::Warn, Ink::Warn};
    case State::Failed:
    case State::UndoFailed:
        return {u"reject"_s, widgets::Tone::Bad, Ink::Bad};
    }
    return {};
}

QWidget *groupChip(const wire::GroupName &group, QWidget *parent)
{
    auto *chip = new widgets::CellWidget(parent);
    chip->setCell(groupCell(group));
    chip->setAttribute(Qt::WA_TransparentForMouseEvents);
    return chip;
}

} // namespace

class DeployProgress::Row final : public QWidget
{
public:
    Row(const DeployRun::Row &row, QWidget *parent)
        : QWidget(parent), m_words(new widgets::Label), m_button(new QPushButton(this))
    {
        const wire::Deployment &wanted = row.step.wanted;
        const wire::GroupName group{wanted.set, wanted.lane, wanted.region};
        const QString name = QString::fromStdString(toString(group));
        auto *line = new QHBoxLayout(this);
        line->setContentsMargins(iconPlace, 4, 0, 4);
        line->setSpacing(widgets::space::panel);
        line->addWidget(groupChip(group, this), 0, Qt::AlignTop);
        auto *weights = new widgets::Label(models::weightsText(wanted.weights), TextStyle::Log, Ink::Accent);
        weights->setFixedHeight(widgets::themeOf(this).size.rowNormal);
        line->addWidget(weights, 0, Qt::AlignTop);
        m_words->setObjectName(u"state:"_s + name);
        m_words->setWordWrap(true);
        m_words->setMinimumHeight(widgets::themeOf(this).size.rowNormal);
        line->addWidget(m_words, 1);
        m_button->setObjectName(u"again:"_s + name);
        widgets::setSmall(m_button);
        m_button->hide();
        line->addWidget(m_button, 0, Qt::AlignTop);
    }
    void show(const DeployRun::Row &row, int version)
    {
        using State = DeployRun::State;
        const Look look = lookOf(row.state);
        m_icon = look.icon;
        m_tone = look.tone;
        m_words->setInk(look.ink);
        m_words->setText(models::stateText(row, version));
        const bool canRetry = row.state == State::Failed || row.state == State::UndoFailed;
        m_button->setText(
            canRetry
                ? DeployProgress::tr("Retry")
                : DeployProgress::tr("Replace with %1").arg(models::weightsText(row.step.wanted.weights)));
        m_button->setVisible(canRetry || row.state == State::Stale);
        update();
    }
    [[nodiscard]] QPushButton *button() const { return m_button; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        widgets::paintIcon(painter, QRect(0, 4, iconPlace - 8, theme.size.rowNormal), m_icon, 14,
                           theme.tone(m_tone).text);
    }

private:
    static constexpr int iconPlace = 28;
    widgets::Label *m_words;
    QPushButton *m_button;
    QString m_icon;
    widgets::Tone m_tone = widgets::Tone::Neutral;
};

DeployProgress::DeployProgress(DeployRun &run, models::Guard &guard, QWidget *parent)
    : QWidget(parent)
    , m_run(&run)
    , m_guard(guard)
    , m_title(new widgets::Label({}, TextStyle::Strong, Ink::Primary, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    m_title->setObjectName("deployTitle"_L1);
    column->addWidget(m_title);
    column->addSpacing(widgets::space::control);
    for (std::size_t i = 0; i < run.rows().size(); ++i) {
        auto *row = new Row(run.rows()[i], this);
        column->addWidget(row);
        m_rows.append(row);
        connect(row->button(), &QPushButton::clicked, this, [this, i] {
            if (m_run) {
                m_run->rows()[i].state == DeployRun::State::Stale ? m_run->replace(i) : m_run->retry(i);
            }
        });
        show(i);
    }
    column->addStretch();
    connect(&run, &DeployRun::rowChanged, this, &DeployProgress::show);
    connect(&guard, &models::Guard::changed, this, &DeployProgress::showGuard);
    showGuard();
}

/// The time of an unlocked connection may be over while this is looked at.
void DeployProgress::showGuard()
{
    for (Row *row : m_rows) {
        row->button()->setEnabled(!m_guard.isLocked());
        row->button()->setToolTip(m_guard.lockedSentence());
    }
}

void DeployProgress::show(std::size_t row)
{
    m_rows.at(static_cast<qsizetype>(row))->show(m_run->rows()[row], m_run->version());
    showTitle();
}

void DeployProgress::showTitle()
{
    m_title->setText(models::titleText(m_run->rows(), m_run->version()));
}

} // namespace nest::console
