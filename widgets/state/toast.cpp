// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/state/toast.h"

#include "widgets/state/toastplace.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/stylepaint.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
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
constexpr std::chrono::milliseconds lookEvery{300};
constexpr int iconPlace = 34;

} // namespace

QString toneIcon(Tone tone)
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

Toast::Toast(const ToastText &text, QWidget *parent)
    : QWidget(parent)
    , m_text(text)
    , m_sentence(new Label(text.sentence, TextStyle::BodyMedium, Ink::Primary, this))
    , m_running(this)
{
    auto *sentence = m_sentence;
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
        action->setToolTip(text.isUndo ? u"Ctrl+Z"_s : QString());
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
    m_running.setDuration(static_cast<int>(text.shownFor().count()));
    connect(&m_running, &QVariantAnimation::valueChanged, this,
            [this] { update(0, height() - line - 1, toastWidth, line + 1); });
    connect(&m_running, &QVariantAnimation::finished, this, &Toast::closed);
    for (QAbstractButton *button : findChildren<QAbstractButton *>()) {
        button->installEventFilter(this);
    }
    m_running.start();
}

/// Whoever reads it or is about to press a button is not hurried.
void Toast::holdTime(bool isHeld)
{
    if (isHeld) {
        m_running.pause();
    } else if (m_running.state() == QAbstractAnimation::Paused) {
        m_running.resume();
    }
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        holdTime(event->type() == QEvent::FocusIn || underMouse());
    }
    return QWidget::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent *)
{
    holdTime(true);
}

void Toast::leaveEvent(QEvent *)
{
    const QWidget *focus = focusWidget();
    holdTime(focus != nullptr && focus->hasFocus());
}

void Toast::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
    } else {
        QWidget::keyPressEvent(event);
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
    // Beside the first line of the sentence.
    const int oneLine = m_sentence->fontMetrics().height();
    const int lineHeight = m_sentence->height() < 2 * oneLine ? m_sentence->height() : oneLine;
    paintIcon(painter, QRect(space::panel, m_sentence->y(), 14, lineHeight), toneIcon(m_text.tone), 14,
              theme.tone(m_text.tone).text);
    if (m_running.state() != QAbstractAnimation::Stopped) {
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
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, &ToastArea::makeRoom);
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
    m_said.append({QDateTime::currentDateTime(), text, text.isKept ? act : std::function<void()>()});
    if (m_said.size() > mostKept) {
        m_said.removeFirst();
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
    Q_EMIT saidChanged();
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
        if (!(*at)->text().action.isEmpty() && (*at)->text().isUndo) {
            (*at)->activate();
            return true;
        }
    }
    return false;
}

bool ToastArea::closeNewest()
{
    if (m_toasts.isEmpty()) {
        return false;
    }
    remove(m_toasts.last());
    return true;
}

/// While the pointer is on them they stay where they are.
void ToastArea::makeRoom()
{
    if (!underMouse() && isInTheWay(*parentWidget(), *this, geometry())) {
        place();
    }
}

void ToastArea::place()
{
    m_undo->setEnabled(std::ranges::any_of(m_toasts, [](const Toast *toast) {
        return !toast->text().action.isEmpty() && toast->text().isUndo;
    }));
    if (m_toasts.isEmpty()) {
        m_look.stop();
        hide();
        return;
    }
    m_look.start();
    int height = 0;
    for (Toast *toast : m_toasts) {
        toast->resize(toastWidth, toast->heightForWidth(toastWidth) > 0 ? toast->heightForWidth(toastWidth)
                                                                        : toast->sizeHint().height());
        toast->move(0, height);
        height += toast->height() + space::control;
    }
    height -= space::control;
    setGeometry(freePlace(*parentWidget(), *this, {toastWidth, height}, m_foot));
    QWidget::show();
    raise();
}

} // namespace nest::widgets
