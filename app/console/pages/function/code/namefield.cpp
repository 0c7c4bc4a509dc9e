// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/code/namefield.h"

#include "widgets/theme/controls.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace nest::console {

using namespace widgets;

NameField::NameField(QWidget *parent)
    : QWidget(parent), m_edit(new QLineEdit(this)), m_problem(new Label({}, TextStyle::Caption, Ink::Bad))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::control, 2, space::control, space::chip);
    column->setSpacing(2);
    column->addWidget(m_edit);
    column->addWidget(m_problem);
    setSmall(m_edit);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_edit->setPlaceholderText(tr("src/name.js"));
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::returnPressed, this,
            [this] { Q_EMIT named(m_renamed, m_edit->text().trimmed()); });
    connect(m_edit, &QLineEdit::textEdited, m_problem, &QWidget::hide);
    hide();
}

void NameField::ask(const QString &renamed, const QString &text)
{
    m_renamed = renamed;
    m_edit->setAccessibleName(renamed.isEmpty() ? tr("Name of the new file")
                                                : tr("New name of %1").arg(renamed));
    m_problem->hide();
    m_edit->setText(text);
    const auto slash = static_cast<int>(text.lastIndexOf(u'/')) + 1;
    const auto dot = static_cast<int>(text.lastIndexOf(u'.'));
    if (!renamed.isEmpty()) {
        m_edit->setSelection(slash, (dot > slash ? dot : static_cast<int>(text.size())) - slash);
    }
    show();
    m_edit->setFocus();
}

void NameField::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->show();
    m_edit->setFocus();
}

void NameField::finish()
{
    hide();
    Q_EMIT left();
}

bool NameField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        finish();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace nest::console
