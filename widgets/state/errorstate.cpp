// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/errorstate.h"

#include "widgets/state/commandline.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
class BadMark final : public QWidget
{
public:
    explicit BadMark(QWidget *parent) : QWidget(parent) { setFixedSize(20, 20); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), u"reject"_s, themeOf(this).size.iconHeader, themeOf(this).bad.text);
    }
};
} // namespace

class ErrorState::Steps final : public QWidget
{
public:
    explicit Steps(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
    {
        m_grid->setContentsMargins(space::panel, space::control, space::panel, space::control);
        m_grid->setHorizontalSpacing(space::control);
        m_grid->setVerticalSpacing(space::chip);
        m_grid->setColumnStretch(1, 1);
    }

    void setSteps(const QStringList &steps)
    {
        qDeleteAll(findChildren<Label *>(Qt::FindDirectChildrenOnly));
        for (int i = 0; i < steps.size(); ++i) {
            m_grid->addWidget(new Label(QLocale().toString(i + 1), TextStyle::Body, Ink::Dim), i, 0,
                              Qt::AlignTop);
            auto *line = new Label(steps.at(i), TextStyle::Body, Ink::Secondary);
            line->setWordWrap(true);
            m_grid->addWidget(line, i, 1);
        }
        setVisible(!steps.isEmpty());
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        paintBox(painter, rect(), theme.size.radiusControl, theme.surface.panel, theme.border.subtle);
    }

private:
    QGridLayout *m_grid;
};

ErrorState::ErrorState(QWidget *parent)
    : QWidget(parent)
    , m_title(new Label({}, TextStyle::Strong))
    , m_sentence(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_steps(new Steps(this))
    , m_retry(new QPushButton(tr("Retry"), this))
    , m_foot(new QHBoxLayout)
    , m_requestId(new CommandLine(this, CommandLine::Frame::None))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::page, space::page, space::page, space::page);
    column->setSpacing(space::panel);
    auto *head = new QHBoxLayout;
    head->setSpacing(space::control);
    head->addWidget(new BadMark(this));
    head->addWidget(m_title, 1);
    column->addLayout(head);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_sentence);
    column->addWidget(m_steps);
    column->addStretch();
    m_foot->setSpacing(space::control);
    m_foot->addWidget(m_retry);
    m_foot->addStretch();
    m_foot->addWidget(m_requestId);
    column->addLayout(m_foot);
    setButtonKind(m_retry, ButtonKind::Primary);
    m_retry->setIcon(themedIcon(u"refresh"_s));
    connect(m_retry, &QPushButton::clicked, this, &ErrorState::retryRequested);
}

void ErrorState::setError(const ErrorText &text)
{
    m_error = text;
    m_title->setText(text.title);
    m_sentence->setText(text.sentence);
    m_steps->setSteps(text.steps);
    m_retry->setVisible(text.canRetry);
    m_requestId->setCommand(text.requestId);
    m_requestId->setVisible(!text.requestId.isEmpty());
    setAccessibleName(text.title);
    setAccessibleDescription(text.sentence);
}

QPushButton *ErrorState::addButton(const QString &text, const QString &icon)
{
    auto *button = new QPushButton(text, this);
    if (!icon.isEmpty()) {
        button->setIcon(themedIcon(icon));
    }
    m_foot->insertWidget(m_foot->count() - 2, button);
    return button;
}

} // namespace nest::widgets
