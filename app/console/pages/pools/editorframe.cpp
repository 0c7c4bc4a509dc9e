// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/editorframe.h"

#include "widgets/state/toastplace.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QCoreApplication>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {

struct Editors
{
    Q_DECLARE_TR_FUNCTIONS(Editors)
};

QPushButton *addHead(QVBoxLayout *column, QWidget *editor, const EditorParts &parts)
{
    auto *headBox = new QWidget;
    auto *head = new QHBoxLayout(headBox);
    head->setContentsMargins(widgets::space::page, 0, widgets::space::control, 0);
    parts.title->setObjectName(parts.thing.toLower() + u"Title"_s);
    if (parts.beside != nullptr) {
        head->addWidget(parts.title);
        head->addWidget(parts.beside);
        head->addStretch();
    } else {
        parts.title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        head->addWidget(parts.title, 1);
    }
    auto *close = new QPushButton;
    close->setIcon(widgets::themedIcon(u"close"_s));
    close->setAccessibleName(Editors::tr("Close"));
    close->setObjectName(u"close"_s + parts.thing);
    widgets::setButtonKind(close, widgets::ButtonKind::Ghost);
    head->addWidget(close);
    headBox->setFixedHeight(widgets::themeOf(editor).size.panelHead);
    column->addWidget(headBox);
    return close;
}

void addFoot(QVBoxLayout *column, const EditorParts &parts)
{
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(widgets::space::page, widgets::space::control, widgets::space::page,
                             widgets::space::control);
    foot->setSpacing(widgets::space::control);
    auto *said = new QBoxLayout(parts.beside != nullptr ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    parts.note->setObjectName(parts.thing.toLower() + u"Note"_s);
    parts.note->setWordWrap(true);
    parts.cost->setObjectName(parts.thing.toLower() + u"Cost"_s);
    parts.cost->setWordWrap(parts.beside == nullptr);
    said->addWidget(parts.note, 1);
    said->addWidget(parts.cost);
    foot->addLayout(said);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(widgets::space::control);
    parts.discard->setObjectName(u"discard"_s + parts.thing);
    parts.review->setObjectName(u"review"_s + parts.thing);
    widgets::setButtonKind(parts.review, widgets::ButtonKind::Primary);
    for (QPushButton *button : {parts.discard, parts.review}) {
        button->setProperty(widgets::toastsKeepClear, true); // the next change is made while one is told
    }
    buttons->addWidget(parts.discard, 1);
    buttons->addWidget(parts.review, 1);
    foot->addLayout(buttons);
    column->addLayout(foot);
}

} // namespace

EditorFrame frameEditor(QWidget *editor, const EditorParts &parts)
{
    auto *column = new QVBoxLayout(editor);
    column->setContentsMargins({});
    column->setSpacing(0);
    QPushButton *close = addHead(column, editor, parts);
    column->addWidget(widgets::makeLine(Qt::Horizontal, editor));
    auto *content = new QWidget;
    auto *fields = new QVBoxLayout(content);
    fields->setContentsMargins(widgets::space::page, widgets::space::page, widgets::space::page,
                               widgets::space::page);
    fields->setSpacing(widgets::space::control);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(scroll, 1);
    column->addWidget(widgets::makeLine(Qt::Horizontal, editor));
    addFoot(column, parts);
    return {.fields = fields, .close = close};
}

QSpinBox *makeNumber(const QString &id, int least, int most, const QString &unit)
{
    auto *box = new QSpinBox;
    box->setObjectName(id);
    box->setRange(least, most);
    box->setSuffix(unit.isEmpty() ? unit : u' ' + unit);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setFrame(false); // the field inside has one
    return box;
}

} // namespace nest::console
