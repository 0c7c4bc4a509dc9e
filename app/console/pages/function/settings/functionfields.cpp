// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/functionfields.h"

#include "app/console/guard/guarddialog.h"
#include "app/console/look.h"
#include "models/session.h"
#include "widgets/theme/controls.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int nameWidth = 190;
constexpr int fieldWidth = 420;

/// Untouched fields follow the platform; a touched one keeps what was typed.
void follow(QLineEdit *field, const QString &before, const QString &now)
{
    if (field->text() == before) {
        field->setText(now);
        field->setCursorPosition(0);
    }
}
} // namespace

FunctionFields::FunctionFields(models::Session &session, const models::Guard &guard, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_guard(guard)
    , m_service(new QLineEdit)
    , m_description(new QLineEdit)
    , m_owner(new QLineEdit)
    , m_save(new QPushButton(tr("Save")))
    , m_note(new Label({}, TextStyle::Body, Ink::Dim))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(widgets::space::panel);
    grid->setVerticalSpacing(widgets::space::control);
    grid->setColumnMinimumWidth(0, nameWidth);
    grid->setColumnStretch(2, 1);
    const auto row = [&](const QString &name, QLineEdit *field, const QString &id) {
        const int at = grid->rowCount();
        field->setObjectName(id);
        field->setAccessibleName(name);
        field->setFixedWidth(fieldWidth);
        grid->addWidget(new Label(name, TextStyle::Body, Ink::Secondary), at, 0);
        grid->addWidget(field, at, 1, Qt::AlignLeft);
        connect(field, &QLineEdit::textChanged, this, &FunctionFields::showChange);
    };
    row(tr("Service"), m_service, u"field.service"_s);
    row(tr("Description"), m_description, u"field.description"_s);
    row(tr("Owner"), m_owner, u"field.owner"_s);
    m_save->setObjectName("saveFields"_L1);
    m_note->setObjectName("fieldsNote"_L1);
    m_note->setWordWrap(true);
    const int at = grid->rowCount();
    grid->addWidget(m_save, at, 1, Qt::AlignLeft);
    grid->addWidget(m_note, at + 1, 1, 1, 2);
    connect(m_save, &QPushButton::clicked, this, &FunctionFields::save);
    connect(&session.functions(), &models::CollectionBase::changed, this, &FunctionFields::follow);
}

void FunctionFields::setFunction(const QString &function)
{
    if (function == m_function) {
        return;
    }
    m_function = function;
    ++m_generation;
    m_isSending = false;
    m_base.reset();
    m_note->clear();
    for (QLineEdit *field : {m_service, m_description, m_owner}) {
        field->clear();
    }
    follow();
    showChange();
}

void FunctionFields::setDisabledReason(const QString &reason)
{
    m_disabled = reason;
    showChange();
}

void FunctionFields::follow()
{
    if (const auto *now = m_session.functions().find(m_function.toStdString());
        now != nullptr && !m_isSending) {
        showBase(*now);
    }
}

void FunctionFields::showBase(const wire::Function &base)
{
    wire::Function before;
    before.service.clear(); // the fields are empty before the first
    before = m_base.value_or(before);
    m_base = base;
    console::follow(m_service, toText(before.service), toText(base.service));
    console::follow(m_description, toText(before.description), toText(base.description));
    console::follow(m_owner, toText(before.owner), toText(base.owner));
    showChange();
}

bool FunctionFields::isChanged() const
{
    return m_base &&
           (m_service->text() != toText(m_base->service) ||
            m_description->text() != toText(m_base->description) || m_owner->text() != toText(m_base->owner));
}

void FunctionFields::showChange()
{
    const QString reason = !m_disabled.isEmpty() ? m_disabled
                           : m_isSending         ? tr("The change is on its way.")
                           : !isChanged()        ? tr("Nothing is changed.")
                                                 : QString();
    m_save->setEnabled(reason.isEmpty());
    m_save->setToolTip(reason);
}

void FunctionFields::save()
{
    wire::Function next = *m_base;
    next.service = m_service->text().trimmed().toStdString();
    next.description = m_description->text().trimmed().toStdString();
    next.owner = m_owner->text().trimmed().toStdString();
    askGuard(m_guard, this,
             {.title = tr("Change what is said of %1").arg(m_function),
              .effects = {tr("Its service, description or owner change. No instance is touched.")},
              .name = m_function,
              .button = tr("Save"),
              .reason = {}},
             [this, next = std::move(next), generation = m_generation](const QString &) {
                 if (generation == m_generation && !m_isSending) {
                     send(next);
                 }
             });
}

void FunctionFields::send(wire::Function next)
{
    m_isSending = true;
    m_note->clear();
    showChange();
    QCoro::connect(m_session.client().putFunction(std::move(next)), this,
                   [this, generation = m_generation](Result<wire::Function> &&answer) {
                       if (generation == m_generation) {
                           saved(std::move(answer));
                       }
                   });
}

void FunctionFields::saved(Result<wire::Function> &&answer)
{
    m_isSending = false;
    if (answer) {
        m_note->setInk(Ink::Ok);
        m_note->setText(tr("Saved."));
        m_base = *answer;
        m_service->setText(toText(answer->service));
        m_description->setText(toText(answer->description));
        m_owner->setText(toText(answer->owner));
    } else {
        QStringList lines{
            answer.error().type == "store/stale"
                ? tr("Somebody changed the function meanwhile. What you typed is still here; the "
                     "other fields are theirs. Look at them and save again.")
                : tr("It was not saved: %1").arg(toText(answer.error().detail))};
        for (const FieldError &field : answer.error().fields) {
            lines.append(toText(field.pointer) + u' ' + toText(field.detail));
        }
        m_note->setInk(Ink::Bad);
        m_note->setText(lines.join(u'\n'));
        m_session.functions().list();
    }
    follow();
    showChange();
}

} // namespace nest::console
