// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/toast.h"

#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

#include <algorithm>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {

constexpr int toastWidth = 360;
constexpr int line = 2;
constexpr int iconPlace = 34;

QString iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Bad:
        return u"reject"_s;
    case Tone::Warn:
        return u"alert"_s;
    case Tone::Ok:
        return u"check"_s;
    default:
        return u"info"_s;
    }
}

} // namespace

Toast::Toast(const ToastText &text, QWidget *parent) : QWidget(parent), m_text(text), m_running(this)
{
    auto *sentence = new Label(text.sentence, TextStyle::BodyMedium);
    sentence->setObjectName("toastSentence"_L1);
    sentence->setWordWrap(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(sentence);
    if (!text.detail.isEmpty()) {
        auto *detail = new Label(text.detail, TextStyle::Body, Ink::Secondary);
        detail->setWordWrap(true);
        words->addWidget(detail);
    }
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(iconPlace, space::panel, space::control, space::panel + line);
    row->setSpacing(space::control);
    row->addLayout(words, 1);
    if (!text.action.isEmpty()) {
        auto *action = new QPushButton(text.action, this);
        action->setObjectName("toastAction"_L1);
        action->setToolTip(u"Ctrl+Z"_s);
        setButtonKind(action, ButtonKind::Link);
        setSmall(action);
        row->addWidget(action, 0, Qt::AlignTop);
        connect(action, &QPushButton::clicked, this, &Toast::activate);
    }
    auto *close = new QToolButton(this);
    close->setObjectName("toastClose"_L1);
    close->setIcon(themedIcon(u"close"_s));
    close->setAccessibleName(tr("Close"));
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &Toast::closed);
    setFixedWidth(toastWidth);
    setAccessibleName(text.sentence);
    setAccessibleDescription(text.detail);

    m_running.setStartValue(1.0);
    m_running.setEndValue(0.0);
    m_running.setDuration(static_cast<int>(text.time.count()));
    connect(&m_running, &QVariantAnimation::valueChanged, this,
            [this] { update(0, height() - line - 1, toastWidth, line + 1); });
    connect(&m_running, &QVariantAnimation::finished, this, &Toast::closed);
    if (text.tone != Tone::Bad) {
        m_running.start();
    }
}

void Toast::activate()
{
    m_running.stop();
    Q_EMIT activated();
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = themeOf(this);
    paintBox(painter, rect(), theme.size.radiusPanel, theme.surface.tooltip,
             m_text.tone == Tone::Bad ? theme.bad.border : theme.border.strong);
    paintIcon(painter, QRect(space::panel, space::panel, 14, 16), iconOf(m_text.tone), 14,
              theme.tone(m_text.tone).text);
    if (isRunning()) {
        const double part = m_running.currentValue().toDouble();
        painter.fillRect(QRectF(1, height() - line - 1, (toastWidth - 2) * part, line), theme.accent.fill);
    }
}

ToastArea::ToastArea(QWidget *window)
    : QWidget(window), m_undo(new QShortcut(QKeySequence(QKeySequence::Undo), window))
{
    m_undo->setEnabled(false); // a text field's own undo goes first as long as it has the focus
    connect(m_undo, &QShortcut::activated, this, &ToastArea::activateNewest);
    window->installEventFilter(this);
    setAccessibleName(tr("Messages"));
    hide();
}

Toast *ToastArea::show(const ToastText &text, std::function<void()> act)
{
    if (m_toasts.size() == mostShown) {
        const auto leaving = std::ranges::find_if(
            m_toasts, [](const Toast *toast) { return toast->text().tone != Tone::Bad; });
        Toast *gone = leaving != m_toasts.end() ? *leaving : m_toasts.first();
        Q_EMIT dropped(gone->text().sentence);
        remove(gone);
    }
    auto *toast = new Toast(text, this);
    m_toasts.append(toast);
    connect(toast, &Toast::closed, this, [this, toast] { remove(toast); });
    connect(toast, &Toast::activated, this, [this, toast, act = std::move(act)] {
        remove(toast);
        if (act) {
            act();
        }
    });
    toast->show();
    place();
    return toast;
}

void ToastArea::setFoot(int pixels)
{
    m_foot = pixels;
    place();
}

bool ToastArea::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && (event->type() == QEvent::Resize || event->type() == QEvent::ChildAdded)) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

void ToastArea::remove(Toast *toast)
{
    if (m_toasts.removeOne(toast)) {
        toast->hide();
        toast->deleteLater();
        place();
    }
}

bool ToastArea::activateNewest()
{
    for (auto at = m_toasts.rbegin(); at != m_toasts.rend(); ++at) {
        if (!(*at)->text().action.isEmpty()) {
            (*at)->activate();
            return true;
        }
    }
    return false;
}

void ToastArea::place()
{
    m_undo->setEnabled(
        std::ranges::any_of(m_toasts, [](const Toast *toast) { return !toast->text().action.isEmpty(); }));
    if (m_toasts.isEmpty()) {
        hide();
        return;
    }
    int height = 0;
    for (Toast *toast : m_toasts) {
        toast->resize(toastWidth, toast->heightForWidth(toastWidth) > 0 ? toast->heightForWidth(toastWidth)
                                                                        : toast->sizeHint().height());
        toast->move(0, height);
        height += toast->height() + space::control;
    }
    height -= space::control;
    const QRect window = parentWidget()->rect();
    setGeometry(window.right() - toastWidth - space::page + 1,
                window.bottom() - m_foot - height - space::page + 1, toastWidth, height);
    QWidget::show();
    raise();
}

} // namespace nest::widgets
