// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/secretsbox.h"

#include "api/wire/codec.h"
#include "app/console/guard/guarddialog.h"
#include "app/console/look.h"
#include "models/session.h"
#include "widgets/theme/controls.h"

#include <QCoroTask>

#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpression>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr int nameWidth = 260; // as the names of the environment
constexpr int valueWidth = 320;
constexpr int longestName = 64;
constexpr int longestValue =
    64 * 1024; // more than the platform takes, so that it says so instead of a cut value

QString timeText(const wire::Time &time)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count()),
                              QLocale::ShortFormat);
}

QPushButton *smallButton(const QString &text, const QString &id, widgets::ButtonKind kind)
{
    auto *button = new QPushButton(text);
    button->setObjectName(id);
    widgets::setSmall(button);
    widgets::setButtonKind(button, kind);
    return button;
}
} // namespace

struct SecretsBox::Row
{
    QString name;
    std::string etag; // of what is shown: nothing newer is written over
    std::unique_ptr<QWidget> widget = std::make_unique<QWidget>();
    QPushButton *replace = nullptr;
    QPushButton *remove = nullptr;
    QPushButton *really = nullptr; // the second of two clicks
    QPushButton *keep = nullptr;
    QString usedBy; // why it cannot be removed; empty: it can
};

SecretsBox::SecretsBox(models::Session &session, const models::Guard &guard, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_guard(guard)
    , m_note(new Label({}, TextStyle::Body, Ink::Dim))
    , m_list(new QVBoxLayout)
    , m_name(new QLineEdit)
    , m_value(new QLineEdit)
    , m_set(smallButton({}, u"setSecret"_s, widgets::ButtonKind::Normal))
    , m_done(new Label({}, TextStyle::Body, Ink::Ok))
    , m_problem(new Label({}, TextStyle::Body, Ink::Bad))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    m_note->setObjectName("secretsNote"_L1);
    m_note->setWordWrap(true);
    m_problem->setObjectName("secretProblem"_L1);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_done->setObjectName("secretDone"_L1);
    column->addWidget(m_note);
    m_list->setSpacing(widgets::space::chip);
    column->addLayout(m_list);
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::control);
    m_name->setObjectName("secretName"_L1);
    m_name->setPlaceholderText(tr("NAME"));
    m_name->setAccessibleName(tr("Name of the secret"));
    m_name->setFixedWidth(nameWidth);
    m_name->setMaxLength(longestName);
    m_name->setFont(widgets::themeOf(this).font(TextStyle::Code));
    m_value->setObjectName("secretValue"_L1);
    m_value->setEchoMode(QLineEdit::Password);
    m_value->setPlaceholderText(tr("Value, not shown again"));
    m_value->setAccessibleName(tr("Value of the secret"));
    m_value->setFixedWidth(valueWidth);
    m_value->setMaxLength(longestValue);
    row->addWidget(m_name);
    row->addWidget(m_value);
    row->addWidget(m_set);
    row->addWidget(m_done);
    row->addStretch();
    column->addLayout(row);
    column->addWidget(m_problem);
    connect(m_name, &QLineEdit::textChanged, this, &SecretsBox::showState);
    connect(m_value, &QLineEdit::textChanged, this, &SecretsBox::showState);
    connect(m_value, &QLineEdit::returnPressed, m_set, &QPushButton::click);
    connect(m_set, &QPushButton::clicked, this, &SecretsBox::set);
    showState();
}

SecretsBox::~SecretsBox() = default;

void SecretsBox::setFunction(const QString &function)
{
    if (function == m_function) {
        return;
    }
    m_function = function;
    ++m_generation;
    m_isSending = false;
    m_rows.clear();
    m_shown.clear();
    m_note->setText(tr("Asking for the secrets…"));
    m_note->show();
    m_name->clear();
    m_value->clear();
    m_done->clear();
    m_problem->clear();
    showState();
    Q_EMIT namesRead({}); // those of the function before
}

void SecretsBox::setDisabledReason(const QString &reason)
{
    m_disabled = reason;
    showState();
}

void SecretsBox::read()
{
    if (m_function.isEmpty()) {
        return;
    }
    QCoro::connect(m_session.client().secrets(m_function.toStdString()), this,
                   [this, generation = m_generation](Result<client::Page<wire::Secret>> &&answer) {
                       if (generation == m_generation) {
                           show(answer ? Result<std::vector<wire::Secret>>(std::move(answer->items))
                                       : std::unexpected(answer.error()));
                       }
                   });
}

void SecretsBox::show(Result<std::vector<wire::Secret>> &&answer)
{
    if (!answer) { // what was read before stays in view
        m_note->setText(tr("The secrets could not be read: %1").arg(toText(answer.error().detail)));
        m_note->show();
        return;
    }
    wire::List<wire::Secret> all;
    all.items = std::move(*answer);
    const std::string text = wire::write(all);
    if (text == m_shown && !m_rows.empty()) { // what is asked at a row stays
        m_note->hide();
        return;
    }
    m_shown = text;
    m_rows.clear();
    QStringList names;
    for (const wire::Secret &secret : all.items) {
        addRow(secret);
        names.append(toText(secret.name));
    }
    m_note->setText(tr("No secrets yet. The function reads one as context.secrets.NAME."));
    m_note->setVisible(names.isEmpty());
    showState();
    Q_EMIT namesRead(names);
}

void SecretsBox::addRow(const wire::Secret &secret)
{
    auto row = std::make_unique<Row>();
    row->name = toText(secret.name);
    row->etag = secret.etag.value_or("*");
    const wire::SecretStatus status = secret.status.value_or(wire::SecretStatus());
    QStringList groups;
    for (const wire::GroupName &group : status.usedBy) {
        groups.append(toText(toString(group)));
    }
    QStringList facts;
    if (status.changedAt) {
        facts.append(tr("changed %1 by %2").arg(timeText(*status.changedAt), toText(status.changedBy)));
    }
    facts.append(groups.isEmpty() ? tr("used by no group") : tr("used by %1").arg(groups.join(u", "_s)));
    if (!groups.isEmpty()) {
        row->usedBy = tr("%1 hands it over. Take it out there first.").arg(groups.join(u", "_s));
    }
    auto *column = new QVBoxLayout(row->widget.get());
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *line = new QHBoxLayout;
    line->setSpacing(widgets::space::control);
    auto *name = new Label(row->name, TextStyle::Code);
    name->setObjectName("secret"_L1);
    name->setFixedWidth(nameWidth);
    auto *fact = new Label(facts.join(u" · "_s), TextStyle::Body, Ink::Dim);
    fact->setObjectName("secretFacts"_L1);
    fact->setTextFormat(Qt::PlainText);
    row->replace = smallButton(tr("Replace…"), u"replaceSecret"_s, widgets::ButtonKind::Ghost);
    row->remove = smallButton(tr("Remove"), u"removeSecret"_s, widgets::ButtonKind::Ghost);
    row->really = smallButton(tr("Remove for good"), u"reallyRemoveSecret"_s, widgets::ButtonKind::Danger);
    row->keep = smallButton(tr("Keep"), u"keepSecret"_s, widgets::ButtonKind::Ghost);
    for (QPushButton *button : {row->replace, row->remove, row->really, row->keep}) {
        button->setAccessibleName(button->text() + u' ' + row->name);
    }
    line->addWidget(name);
    line->addWidget(fact);
    line->addStretch();
    for (QPushButton *button : {row->replace, row->remove, row->really, row->keep}) {
        line->addWidget(button);
    }
    column->addLayout(line);
    if (!status.problem.empty()) {
        auto *problem = new Label(toText(status.problem), TextStyle::Body, Ink::Bad);
        problem->setObjectName("secretTrouble"_L1);
        problem->setWordWrap(true);
        column->addWidget(problem);
    }
    const auto ask = [shown = row.get()](bool isAsking) {
        shown->replace->setVisible(!isAsking);
        shown->remove->setVisible(!isAsking);
        shown->really->setVisible(isAsking);
        shown->keep->setVisible(isAsking);
    };
    ask(false);
    m_list->addWidget(row->widget.get());
    connect(row->replace, &QPushButton::clicked, this, [this, name = row->name] { begin(name); });
    connect(row->remove, &QPushButton::clicked, row->widget.get(), [ask] { ask(true); });
    connect(row->keep, &QPushButton::clicked, row->widget.get(), [ask] { ask(false); });
    connect(row->really, &QPushButton::clicked, this, [this, name = row->name] { remove(name); });
    m_rows.push_back(std::move(row));
}

std::optional<std::string> SecretsBox::etagOf(const QString &name) const
{
    const auto found = std::ranges::find(m_rows, name, [](const auto &row) { return row->name; });
    return found == m_rows.end() ? std::nullopt : std::optional((*found)->etag);
}

void SecretsBox::begin(const QString &name)
{
    m_name->setText(name);
    m_value->clear();
    m_value->setFocus();
}

void SecretsBox::set()
{
    const QString name = m_name->text();
    const auto etag = etagOf(name);
    const bool isNew = !etag;
    askGuard(
        m_guard, this,
        {.title =
             isNew ? tr("Set %1 of %2").arg(name, m_function) : tr("Replace %1 of %2").arg(name, m_function),
         .effects = {isNew ? tr("%1 is new. No group hands it over yet.").arg(name)
                           : tr("%1 gets another value. The instances that have it are replaced.").arg(name)},
         .name = m_function,
         .button = isNew ? tr("Set") : tr("Replace"),
         .reason = {}},
        [this, name, etag, value = m_value->text(), generation = m_generation](const QString &) {
            if (generation != m_generation || m_isSending) {
                return;
            }
            m_isSending = true;
            showState();
            QCoro::connect(m_session.client().putSecret(m_function.toStdString(), name.toStdString(),
                                                        value.toStdString(), etag),
                           this, [this, name, generation](Result<wire::Secret> &&answer) {
                               if (generation != m_generation) {
                                   return;
                               }
                               if (answer) {
                                   m_name->clear();
                                   m_value->clear();
                               }
                               done(name, answer ? Result<>() : std::unexpected(answer.error()),
                                    tr("%1 is set.").arg(name));
                           });
        });
}

void SecretsBox::remove(const QString &name)
{
    askGuard(m_guard, this,
             {.title = tr("Remove %1 of %2").arg(name, m_function),
              .effects = {tr("%1 is gone then: nobody can read it again.").arg(name)},
              .name = m_function,
              .button = tr("Remove"),
              .reason = {},
              .isDestroying = true},
             [this, name, etag = etagOf(name).value_or("*"), generation = m_generation](const QString &) {
                 if (generation != m_generation || m_isSending) {
                     return;
                 }
                 m_isSending = true;
                 showState();
                 QCoro::connect(
                     m_session.client().deleteSecret(m_function.toStdString(), name.toStdString(), etag),
                     this, [this, name, generation](Result<> &&gone) {
                         if (generation == m_generation) {
                             done(name, gone, tr("%1 is removed.").arg(name));
                         }
                     });
             });
}

void SecretsBox::done(const QString &name, const Result<> &done, const QString &sentence)
{
    m_isSending = false;
    m_done->setText(done ? sentence : QString());
    m_problem->setText(done ? QString()
                       : done.error().type == "store/stale"
                           ? tr("Somebody else set %1 meanwhile. Look at it and do it again.").arg(name)
                           : tr("It was not done: %1").arg(toText(done.error().detail)));
    showState();
    read();
}

void SecretsBox::showState()
{
    static const QRegularExpression right(u"^[A-Z][A-Z0-9_]*$"_s);
    const QString name = m_name->text();
    m_set->setText(etagOf(name) ? tr("Replace") : tr("Set"));
    const QString busy = !m_disabled.isEmpty() ? m_disabled
                         : m_isSending         ? tr("The change is on its way.")
                                               : QString();
    const QString reason = !busy.isEmpty()  ? busy
                           : name.isEmpty() ? tr("Give it a name.")
                           : !name.contains(right)
                               ? tr("A name has capital letters, figures and _, and begins with a letter.")
                           : m_value->text().isEmpty() ? tr("Give it a value.")
                                                       : QString();
    m_set->setEnabled(reason.isEmpty());
    m_set->setToolTip(reason);
    if (!name.isEmpty() || !m_value->text().isEmpty()) {
        m_done->clear();
    }
    for (const auto &row : m_rows) {
        row->replace->setEnabled(busy.isEmpty());
        row->replace->setToolTip(busy);
        const QString kept = busy.isEmpty() ? row->usedBy : busy;
        for (QPushButton *button : {row->remove, row->really}) {
            button->setEnabled(kept.isEmpty());
            button->setToolTip(kept);
        }
    }
}

} // namespace nest::console
