// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/publishpopover.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/stylepaint.h"

#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace nest::console {

using namespace widgets;

PublishPopover::PublishPopover(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_title(new Label({}, TextStyle::Strong))
    , m_description(new QLineEdit(this))
    , m_problem(new Label({}, TextStyle::Caption, Ink::Bad))
    , m_publish(new QPushButton(tr("Publish"), this))
{
    auto *foot = new QHBoxLayout;
    foot->addStretch();
    foot->addWidget(m_publish);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::panel, space::panel, space::panel, space::panel);
    column->setSpacing(space::control);
    column->addWidget(m_title);
    column->addWidget(
        new Label(tr("What is new? It is shown beside the version for good."), TextStyle::Caption, Ink::Dim));
    column->addWidget(m_description);
    column->addWidget(m_problem);
    column->addLayout(foot);
    m_description->setMinimumWidth(320);
    m_description->setMaxLength(500);
    m_description->setAccessibleName(tr("What is new in the version"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    setButtonKind(m_publish, ButtonKind::Primary);
    const auto go = [this] {
        if (m_publish->isEnabled()) {
            Q_EMIT published(m_build, m_description->text().trimmed());
        }
    };
    connect(m_publish, &QPushButton::clicked, this, go);
    connect(m_description, &QLineEdit::returnPressed, this, go);
}

void PublishPopover::ask(int build, const QWidget *beside)
{
    if (m_build != build) {
        m_description->clear(); // a text for another build says something else
    }
    m_build = build;
    m_title->setText(tr("Publish build %1").arg(build));
    m_problem->hide();
    setBusy(false);
    adjustSize();
    if (beside) {
        move(beside->mapToGlobal(QPoint(beside->width() - width(), beside->height() + space::chip)));
    }
    show();
    m_description->setFocus();
}

void PublishPopover::setBusy(bool isBusy)
{
    m_publish->setEnabled(!isBusy);
    m_publish->setText(isBusy ? tr("Publishing…") : tr("Publish"));
}

void PublishPopover::setProblem(const QString &sentence)
{
    setBusy(false);
    m_problem->setText(sentence);
    m_problem->show();
    adjustSize();
}

void PublishPopover::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    paintBox(painter, rect(), 0, theme.surface.panel, theme.border.control);
}

} // namespace nest::console
