// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/lockchip.h"

#include "models/guard.h"
#include "widgets/state/modallayer.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr QSize dialogSize{440, 190};

/// Asks why the connection is unlocked; Enter unlocks.
class UnlockDialog final : public widgets::ModalLayer
{
public:
    UnlockDialog(models::Guard &guard, QWidget *window)
        : ModalLayer(window), m_guard(guard), m_reason(new QLineEdit)
    {
        setObjectName("unlockDialog"_L1);
        setPanelSize(dialogSize);
        auto *column = new QVBoxLayout(panel());
        column->setContentsMargins(20, 20, 20, 16);
        column->setSpacing(widgets::space::panel);
        column->addWidget(new Label(LockChip::tr("Unlock for 15 min"), TextStyle::Title));
        auto *what = new Label(LockChip::tr("Changes are possible until it locks itself again. Say why."),
                               TextStyle::Body, Ink::Secondary);
        what->setWordWrap(true);
        column->addWidget(what);
        m_reason->setObjectName("unlockReason"_L1);
        m_reason->setAccessibleName(LockChip::tr("Reason"));
        m_reason->setPlaceholderText(LockChip::tr("Reason (required)"));
        column->addWidget(m_reason);
        auto *buttons = new QHBoxLayout;
        buttons->addStretch();
        auto *cancel = new QPushButton(LockChip::tr("Cancel"));
        connect(cancel, &QPushButton::clicked, this, &UnlockDialog::finish);
        buttons->addWidget(cancel);
        auto *unlock = new QPushButton(LockChip::tr("Unlock"));
        unlock->setObjectName("unlock"_L1);
        unlock->setEnabled(false);
        widgets::setButtonKind(unlock, widgets::ButtonKind::DangerOutline);
        buttons->addWidget(unlock);
        column->addLayout(buttons);
        connect(m_reason, &QLineEdit::textChanged, unlock,
                [unlock](const QString &text) { unlock->setEnabled(!text.trimmed().isEmpty()); });
        connect(m_reason, &QLineEdit::returnPressed, this, [this] { accept(); });
        connect(unlock, &QPushButton::clicked, this, [this] { accept(); });
    }

protected:
    void accept() override
    {
        if (m_guard.unlock(m_reason->text())) {
            finish();
        }
    }

private:
    models::Guard &m_guard;
    QLineEdit *m_reason;
};
} // namespace

LockChip::LockChip(models::Guard &guard, QWidget *window)
    : QPushButton(window), m_guard(guard), m_window(window)
{
    setObjectName("lock"_L1);
    connect(&guard, &models::Guard::changed, this, &LockChip::show);
    connect(&guard, &models::Guard::timeLeftChanged, this, &LockChip::show);
    connect(this, &QPushButton::clicked, this, &LockChip::press);
    show();
}

void LockChip::press()
{
    if (m_guard.isUnlocked()) {
        m_guard.lock();
    } else if (m_guard.isLocked()) {
        (new UnlockDialog(m_guard, m_window))->open();
    }
}

void LockChip::show()
{
    setVisible(m_guard.isLocked() || m_guard.isUnlocked());
    setIcon(widgets::themedIcon(m_guard.isUnlocked() ? u"unlock"_s : u"lock"_s));
    setText(m_guard.isLocked() ? tr("%1 · Unlock for 15 min").arg(m_guard.chipText()) : m_guard.chipText());
    setToolTip(m_guard.isUnlocked() ? tr("Lock now. Unlocked because: %1").arg(m_guard.reason())
                                    : m_guard.lockedSentence());
    widgets::setButtonKind(this, m_guard.isUnlocked() ? widgets::ButtonKind::DangerOutline
                                                      : widgets::ButtonKind::Normal);
}

} // namespace nest::console
