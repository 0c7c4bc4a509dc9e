// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/ruleform.h"

#include "app/console/look.h"
#include "app/console/pages/pools/editorframe.h"
#include "widgets/theme/controls.h"

#include <QCheckBox>
#include <QCompleter>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTimeZone>
#include <QVBoxLayout>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr int labelWidth = 72;
constexpr int mostMinutes = 7 * 24 * 60;
constexpr int mostFloor = 10'000; // the limits of the platform
constexpr int mostIdle = 100;

/// "M"; a locale without letters has numbers there.
QString dayLetter(int day)
{
    const QString letter = QLocale().dayName(day, QLocale::NarrowFormat);
    return letter.toInt() > 0 ? QLocale().dayName(day, QLocale::ShortFormat).left(1) : letter;
}

/// Any part of a name finds it: "berlin".
void completeZones(QLineEdit *edit)
{
    QStringList zones;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds()) {
        zones.append(QString::fromLatin1(id));
    }
    auto *completer = new QCompleter(zones, edit);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    edit->setCompleter(completer);
}

} // namespace

RuleForm::RuleForm(Of of, QWidget *parent)
    : QWidget(parent)
    , m_of(of)
    , m_name(new QLineEdit)
    , m_kind(new widgets::SegmentedControl)
    , m_from(new QLineEdit)
    , m_to(new QLineEdit)
    , m_cron(new QLineEdit)
    , m_minutes(makeNumber(id(u"Minutes"_s), 1, mostMinutes, tr("min")))
    , m_floor(makeNumber(id(u"Floor"_s), 1, of == Of::Pool ? mostIdle : mostFloor, {}))
    , m_zone(new QLineEdit)
    , m_enabled(new QCheckBox(tr("On")))
    , m_start(new QLineEdit)
    , m_end(new QLineEdit)
{
    const auto name = [this](QLineEdit *edit, const QString &part, const QString &hint) {
        edit->setObjectName(id(part));
        edit->setPlaceholderText(hint);
    };
    name(m_name, u"Name"_s, tr("lunch"));
    name(m_from, u"From"_s, u"11:30"_s);
    name(m_to, u"To"_s, u"14:00"_s);
    name(m_cron, u"Cron"_s, u"0 9 * * mon-fri"_s);
    name(m_zone, u"Zone"_s, u"Europe/Berlin"_s);
    name(m_start, u"Start"_s, tr("none, or 2026-12-01 09:00"));
    name(m_end, u"End"_s, tr("none, or 2026-12-24 18:00"));
    build();
    connectParts();
}

QString RuleForm::id(const QString &part) const
{
    return (m_of == Of::Pool ? u"window"_s : u"rule"_s) + part;
}

void RuleForm::connectParts()
{
    const auto tell = [this] {
        if (!m_isFilling) {
            showKind();
            Q_EMIT typed();
        }
    };
    for (QLineEdit *edit : {m_name, m_from, m_to, m_cron, m_zone, m_start, m_end}) {
        connect(edit, &QLineEdit::textChanged, this, tell);
    }
    for (QSpinBox *box : {m_minutes, m_floor}) {
        connect(box, &QSpinBox::valueChanged, this, tell);
    }
    for (QPushButton *day : m_days) {
        connect(day, &QPushButton::toggled, this, tell);
    }
    connect(m_enabled, &QCheckBox::toggled, this, tell);
    connect(m_kind, &widgets::SegmentedControl::currentChanged, this, tell);
}

void RuleForm::build()
{
    const bool isPool = m_of == Of::Pool;
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    addField(column, tr("Name"), m_name, "name");
    buildWhen(column);
    addField(column, isPool ? tr("Idle") : tr("Floor"), m_floor, "floor");
    m_floor->setToolTip(isPool ? tr("So many booted runtimes are kept ready while it holds")
                               : tr("So many instances are kept ready while it holds"));
    addField(column, tr("Zone"), m_zone, "zone");
    m_zone->setToolTip(tr("The times are those of the clocks there"));
    completeZones(m_zone);
    QWidget *const start = addField(column, tr("Start"), m_start, "start");
    QWidget *const end = addField(column, tr("End"), m_end, "end");
    m_enabled->setObjectName(id(u"Enabled"_s));
    addField(column, tr("Switch"), m_enabled, "enabled");
    start->setVisible(!isPool);
    end->setVisible(!isPool);
}

/// Below a field; it takes no room while it is empty.
Label *RuleForm::addError(QVBoxLayout *column, const std::string &name)
{
    auto *error = new Label({}, TextStyle::Caption, Ink::Bad);
    error->setWordWrap(true);
    error->setObjectName(id(u"Error-"_s + toText(name)));
    error->setContentsMargins(labelWidth + widgets::space::control, 0, 0, 0);
    error->hide();
    column->addWidget(error);
    m_errors[name] = error;
    return error;
}

/// Name, field, and below it what is wrong with it.
QWidget *RuleForm::addField(QVBoxLayout *column, const QString &label, QWidget *field,
                            const std::string &name)
{
    auto *box = new QWidget;
    box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *rows = new QVBoxLayout(box);
    rows->setContentsMargins({});
    rows->setSpacing(widgets::space::chip);
    auto *line = new QHBoxLayout;
    line->setSpacing(widgets::space::control);
    auto *said = new Label(label, TextStyle::Body, Ink::Secondary);
    said->setFixedWidth(labelWidth);
    said->setBuddy(field);
    line->addWidget(said);
    const bool isNarrow = qobject_cast<widgets::SegmentedControl *>(field) != nullptr;
    line->addWidget(field, isNarrow ? 0 : 1);
    if (isNarrow) {
        line->addStretch(1);
    }
    rows->addLayout(line);
    if (field->accessibleName().isEmpty()) {
        field->setAccessibleName(label);
    }
    if (!name.empty()) {
        addError(rows, name);
    }
    column->addWidget(box);
    return box;
}

void RuleForm::buildWhen(QVBoxLayout *column)
{
    m_kind->addSegment(tr("Times of the day"), u"plain"_s);
    m_kind->addSegment(tr("Cron"), u"cron"_s);
    m_kind->setObjectName(id(u"Kind"_s));
    addField(column, tr("Holds"), m_kind, {})->setVisible(m_of == Of::Deployment);
    m_plain = new QWidget;
    auto *plain = new QVBoxLayout(m_plain);
    plain->setContentsMargins({});
    plain->setSpacing(widgets::space::control);
    auto *times = new QWidget;
    auto *line = new QHBoxLayout(times);
    line->setContentsMargins({});
    line->setSpacing(widgets::space::control);
    m_from->setAccessibleName(tr("From"));
    m_to->setAccessibleName(tr("To"));
    line->addWidget(m_from, 1);
    line->addWidget(new Label(tr("to"), TextStyle::Body, Ink::Secondary));
    line->addWidget(m_to, 1);
    addField(plain, tr("From"), times, {});
    auto *days = new QWidget;
    auto *row = new QHBoxLayout(days);
    row->setContentsMargins({});
    row->setSpacing(2);
    for (std::size_t i = 0; i < m_days.size(); ++i) {
        const int day = static_cast<int>(i) + 1;
        m_days[i] = new QPushButton(dayLetter(day));
        m_days[i]->setCheckable(true);
        m_days[i]->setObjectName(id(u"Day%1"_s.arg(day)));
        m_days[i]->setAccessibleName(QLocale().dayName(day, QLocale::LongFormat));
        m_days[i]->setToolTip(QLocale().dayName(day, QLocale::LongFormat));
        m_days[i]->setMinimumWidth(24);
        widgets::setSmall(m_days[i]);
        row->addWidget(m_days[i], 1);
    }
    addField(plain, tr("Days"), days, {});
    column->addWidget(m_plain);
    m_cronRow = addField(column, tr("Cron"), m_cron, {});
    m_cron->setToolTip(tr("Minute, hour, day of month, month, weekday"));
    addError(column, "cron"); // of both kinds
    m_lengthRow = addField(column, tr("For"), m_minutes, "minutes");
    m_minutes->setToolTip(tr("So long it holds each time"));
    showKind();
}

void RuleForm::showKind()
{
    const bool isPlain = m_kind->current() == "plain"_L1;
    m_plain->setVisible(isPlain);
    m_cronRow->setVisible(!isPlain);
    m_lengthRow->setVisible(!isPlain);
}

RuleFields RuleForm::fields() const
{
    RuleFields read{.name = m_name->text(),
                    .when = {.isPlain = m_kind->current() == "plain"_L1,
                             .from = m_from->text(),
                             .to = m_to->text(),
                             .days = {},
                             .cron = m_cron->text(),
                             .minutes = m_minutes->value()},
                    .floor = m_floor->value(),
                    .zone = m_zone->text(),
                    .isEnabled = m_enabled->isChecked(),
                    .start = m_start->text(),
                    .end = m_end->text()};
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        read.when.days[day] = m_days[day]->isChecked();
    }
    return read;
}

void RuleForm::setFields(const RuleFields &next)
{
    m_isFilling = true;
    const auto setText = [](QLineEdit *edit, const QString &text) {
        if (edit->text() != text) {
            edit->setText(text);
        }
    };
    setText(m_name, next.name);
    m_kind->setCurrent(next.when.isPlain ? u"plain"_s : u"cron"_s);
    setText(m_from, next.when.from);
    setText(m_to, next.when.to);
    for (std::size_t day = 0; day < m_days.size(); ++day) {
        m_days[day]->setChecked(next.when.days[day]);
    }
    setText(m_cron, next.when.cron);
    m_minutes->setValue(next.when.minutes);
    m_floor->setValue(next.floor);
    setText(m_zone, next.zone);
    m_enabled->setChecked(next.isEnabled);
    setText(m_start, next.start);
    setText(m_end, next.end);
    showKind();
    m_isFilling = false;
}

void RuleForm::showProblems(const RuleProblems &problems)
{
    for (const auto &[name, label] : m_errors) {
        const auto found = problems.find(name);
        label->setText(found != problems.end() ? found->second : QString());
        label->setVisible(found != problems.end());
    }
}

void RuleForm::focusFirst()
{
    QWidget *const first = m_of == Of::Deployment            ? m_name
                           : m_kind->current() == "plain"_L1 ? m_from
                                                             : m_cron;
    first->setFocus();
}

} // namespace nest::console
