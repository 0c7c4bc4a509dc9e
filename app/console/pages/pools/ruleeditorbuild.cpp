// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of RuleEditor that lays out its fields.
#include "app/console/pages/pools/editorframe.h"
#include "app/console/pages/pools/ruleeditor.h"
#include "app/console/pages/pools/ruleform.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr auto previewAfter = std::chrono::milliseconds(300);

} // namespace

RuleEditor::RuleEditor(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
                       QWidget *parent)
    : QWidget(parent)
    , m_writing{session, guard, toasts}
    , m_title(new Label({}, TextStyle::Strong))
    , m_of(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_form(new RuleForm(RuleForm::Of::Deployment))
    , m_note(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_cost(new Label({}, TextStyle::Caption, Ink::Secondary))
    , m_discard(new QPushButton(tr("Discard")))
    , m_review(new QPushButton(tr("Review change…")))
    , m_remove(new QPushButton(tr("Remove rule…")))
{
    build();
    connectParts();
}

void RuleEditor::connectParts()
{
    connect(m_form, &RuleForm::typed, this, &RuleEditor::typed);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        const bool wasChanged = isChanged();
        m_said.clear();
        m_refused.clear();
        m_form->setFields(m_base);
        typed();
        if (m_rule.isEmpty() || m_isGone || !wasChanged) {
            Q_EMIT closeRequested();
        }
    });
    connect(m_review, &QPushButton::clicked, this, &RuleEditor::review);
    connect(m_remove, &QPushButton::clicked, this, &RuleEditor::askRemove);
    m_asks.setSingleShot(true);
    m_asks.setInterval(previewAfter);
    connect(&m_asks, &QTimer::timeout, this, &RuleEditor::askPreview);
}

void RuleEditor::build()
{
    const auto [fields, close] = frameEditor(this, {.thing = u"Rule"_s,
                                                    .title = m_title,
                                                    .note = m_note,
                                                    .cost = m_cost,
                                                    .discard = m_discard,
                                                    .review = m_review});
    connect(close, &QPushButton::clicked, this, &RuleEditor::closeRequested);
    m_of->setWordWrap(true);
    m_of->setObjectName("ruleOf"_L1);
    fields->addWidget(m_of);
    fields->addWidget(m_form);
    m_remove->setObjectName("removeRule"_L1);
    widgets::setButtonKind(m_remove, widgets::ButtonKind::Ghost);
    fields->addWidget(m_remove, 0, Qt::AlignLeft);
    fields->addStretch();
}

} // namespace nest::console
