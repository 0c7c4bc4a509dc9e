// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/scaling/whypanel.h"

#include "app/console/pages/scaling/decisionlook.h"
#include "app/console/pages/scaling/whycontent.h"
#include "app/console/theming.h"
#include "widgets/explain/explainbox.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QToolButton>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {
constexpr int shownOfId = 6; // enough to tell two apart
}

WhyPanel::WhyPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(new widgets::Label({}, widgets::TextStyle::Strong))
    , m_time(new widgets::Label({}, widgets::TextStyle::Body, widgets::Ink::Dim))
    , m_cause(new widgets::CellWidget(this))
    , m_note(new widgets::Label({}, widgets::TextStyle::Caption, widgets::Ink::Dim))
    , m_scroll(new QScrollArea(this))
    , m_box(new explain::ExplainBox)
    , m_sentences(new explain::SentenceView)
    , m_inputs(new explain::InputsTable)
    , m_limits(new explain::InputsTable)
    , m_tables(new QVBoxLayout)
    , m_idText(new widgets::Label({}, widgets::TextStyle::Code, widgets::Ink::Dim))
{
    auto *up = addButton(u"chevron-up"_s, tr("Newer decision (K)"));
    auto *down = addButton(u"chevron-down"_s, tr("Older decision (J)"));
    auto *copy = addButton(u"copy"_s, tr("Copy the decision's id"));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(widgets::space::page, widgets::space::control, widgets::space::panel,
                             widgets::space::chip);
    head->setSpacing(widgets::space::control);
    head->addWidget(m_title);
    head->addWidget(m_time);
    head->addWidget(m_cause);
    head->addWidget(m_note);
    head->addStretch();
    head->addWidget(up);
    head->addWidget(down);
    head->addWidget(copy);

    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(widgets::space::page, widgets::space::chip, widgets::space::page,
                               widgets::space::panel);
    column->setSpacing(widgets::space::panel);
    column->addWidget(m_box);
    column->addWidget(m_sentences);
    m_tables->setContentsMargins({});
    m_tables->setSpacing(widgets::space::panel);
    m_tables->addWidget(m_inputs);
    m_tables->addWidget(m_limits);
    column->addLayout(m_tables);
    column->addStretch();
    m_scroll->setWidget(body);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_scroll, 1);
    m_idText->setContentsMargins(widgets::space::page, widgets::space::chip, widgets::space::page,
                                 widgets::space::control);
    all->addWidget(m_idText);

    m_title->setObjectName("whyTitle"_L1);
    m_time->setObjectName("whyTime"_L1);
    m_sentences->setObjectName("whySentences"_L1);
    m_inputs->setObjectName("whyInputs"_L1);
    m_limits->setObjectName("whyLimits"_L1);
    m_idText->setObjectName("whyId"_L1);
    m_inputs->setHead({tr("Inputs"), tr("Value"), tr("Asked for")});
    m_limits->setHead({tr("Limits met"), tr("Value"), tr("Took away")});
    m_inputs->setSidePadding(0);
    applyColours();
    connect(up, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(-1); });
    connect(down, &QToolButton::clicked, this, [this] { Q_EMIT stepRequested(1); });
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromStdString(m_id)); });
    setDecision(nullptr);
}

QToolButton *WhyPanel::addButton(const QString &icon, const QString &name)
{
    auto *button = new QToolButton(this);
    button->setIcon(widgets::themedIcon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setAutoRaise(true);
    return button;
}

void WhyPanel::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    QPainter painter(this); // a line above the foot, behind which the rest scrolls
    painter.fillRect(QRect(0, m_idText->y(), width(), 1), widgets::themeOf(this).border.subtle);
}

void WhyPanel::setNote(const QString &note)
{
    m_note->setText(note);
}

void WhyPanel::setDecision(const wire::Decision *decision)
{
    setVisible(decision != nullptr);
    if (decision == nullptr) {
        m_id.clear();
        return;
    }
    const bool isOther = decision->id != m_id;
    if (!isOther) {
        return; // decisions never change
    }
    m_id = decision->id;
    m_title->setText(whyTitle(*decision));
    m_time->setText(QDateTime::fromMSecsSinceEpoch(unixMs(*decision)).toString(u"HH:mm:ss.zzz"_s));
    m_cause->setCell(causePill(*decision));
    m_box->setFormula(whyFormula(*decision));
    m_box->setGauge(whyGauge(*decision));
    m_sentences->setSentences(whySentences(*decision));
    m_inputs->setRows(whyInputs(*decision));
    const auto limits = whyLimits(*decision);
    // What took instances away is asked for first.
    m_tables->removeWidget(m_limits);
    m_tables->insertWidget(isCut(*decision) ? 0 : 1, m_limits);
    m_limits->setRows(limits);
    m_limits->setVisible(!limits.isEmpty());
    const QString id = QString::fromStdString(decision->id);
    m_idText->setText(u"v%1 · dec-…%2"_s.arg(decision->version).arg(id.right(shownOfId).toLower()));
    m_idText->setToolTip(id);
    m_scroll->ensureVisible(0, 0);
}

void WhyPanel::applyColours()
{
    const explain::ExplainColours colours = explainColours(widgets::themeOf(this));
    m_box->setColours(colours);
    m_sentences->setColours(colours);
    m_inputs->setColours(colours);
    m_limits->setColours(colours);
}

void WhyPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyColours();
    }
    QWidget::changeEvent(event);
}

} // namespace nest::console
