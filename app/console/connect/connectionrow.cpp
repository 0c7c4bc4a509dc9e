// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/connect/connectionrow.h"

#include "app/console/sessionstatus.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int rowHeight = 52;
constexpr int nameWidth = 300;
constexpr int addressLetters = 44;
} // namespace

/// Icon and words on the tint of their tone.
class ConnectionRow::Pill final : public QWidget
{
public:
    explicit Pill(QWidget *parent) : QWidget(parent)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void set(const QString &text, widgets::Tone tone, const QString &icon)
    {
        m_text = text;
        m_tone = tone;
        m_icon = icon;
        setVisible(!text.isEmpty());
        setAccessibleName(text);
        const widgets::Theme &theme = widgets::themeOf(this);
        setFixedSize(QFontMetrics(theme.font(TextStyle::Body)).horizontalAdvance(text) + 32, 20);
        update();
    }
    [[nodiscard]] const QString &text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        const widgets::ToneColors &colors = theme.tone(m_tone);
        widgets::paintBox(painter, rect(), theme.size.radiusPill, colors.fill, {});
        widgets::paintIcon(painter, QRect(6, 0, 14, height()), m_icon, 12, colors.text);
        painter.setFont(theme.font(TextStyle::Body));
        painter.setPen(colors.text);
        painter.drawText(rect().adjusted(24, 0, 0, 0), Qt::AlignVCenter, m_text);
    }

private:
    QString m_text, m_icon;
    widgets::Tone m_tone = widgets::Tone::Neutral;
};

ConnectionRow::ConnectionRow(const models::SavedConnection &connection, int number, QWidget *parent)
    : QWidget(parent)
    , m_connection(connection)
    , m_state(new Pill(this))
    , m_note(new Label({}, TextStyle::Body, Ink::Dim, this))
    , m_open(new QPushButton(tr("Connect"), this))
    , m_more(new QPushButton(this))
{
    setObjectName("connection."_L1 + connection.name);
    setFixedHeight(rowHeight);
    setAccessibleName(tr("Connection %1, %2").arg(connection.name, connection.environment));
    auto *names = new QVBoxLayout;
    names->setSpacing(0);
    names->setContentsMargins({});
    names->addStretch();
    names->addWidget(new Label(connection.name, TextStyle::BodyMedium, Ink::Primary, this));
    QString address = connection.address;
    if (address.size() > addressLetters) {
        address = address.left(addressLetters - 1) + u'…';
    }
    auto *where = new Label(address, TextStyle::Caption, Ink::Dim, this);
    where->setToolTip(connection.address);
    names->addWidget(where);
    names->addStretch();
    auto *box = new QWidget(this);
    box->setLayout(names);
    box->setFixedWidth(nameWidth);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(28, 0, widgets::space::panel, 0);
    row->setSpacing(widgets::space::panel);
    row->addWidget(box);
    row->addWidget(m_state);
    row->addWidget(m_note);
    row->addStretch();
    m_note->setObjectName("note"_L1);
    m_open->setObjectName("open"_L1);
    if (number <= 9) {
        m_open->setToolTip(u"Ctrl+%1"_s.arg(number));
    }
    m_open->setAccessibleName(tr("Connect to %1").arg(connection.name));
    m_more->setObjectName("more"_L1);
    m_more->setIcon(widgets::themedIcon(u"more"_s));
    m_more->setAccessibleName(tr("More for %1").arg(connection.name));
    widgets::setButtonKind(m_more, widgets::ButtonKind::Ghost);
    row->addWidget(m_open);
    row->addWidget(m_more);
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(id()); });
    connect(m_more, &QPushButton::clicked, this, &ConnectionRow::openMenu);
}

void ConnectionRow::setState(const ConnectionState &state)
{
    m_state->set(state.text, state.tone, state.icon);
    m_note->setText(state.note);
    m_note->setToolTip(state.note);
}

void ConnectionRow::openMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    // Queued: both end in this row being made anew, which must not happen inside its own menu.
    connect(
        menu->addAction(widgets::themedIcon(u"settings"_s), tr("Edit…")), &QAction::triggered, this,
        [this] { Q_EMIT editRequested(id()); }, Qt::QueuedConnection);
    connect(
        menu->addAction(widgets::themedIcon(u"close"_s), tr("Remove")), &QAction::triggered, this,
        [this] { Q_EMIT removeRequested(id()); }, Qt::QueuedConnection);
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2)));
}

void ConnectionRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Theme &theme = widgets::themeOf(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.environmentColor(environmentOf(m_connection.environment)));
    painter.drawRoundedRect(QRectF(14, 10, 4, height() - 20), 2, 2);
}

} // namespace nest::console
