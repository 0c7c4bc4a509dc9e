// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/pooleditor.h"

#include "app/console/look.h"
#include "app/console/pages/pools/editorframe.h"
#include "app/console/pages/pools/poolchange.h"
#include "app/console/pages/pools/poolcurve.h"
#include "app/console/pages/pools/poolschedule.h"
#include "app/console/pages/pools/poolsmodel.h"
#include "models/diff/rebase.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr int labelWidth = 96;
constexpr int mostIdle = 100;
constexpr int environmentHeight = 84;

QWidget *makeRow(const QString &label, QWidget *field)
{
    auto *row = new QWidget;
    row->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // what is left stays below all of them
    auto *line = new QHBoxLayout(row);
    line->setContentsMargins({});
    line->setSpacing(widgets::space::control);
    auto *name = new Label(label, TextStyle::Body, Ink::Secondary);
    name->setFixedWidth(labelWidth);
    name->setBuddy(field);
    const bool isTall = qobject_cast<QPlainTextEdit *>(field) != nullptr;
    line->addWidget(name, 0, isTall ? Qt::AlignTop : Qt::AlignVCenter);
    line->addWidget(field, 1);
    field->setAccessibleName(label);
    return row;
}

} // namespace

PoolEditor::PoolEditor(models::Session &session, models::Guard &guard, widgets::ToastArea &toasts,
                       QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_guard(guard)
    , m_toasts(toasts)
    , m_title(new Label({}, TextStyle::Strong))
    , m_pill(new widgets::CellWidget)
    , m_sentence(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_curve(new PoolCurve(session))
    , m_name(new QLineEdit)
    , m_runtime(new QComboBox)
    , m_memory(makeNumber(u"poolMemory"_s, 64, 4096, tr("MB")))
    , m_idle(makeNumber(u"poolIdle"_s, 0, mostIdle, {}))
    , m_mostIdle(makeNumber(u"poolMostIdle"_s, 0, mostIdle, {}))
    , m_packages(new QLineEdit)
    , m_preload(new QLineEdit)
    , m_environment(new QPlainTextEdit)
    , m_schedule(new PoolSchedule)
    , m_note(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_cost(new Label({}, TextStyle::Caption, Ink::Secondary))
    , m_discard(new QPushButton(tr("Discard")))
    , m_review(new QPushButton(tr("Review change…")))
    , m_delete(new QPushButton(tr("Delete…")))
{
    build();
    connectParts();
}

void PoolEditor::connectParts()
{
    for (QSpinBox *box : {m_memory, m_idle, m_mostIdle}) {
        connect(box, &QSpinBox::valueChanged, this, &PoolEditor::typed);
    }
    for (QLineEdit *edit : {m_name, m_packages, m_preload}) {
        connect(edit, &QLineEdit::textChanged, this, &PoolEditor::typed);
    }
    connect(m_runtime, &QComboBox::currentIndexChanged, this, &PoolEditor::typed);
    connect(m_environment, &QPlainTextEdit::textChanged, this, &PoolEditor::typed);
    connect(m_schedule, &PoolSchedule::typed, this, &PoolEditor::typed);
    connect(m_discard, &QPushButton::clicked, this, &PoolEditor::discard);
    connect(m_review, &QPushButton::clicked, this, &PoolEditor::review);
    connect(m_delete, &QPushButton::clicked, this, &PoolEditor::askDelete);
}

void PoolEditor::build()
{
    m_pill->setObjectName("poolPill"_L1);
    const auto [fields, close] = frameEditor(this, {.thing = u"Pool"_s,
                                                    .title = m_title,
                                                    .beside = m_pill,
                                                    .note = m_note,
                                                    .cost = m_cost,
                                                    .discard = m_discard,
                                                    .review = m_review});
    connect(close, &QPushButton::clicked, this, &PoolEditor::closeRequested);
    m_sentence->setWordWrap(true);
    m_sentence->setObjectName("poolSentence"_L1);
    fields->addWidget(m_sentence);
    fields->addWidget(m_curve);
    m_name->setObjectName("poolName"_L1);
    m_name->setPlaceholderText(tr("checkout-ready"));
    m_nameRow = makeRow(tr("Name"), m_name);
    fields->addWidget(m_nameRow);
    m_runtime->setObjectName("poolRuntime"_L1);
    fields->addWidget(makeRow(tr("Runtime"), m_runtime));
    fields->addWidget(makeRow(tr("Memory"), m_memory));
    fields->addWidget(makeRow(tr("Idle"), m_idle));
    m_idle->setToolTip(tr("Booted runtimes that are always kept ready"));
    fields->addWidget(makeRow(tr("At most"), m_mostIdle));
    m_mostIdle->setToolTip(tr("When many start at once, so many are kept ready for ten minutes"));
    buildCustom(fields);
    fields->addWidget(widgets::makeLine(Qt::Horizontal, this));
    m_schedule->setObjectName("poolSchedule"_L1);
    fields->addWidget(m_schedule);
    m_delete->setObjectName("deletePool"_L1);
    widgets::setButtonKind(m_delete, widgets::ButtonKind::Ghost);
    fields->addWidget(m_delete, 0, Qt::AlignLeft);
    fields->addStretch();
}

/// What a warm pool does not have.
void PoolEditor::buildCustom(QVBoxLayout *fields)
{
    m_customFields = new QWidget;
    m_customFields->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *custom = new QVBoxLayout(m_customFields);
    custom->setContentsMargins({});
    custom->setSpacing(widgets::space::control);
    m_packages->setObjectName("poolPackages"_L1);
    m_packages->setPlaceholderText(tr("function@version"));
    m_packages->setToolTip(
        tr("The version whose packages lie ready; it serves versions with the same lock file"));
    custom->addWidget(makeRow(tr("Packages of"), m_packages));
    m_preload->setObjectName("poolPreload"_L1);
    m_preload->setPlaceholderText(tr("express, zod"));
    m_preload->setToolTip(tr("Modules that are loaded before a runtime waits, as an import names them"));
    custom->addWidget(makeRow(tr("Preloaded"), m_preload));
    m_environment->setObjectName("poolEnvironment"_L1);
    m_environment->setFixedHeight(environmentHeight);
    m_environment->setFont(widgets::themeOf(this).font(TextStyle::Code));
    m_environment->setPlaceholderText(tr("NAME=value, one a line; no secrets"));
    m_environment->setTabChangesFocus(true);
    custom->addWidget(makeRow(tr("Environment"), m_environment));
    fields->addWidget(m_customFields);
}

void PoolEditor::setRuntimes(const QStringList &runtimes)
{
    const QSignalBlocker quiet(m_runtime); // nobody chose anything
    for (const QString &runtime : runtimes) {
        if (m_runtime->findData(runtime) < 0) {
            m_runtime->addItem(widgets::themedIcon(runtimeIcon(runtime.toStdString())),
                               runtimeName(runtime.toStdString()), runtime);
        }
    }
}

void PoolEditor::show(const wire::Pool &pool)
{
    if (!m_isNew && pool.name == m_base.name) {
        follow(pool);
        return;
    }
    leave();
    m_base = pool;
    const auto kept = m_kept.extract(pool.name);
    setFields(kept ? rebased(kept.mapped().base, kept.mapped().mine, pool) : fieldsOf(pool));
    if (kept && !isSame(kept.mapped().base, pool) && isChanged()) {
        sayChangedBy(pool);
    }
    showFigures();
    showChange();
}

/// The platform told something new of the one that is looked at.
void PoolEditor::follow(const wire::Pool &pool)
{
    if (m_isSending) { // what we have just written is nobody else's; the answer says which it is
        m_told = pool;
        return;
    }
    if (models::isOlder(pool, m_base)) {
        return;
    }
    if (std::exchange(m_isGone, false)) {
        m_said.clear();
    }
    const wire::Pool old = std::exchange(m_base, pool);
    if (!isSame(pool, old)) { // else the fields are left alone: somebody may be typing
        setFields(rebased(old, fields(), pool));
        if (isChanged()) {
            sayChangedBy(pool);
        }
    }
    showFigures();
    showChange();
}

void PoolEditor::followTold()
{
    if (const auto told = std::exchange(m_told, std::nullopt)) {
        follow(*told);
    }
}

void PoolEditor::showNew()
{
    if (!m_isNew) {
        leave();
        m_isNew = true;
        const auto kept = m_kept.extract(m_base.name);
        setFields(kept ? kept.mapped().mine : fieldsOf(m_base));
        showFigures();
        showChange();
    }
    m_name->setFocus();
}

void PoolEditor::leave()
{
    if ((m_isNew || !m_base.name.empty()) && isChanged()) {
        m_kept[m_base.name] = {m_base, fields()};
    }
    ++m_generation;
    m_schedule->close();
    m_isSending = false;
    m_told.reset();
    m_isNew = false;
    m_isGone = false;
    m_said.clear();
    m_base = {};
}

void PoolEditor::showGone()
{
    m_isGone = true;
    say(tr("%1 was deleted.").arg(toText(m_base.name)), Ink::Warn);
}

void PoolEditor::say(const QString &sentence, Ink ink)
{
    m_said = sentence;
    m_saidInk = ink;
    showChange();
}

void PoolEditor::sayChangedBy(const wire::Pool &pool)
{
    const QString who =
        pool.status && !pool.status->changedBy.empty() ? toText(pool.status->changedBy) : tr("Somebody");
    say(tr("%1 changed it meanwhile; the review shows what is left to change.").arg(who), Ink::Warn);
}

/// What was said is of what was there before.
void PoolEditor::typed()
{
    if (m_isFilling) {
        return;
    }
    if (!m_isGone) {
        m_said.clear();
    }
    showChange();
}

void PoolEditor::discard()
{
    if (!m_isGone) {
        m_said.clear();
    }
    m_schedule->close();
    setFields(fieldsOf(m_base));
    showChange();
    if (m_isNew || m_isGone) {
        Q_EMIT closeRequested();
    }
}

PoolFields PoolEditor::fields() const
{
    return {.name = m_name->text(),
            .runtime = m_runtime->currentData().toString(),
            .memoryMegabytes = m_memory->value(),
            .idle = m_idle->value(),
            .mostIdle = m_mostIdle->value(),
            .packages = m_packages->text(),
            .preload = m_preload->text(),
            .environment =
                m_environment->document()->isModified() ? m_environment->toPlainText() : m_environmentSet,
            .schedule = m_schedule->windows()};
}

void PoolEditor::setFields(const PoolFields &next)
{
    m_isFilling = true;
    setRuntimes({next.runtime});
    m_runtime->setCurrentIndex(m_runtime->findData(next.runtime));
    const auto setText = [](QLineEdit *edit, const QString &text) {
        if (edit->text() != text) {
            edit->setText(text);
        }
    };
    const auto setNumber = [](QSpinBox *box, int number) {
        if (box->value() != number || !box->hasFocus()) {
            box->setValue(number);
        }
    };
    setText(m_name, next.name);
    setNumber(m_memory, next.memoryMegabytes);
    setNumber(m_idle, next.idle);
    setNumber(m_mostIdle, next.mostIdle);
    setText(m_packages, next.packages);
    setText(m_preload, next.preload);
    if (fields().environment != next.environment) {
        m_environmentSet = next.environment;
        m_environment->setPlainText(next.environment);
    }
    const bool canType = isText(m_base.environment) && (m_environment->document()->isModified() ||
                                                        m_environment->toPlainText() == m_environmentSet);
    m_schedule->setWindows(next.schedule);
    m_environment->setReadOnly(!canType);
    m_environment->setToolTip(
        canType ? QString()
                : tr("A value has a line break or the like, which has no place here. It stays as it is."));
    m_nameRow->setVisible(m_isNew);
    const bool isCustom = m_base.kind == wire::PoolKind::Custom;
    m_customFields->setVisible(isCustom);
    m_runtime->setEnabled(isCustom);
    m_memory->setEnabled(isCustom);
    m_isFilling = false;
}

bool PoolEditor::isChanged() const
{
    QString problem;
    const auto pool = readFields(fields(), m_base, problem);
    return !pool || !isSame(*pool, m_base);
}

void PoolEditor::setStale(bool isStale)
{
    m_isStale = isStale;
    m_curve->setStale(isStale);
    showFigures();
}

void PoolEditor::setDisabledReason(const QString &reason)
{
    m_disabled = reason;
    showChange();
}

void PoolEditor::showFigures()
{
    m_title->setText(m_isNew ? tr("New pool") : toText(m_base.name));
    m_pill->setVisible(!m_isNew);
    m_curve->setPool(m_isNew ? std::string() : m_base.name);
    widgets::PillCell pill = poolPill(m_base);
    if (m_isStale) {
        pill = {.text = tr("Was: %1", "state before the connection broke").arg(pill.text)};
    }
    m_pill->setCell(pill);
    m_sentence->setText(m_isNew ? tr("A custom pool has packages, modules and an environment loaded before a "
                                     "function needs them.")
                                : poolSentence(m_base));
    m_schedule->setPool(m_base.idle,
                        m_base.status && m_base.status->rule ? toText(*m_base.status->rule) : QString());
    const bool hasDocument = !m_isNew && m_base.etag.has_value();
    m_delete->setVisible(hasDocument);
}

void PoolEditor::showChange()
{
    QString problem;
    const auto pool = readFields(fields(), m_base, problem);
    const QStringList changes = pool && !m_isNew ? changesOf(m_base, *pool) : QStringList();
    const bool isChanged = m_isNew || !pool || !changes.isEmpty();
    const QString reason = m_isSending              ? tr("The change is on its way.")
                           : !m_disabled.isEmpty()  ? m_disabled
                           : !problem.isEmpty()     ? problem
                           : !isChanged || m_isGone ? tr("Nothing is changed.")
                                                    : QString();
    m_review->setEnabled(reason.isEmpty());
    m_review->setToolTip(reason);
    m_review->setText(m_isNew ? tr("Make the pool…") : tr("Review change…"));
    m_discard->setEnabled((isChanged || m_isGone) && !m_isSending);
    const bool isTyped = m_isNew && fields() != fieldsOf(m_base);
    m_discard->setText((m_isNew && !isTyped) || m_isGone ? tr("Close") : tr("Discard"));
    const bool isWrong = !m_isGone && !problem.isEmpty() && !(m_isNew && m_name->text().isEmpty());
    QStringList notes;
    if (!m_said.isEmpty()) {
        notes.append(m_said);
    }
    if (isWrong) {
        notes.append(problem);
    } else if (notes.isEmpty() && !changes.isEmpty()) {
        notes.append(tr("%n changes", nullptr, static_cast<int>(changes.size())));
    }
    m_note->setText(notes.join(u' '));
    m_note->setInk(!m_said.isEmpty() ? m_saidInk : isWrong ? Ink::Warn : Ink::Dim);
    m_cost->setText(pool && !m_isNew ? costOf(m_base, *pool) : QString());
    m_delete->setEnabled(m_disabled.isEmpty() && !m_isSending && !m_isGone);
}

} // namespace nest::console
