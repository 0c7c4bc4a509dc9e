// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/modallayer.h"

#include "widgets/theme/stylepaint.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>

namespace nest::widgets {

namespace {

constexpr float scrimOpacity = 0.62F;
constexpr int margin = 16;

class Panel final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeOf(this);
        paintBox(painter, rect(), theme.size.radiusPanel, theme.surface.page, theme.border.strong);
    }
};

} // namespace

ModalLayer::ModalLayer(QWidget *window) : QWidget(window), m_panel(new Panel(this))
{
    setFocusPolicy(Qt::StrongFocus);
    window->installEventFilter(this);
    hide();
}

void ModalLayer::open()
{
    m_focusBefore = QApplication::focusWidget();
    place();
    show();
    raise();
    if (!focusNextPrevChild(true)) {
        setFocus();
    }
}

void ModalLayer::finish()
{
    if (isHidden()) {
        return;
    }
    hide();
    if (m_focusBefore) {
        m_focusBefore->setFocus();
    }
    Q_EMIT finished();
    deleteLater();
}

void ModalLayer::setPanelSize(const QSize &size)
{
    m_panelSize = size;
    place();
}

bool ModalLayer::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: // the window's shortcuts are off; the key comes back as a key press
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::Wheel:
    case QEvent::ContextMenu:
        event->accept();
        return true;
    default:
        return QWidget::event(event);
    }
}

bool ModalLayer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

/// Within the layer, round and round.
bool ModalLayer::focusNextPrevChild(bool isNext)
{
    QWidget *from = QApplication::focusWidget();
    if (from == nullptr || !isAncestorOf(from)) {
        from = this;
    }
    for (QWidget *at = isNext ? from->nextInFocusChain() : from->previousInFocusChain(); at != from;
         at = isNext ? at->nextInFocusChain() : at->previousInFocusChain()) {
        if (isAncestorOf(at) && at->isVisible() && at->isEnabled() &&
            (at->focusPolicy() & Qt::TabFocus) != 0) {
            at->setFocus(isNext ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
    }
    return false;
}

void ModalLayer::keyPressEvent(QKeyEvent *event)
{
    event->accept();
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        escape();
    } else if (isEnter && (event->modifiers() & Qt::ControlModifier) != 0) {
        accept();
    } else {
        otherKey(event);
    }
}

void ModalLayer::paintEvent(QPaintEvent *)
{
    QColor scrim = themeOf(this).surface.window;
    scrim.setAlphaF(scrimOpacity);
    QPainter(this).fillRect(rect(), scrim);
}

void ModalLayer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void ModalLayer::place()
{
    setGeometry(parentWidget()->rect());
    const QSize size = m_panelSize.boundedTo(this->size() - QSize(2 * margin, 2 * margin));
    QRect box({}, size);
    box.moveCenter(rect().center());
    m_panel->setGeometry(box);
}

} // namespace nest::widgets
