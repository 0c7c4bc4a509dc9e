// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/emptystate.h"

#include "widgets/state/commandline.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace nest::widgets {

class EmptyState::Picture final : public QWidget
{
public:
    Picture(QString icon, QWidget *parent) : QWidget(parent), m_icon(std::move(icon))
    {
        setFixedSize(24, 24);
    }

    void setIcon(const QString &icon)
    {
        m_icon = icon;
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), m_icon, width(), themeOf(this).text.dim);
    }

private:
    QString m_icon;
};

EmptyState::EmptyState(const QString &icon, const QString &title, const QString &sentence, QWidget *parent)
    : QWidget(parent)
    , m_picture(new Picture(icon, this))
    , m_title(new Label(title, TextStyle::Strong))
    , m_sentence(new Label(sentence, TextStyle::Body, Ink::Secondary))
    , m_buttons(new QHBoxLayout)
    , m_commands(new QVBoxLayout)
{
    auto *column = new QVBoxLayout(this);
    column->setSpacing(space::control);
    column->addStretch();
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addSpacing(space::chip);
    for (Label *line : {m_title, m_sentence}) {
        line->setAlignment(Qt::AlignCenter);
        line->setWordWrap(true);
        column->addWidget(line);
    }
    column->addSpacing(space::chip);
    m_buttons->setSpacing(space::control);
    m_buttons->addStretch();
    m_buttons->addStretch();
    column->addLayout(m_buttons);
    m_commands->setSpacing(space::control);
    column->addLayout(m_commands);
    column->addStretch();
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

void EmptyState::setText(const QString &title, const QString &sentence)
{
    m_title->setText(title);
    m_sentence->setText(sentence);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
}

void EmptyState::setIcon(const QString &icon)
{
    m_picture->setIcon(icon);
}

QPushButton *EmptyState::addButton(const QString &text, const QString &icon)
{
    auto *button = new QPushButton(text, this);
    if (!icon.isEmpty()) {
        button->setIcon(themedIcon(icon));
    }
    const bool isFirst = m_buttons->count() == 2; // only the stretches at both ends
    setButtonKind(button, isFirst ? ButtonKind::Primary : ButtonKind::Normal);
    m_buttons->insertWidget(m_buttons->count() - 1, button);
    return button;
}

void EmptyState::setCommands(const QStringList &commands)
{
    while (const QLayoutItem *old = m_commands->itemAt(0)) {
        delete old->widget(); // takes its item out of the layout
    }
    for (const QString &command : commands) {
        if (!command.isEmpty()) {
            auto *line = new CommandLine(this);
            line->setCommand(command);
            m_commands->addWidget(line, 0, Qt::AlignHCenter);
        }
    }
}

} // namespace nest::widgets
