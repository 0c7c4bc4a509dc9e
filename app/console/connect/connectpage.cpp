// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/connect/connectpage.h"

#include "app/console/connect/connectionform.h"
#include "app/console/connect/localpanel.h"
#include "app/console/sessionstatus.h"
#include "models/connections/savedconnections.h"
#include "models/connections/tokenstore.h"
#include "widgets/state/toast.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int edge = 56;
constexpr int widest = 920;
} // namespace

/// The box around the rows, with a line between two.
class ConnectPage::Rows final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const widgets::Theme &theme = widgets::themeOf(this);
        widgets::paintBox(painter, rect(), theme.size.radiusPanel, theme.surface.panel, theme.border.subtle);
        for (const QObject *child : children()) {
            const auto *row = qobject_cast<const ConnectionRow *>(child);
            if (row != nullptr && row->y() > 2) {
                painter.fillRect(QRect(1, row->y(), width() - 2, 1), theme.border.subtle);
            }
        }
    }
};

ConnectPage::ConnectPage(models::Session &local, models::SavedConnections &saved, models::TokenStore &tokens,
                         QWidget *parent)
    : QWidget(parent)
    , m_saved(saved)
    , m_tokens(tokens)
    , m_toasts(new widgets::ToastArea(parent != nullptr ? parent : this)) // seen also beside what was opened
    , m_local(new LocalPanel(local))
    , m_form(new ConnectionForm(saved))
    , m_back(new QPushButton)
    , m_rows(new Rows)
    , m_list(new QVBoxLayout(m_rows))
    , m_none(new Label(tr("No connection yet. Add one below, or open the local platform."), TextStyle::Body,
                       Ink::Dim))
{
    setObjectName("connectPage"_L1);
    setWindowTitle(tr("Connect · Nest Console"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, widgets::themeOf(this).size.environmentStrip, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_local);
    row->addWidget(makeRight(), 1);
    m_none->setObjectName("noConnections"_L1);
    m_rows->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_list->setContentsMargins(1, 1, 1, 1);
    m_list->setSpacing(0);
    connect(m_local, &LocalPanel::openRequested, this, &ConnectPage::localRequested);
    connect(m_form, &ConnectionForm::saveRequested, this, &ConnectPage::save);
    connect(&saved, &models::SavedConnections::changed, this, &ConnectPage::fill);
    setBack({});
    fill();
    for (const QString &id : saved.forgotten()) { // the console ended before it was done
        forgetToken(id);
    }
}

QWidget *ConnectPage::makeRight()
{
    auto *content = new QWidget;
    content->setMaximumWidth(widest + 2 * edge);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(edge, 64, edge, edge / 2);
    column->setSpacing(widgets::space::control);
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(tr("Connections"), TextStyle::Strong));
    head->addStretch();
    m_back->setObjectName("back"_L1);
    widgets::setButtonKind(m_back, widgets::ButtonKind::Link);
    connect(m_back, &QPushButton::clicked, this, &ConnectPage::backRequested);
    head->addWidget(m_back);
    column->addLayout(head);
    column->addWidget(m_rows);
    column->addWidget(m_none);
    column->addSpacing(edge / 2);
    column->addWidget(m_form);
    column->addStretch();
    column->addWidget(makeFoot());
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    return scroll;
}

QWidget *ConnectPage::makeFoot()
{
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins({});
    row->addStretch();
    const auto add = [&](const QString &text, const QString &name, auto &&act) {
        auto *button = new QPushButton(text, foot);
        button->setObjectName(name);
        widgets::setButtonKind(button, widgets::ButtonKind::Link);
        connect(button, &QPushButton::clicked, this, act, Qt::QueuedConnection);
        row->addWidget(button);
    };
    add(u"English"_s, u"english"_s, [this] { Q_EMIT languageRequested(u"en"_s); });
    add(u"简体中文"_s, u"chinese"_s, [this] { Q_EMIT languageRequested(u"zh_CN"_s); });
    add(tr("Light or dark"), u"theme"_s, [this] { Q_EMIT themeRequested(); });
    return foot;
}

void ConnectPage::raiseMessages()
{
    m_toasts->raise();
}

void ConnectPage::fill()
{
    qDeleteAll(m_rowOf);
    m_rowOf.clear();
    int number = 1; // the first is the local platform
    for (const models::SavedConnection &each : m_saved.list()) {
        auto *row = new ConnectionRow(each, ++number, m_rows);
        row->setState(m_states.value(each.id));
        connect(row, &ConnectionRow::openRequested, this, &ConnectPage::openRequested);
        connect(row, &ConnectionRow::editRequested, this, &ConnectPage::edit);
        connect(row, &ConnectionRow::removeRequested, this, &ConnectPage::remove);
        m_list->addWidget(row);
        m_rowOf.insert(each.id, row);
    }
    m_rows->setVisible(!m_rowOf.isEmpty());
    m_none->setVisible(m_rowOf.isEmpty());
}

void ConnectPage::setState(const QString &id, const ConnectionState &state)
{
    if (m_states.value(id) == state) {
        return;
    }
    m_states.insert(id, state);
    if (ConnectionRow *row = m_rowOf.value(id)) {
        row->setState(state);
    }
}

void ConnectPage::edit(const QString &id)
{
    if (const models::SavedConnection *found = m_saved.find(id)) {
        m_form->edit(*found);
    }
}

void ConnectPage::startNew()
{
    m_form->clear();
    m_form->focusFirst();
}

void ConnectPage::setBack(const QString &name)
{
    m_back->setText(tr("Back to %1").arg(name));
    m_back->setToolTip(tr("Back to %1").arg(name) + u"  Esc"_s);
    m_back->setVisible(!name.isEmpty());
}

void ConnectPage::focusFirst()
{
    m_local->focusOpen();
}

/// The list first, then the token: one that the keyring does not take is kept for this run, and that is said.
void ConnectPage::save(const models::SavedConnection &connection, const std::optional<QString> &token,
                       bool opens)
{
    const bool isNew = connection.id.isEmpty();
    const auto id = m_saved.save(connection);
    if (!id) {
        m_form->say(QString::fromStdString(id.error().detail));
        return;
    }
    m_form->clear();
    if (!token) {
        saved(*id, opens);
        return;
    }
    if (token->isEmpty()) {
        if (!isNew) {
            m_tokens.remove(*id, this, [] {});
        }
        saved(*id, opens);
        return;
    }
    m_tokens.write(
        *id, *token, this, [this, id = *id, opens](models::TokenStore::Kept kept, const QString &whyNot) {
            m_form->setHasKeyring(kept == models::TokenStore::Kept::Keyring);
            if (kept == models::TokenStore::Kept::Memory) {
                m_toasts->show(
                    {.tone = widgets::Tone::Warn,
                     .sentence = tr("The token is kept until the console ends"),
                     .detail = tr("No keyring runs here, such as GNOME Keyring or KWallet (%1).").arg(whyNot),
                     .time = std::chrono::seconds(20)});
            }
            saved(id, opens);
        });
}

void ConnectPage::saved(const QString &id, bool opens)
{
    Q_EMIT connectionChanged(id);
    if (opens) {
        Q_EMIT openRequested(id);
    }
}

void ConnectPage::remove(const QString &id)
{
    const models::SavedConnection *found = m_saved.find(id);
    if (found == nullptr) {
        return;
    }
    const models::SavedConnection removed = *found;
    if (m_form->editedId() == id) {
        m_form->clear();
    }
    const qsizetype at = m_saved.remove(id);
    Q_EMIT connectionRemoved(id);
    const auto *toast = m_toasts->show({.tone = widgets::Tone::Info,
                                        .sentence = tr("%1 is removed").arg(removed.name),
                                        .action = tr("Undo")},
                                       [this, at, removed] { m_saved.insert(at, removed); });
    connect(toast, &QObject::destroyed, this, [this, id] {
        if (m_saved.find(id) == nullptr) {
            forgetToken(id);
        }
    });
}

void ConnectPage::forgetToken(const QString &id)
{
    m_tokens.remove(id, this, [this, id] { m_saved.tokenForgotten(id); });
}

void ConnectPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_back->isHidden()) {
        Q_EMIT backRequested();
        return;
    }
    QWidget::keyPressEvent(event);
}

void ConnectPage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const widgets::Theme &theme = widgets::themeOf(this);
    painter.fillRect(rect(), theme.surface.page);
    painter.fillRect(QRect(0, 0, width(), theme.size.environmentStrip), theme.border.control);
}

} // namespace nest::console
