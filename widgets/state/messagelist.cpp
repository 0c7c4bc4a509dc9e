// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/messagelist.h"

#include "widgets/state/toast.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize panelSize{560, 460};
constexpr int edge = 20;
constexpr int iconPlace = 24;

class MessageRow final : public QWidget
{
public:
    explicit MessageRow(const ToastArea::Said &said) : m_tone(said.text.tone)
    {
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(edge + iconPlace, space::control, edge, space::control);
        row->setSpacing(space::panel);
        auto *words = new QVBoxLayout;
        words->setSpacing(2);
        words->addWidget(text(said.text.sentence, TextStyle::BodyMedium, Ink::Primary));
        if (!said.text.detail.isEmpty()) {
            words->addWidget(text(said.text.detail, TextStyle::Body, Ink::Secondary));
        }
        row->addLayout(words, 1);
        if (said.act) {
            m_act = new QPushButton(said.text.action);
            m_act->setObjectName("messageAction"_L1);
            setButtonKind(m_act, ButtonKind::Normal);
            setSmall(m_act);
            row->addWidget(m_act, 0, Qt::AlignTop);
        }
        row->addWidget(new Label(said.at.toString(u"HH:mm:ss"_s), TextStyle::Caption, Ink::Dim), 0,
                       Qt::AlignTop);
    }

    /// Null: the message leads nowhere.
    [[nodiscard]] QPushButton *action() const { return m_act; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        paintIcon(painter, QRect(edge, space::control, 14, 16), toneIcon(m_tone), 14,
                  theme.tone(m_tone).text);
        painter.fillRect(QRect(edge, height() - 1, width() - 2 * edge, 1), theme.border.subtle);
    }

private:
    static Label *text(const QString &words, TextStyle style, Ink ink)
    {
        auto *label = new Label(words, style, ink);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        return label;
    }

    Tone m_tone;
    QPushButton *m_act = nullptr;
};

} // namespace

MessageList::MessageList(const ToastArea &toasts, QWidget *window)
    : ModalLayer(window), m_toasts(toasts), m_rows(new QVBoxLayout)
{
    setObjectName("messageList"_L1);
    setAccessibleName(tr("Last messages"));
    setPanelSize(panelSize);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(edge, space::panel, space::page, space::panel);
    head->addWidget(new Label(tr("Last messages"), TextStyle::Title));
    head->addStretch();
    auto *close = new QToolButton;
    close->setObjectName("close"_L1);
    close->setIcon(themedIcon(u"close"_s));
    close->setAccessibleName(tr("Close"));
    close->setToolTip(tr("Close") + u"  Esc"_s);
    connect(close, &QToolButton::clicked, this, &ModalLayer::finish);
    head->addWidget(close);
    auto *content = new QWidget;
    content->setLayout(m_rows);
    m_rows->setContentsMargins({});
    m_rows->setSpacing(0);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *column = new QVBoxLayout(panel());
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(makeLine(Qt::Horizontal));
    column->addWidget(scroll, 1);
    connect(&toasts, &ToastArea::saidChanged, this, &MessageList::fill);
    fill();
}

void MessageList::fill()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto &said = m_toasts.said();
    for (auto each = said.crbegin(); each != said.crend(); ++each) {
        auto *row = new MessageRow(*each);
        m_rows->addWidget(row);
        if (row->action() != nullptr) {
            connect(row->action(), &QPushButton::clicked, this, [this, act = each->act] {
                finish();
                act();
            });
        }
    }
    if (said.isEmpty()) {
        auto *none = new Label(tr("Nothing was said yet. What is done, and what fails, is kept here."),
                               TextStyle::Body, Ink::Secondary);
        none->setContentsMargins(edge, space::page, edge, 0);
        none->setWordWrap(true);
        m_rows->addWidget(none);
    }
    m_rows->addStretch();
}

} // namespace nest::widgets
