// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/guard/guarddialog.h"

#include "models/guard.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int dialogWidth = 520;
constexpr int plainHeight = 140; // head, buttons
constexpr int side = 20;
constexpr int scrollWidth = 12;        // of the bar, when it is needed
constexpr int effectHeight = 20;       // at least
constexpr int mostEffectsHeight = 216; // more is scrolled
constexpr int fieldHeight = 62;        // of each field with its label
constexpr int longestReason = 500;     // the platform's limit
} // namespace

GuardDialog::GuardDialog(const models::Guard &guard, GuardQuestion question, QWidget *window)
    : ModalLayer(window)
    , m_guard(guard)
    , m_question(std::move(question))
    , m_reason(new QLineEdit(m_question.reason.value_or(QString()), this))
    , m_name(new QLineEdit(this))
    , m_missing(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_confirm(new QPushButton(m_question.button))
{
    setObjectName("guardDialog"_L1);
    setAccessibleName(m_question.title);
    build();
    connect(&guard, &models::Guard::changed, this, &GuardDialog::showMissing);
    connect(m_reason, &QLineEdit::textChanged, this, &GuardDialog::showMissing);
    connect(m_name, &QLineEdit::textChanged, this, &GuardDialog::showMissing);
    connect(m_cancel, &QPushButton::clicked, this, &ModalLayer::finish);
    connect(m_confirm, &QPushButton::clicked, this, &GuardDialog::accept);
    showMissing();
}

void GuardDialog::build()
{
    auto *column = new QVBoxLayout(panel());
    column->setContentsMargins(side, widgets::space::page, side, widgets::space::page);
    column->setSpacing(widgets::space::control);
    auto *head = new QHBoxLayout;
    head->setSpacing(widgets::space::control);
    head->addWidget(new Label(m_question.title, TextStyle::Title));
    auto *pill = new widgets::CellWidget(panel());
    pill->setCell(widgets::PillCell{.text = m_guard.needsName() ? tr("Production") : tr("Staging"),
                                    .icon = m_guard.needsName() ? u"lock"_s : u"info"_s,
                                    .tone = m_guard.needsName() ? widgets::Tone::Bad : widgets::Tone::Warn});
    pill->setVisible(m_guard.needsReason()); // an open connection is asked for a review alone
    head->addWidget(pill);
    head->addStretch();
    column->addLayout(head);
    auto *effects = new Label(m_question.effects.join(u'\n'), TextStyle::Body, Ink::Secondary);
    effects->setObjectName("guardEffects"_L1);
    effects->setWordWrap(true);
    effects->setTextFormat(Qt::PlainText);
    effects->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(effects);
    column->addWidget(scroll, 1);
    m_reason->hide();
    m_name->hide();
    const auto field = [column](QLineEdit *edit, const QString &id, const QString &label) {
        column->addWidget(new Label(label, TextStyle::Body, Ink::Secondary));
        edit->setObjectName(id);
        edit->setAccessibleName(label);
        edit->show();
        column->addWidget(edit);
    };
    const int effectsHeight = effects->heightForWidth(dialogWidth - 2 * side - scrollWidth);
    int height = plainHeight + std::clamp(effectsHeight, effectHeight, mostEffectsHeight);
    m_reason->setMaxLength(longestReason);
    if (m_question.reason) {
        field(m_reason, u"guardReason"_s,
              m_guard.needsReason() ? tr("Reason, kept with the change (required)")
                                    : tr("Reason, kept with the change"));
        height += fieldHeight;
    }
    if (m_guard.needsName() && !m_question.name.isEmpty()) {
        field(m_name, u"guardName"_s, tr("Type %1 to confirm").arg(m_question.name));
        m_name->setFont(widgets::themeOf(this).font(TextStyle::Code));
        height += fieldHeight;
    }
    auto *foot = new QHBoxLayout;
    foot->setSpacing(widgets::space::control);
    m_missing->setObjectName("guardMissing"_L1);
    m_missing->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    foot->addWidget(m_missing, 1);
    m_cancel->setObjectName("guardCancel"_L1);
    m_confirm->setObjectName("guardConfirm"_L1);
    widgets::setButtonKind(m_confirm, m_question.isDestroying ? widgets::ButtonKind::Danger
                                                              : widgets::ButtonKind::Primary);
    foot->addWidget(m_cancel);
    foot->addWidget(m_confirm);
    column->addLayout(foot);
    setPanelSize({dialogWidth, height});
}

QString GuardDialog::missing() const
{
    if (m_guard.isLocked()) {
        return m_guard.lockedSentence();
    }
    if (m_question.reason && m_guard.needsReason() && m_reason->text().trimmed().isEmpty()) {
        return tr("Give a reason.");
    }
    if (m_guard.needsName() && m_name->text() != m_question.name) {
        return tr("Type the name to confirm.");
    }
    return {};
}

void GuardDialog::focusMissing()
{
    for (QLineEdit *edit : {m_reason, m_name}) {
        if (!edit->isHidden() && edit->text().isEmpty()) {
            edit->setFocus();
            return;
        }
    }
}

void GuardDialog::showMissing()
{
    const QString missing = this->missing();
    m_missing->setText(missing);
    m_missing->setToolTip(missing);
    m_confirm->setEnabled(missing.isEmpty());
}

void GuardDialog::accept()
{
    if (isHidden() || !missing().isEmpty()) {
        return;
    }
    const QString reason = m_reason->text().trimmed();
    finish(); // first, so that the page has its focus back
    Q_EMIT confirmed(reason);
}

void askGuard(const models::Guard &guard, QWidget *page, GuardQuestion question,
              std::function<void(const QString &reason)> then)
{
    if (guard.level() == models::Guard::Level::Open && !question.isReview) {
        then(question.reason.value_or(QString()).trimmed());
        return;
    }
    auto *dialog = new GuardDialog(guard, std::move(question), page->window());
    QObject::connect(dialog, &GuardDialog::confirmed, page, std::move(then));
    dialog->open();
    dialog->focusMissing();
}

} // namespace nest::console
