// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/pools/poolschedule.h"

#include "api/wire/result.h"
#include "app/console/look.h"
#include "app/console/pages/pools/ruleform.h"
#include "app/console/pages/pools/ruletexts.h"
#include "app/console/pages/pools/windowrow.h"
#include "widgets/table/cells.h"
#include "widgets/theme/controls.h"

#include <QDateTime>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

/// The head of the table: its words stand over the columns of the rows.
class WindowHead final : public QWidget
{
public:
    WindowHead()
    {
        const std::array texts{PoolSchedule::tr("From"), PoolSchedule::tr("To"), PoolSchedule::tr("Days"),
                               PoolSchedule::tr("Idle")};
        for (std::size_t i = 0; i < texts.size(); ++i) {
            m_labels[i] = new Label(texts[i], TextStyle::Caption, Ink::Secondary, this);
        }
        m_labels.back()->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        setFixedHeight(widgets::themeOf(this).size.rowCompact);
    }

protected:
    void resizeEvent(QResizeEvent *) override
    {
        const auto columns = windowColumns(width());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            m_labels[i]->setGeometry(columns[i].first, 0, columns[i].second, height());
        }
    }

private:
    std::array<Label *, 4> m_labels{};
};

bool isOfThisClock(const QString &zone)
{
    if (zone.toLatin1() == QTimeZone::systemTimeZoneId()) {
        return true;
    }
    const QTimeZone theirs(zone.toLatin1());
    const QTimeZone ours = QTimeZone::systemTimeZone();
    const QDateTime now = QDateTime::currentDateTimeUtc(); // one clock has several names: UTC, Etc/UTC
    return theirs.isValid() && !theirs.hasDaylightTime() && !ours.hasDaylightTime() &&
           theirs.offsetFromUtc(now) == ours.offsetFromUtc(now);
}

WindowRowText rowText(const PoolWindow &window, const RuleProblems &problems)
{
    const RuleFields &fields = window.fields;
    WindowRowText text{
        .name = fields.name, .from = fields.when.from, .idle = QLocale().toString(fields.floor)};
    QStringList days;
    if (fields.when.isPlain) {
        text.to = fields.when.to == "00:00"_L1 ? u"24:00"_s : fields.when.to;
        days.append(fields.when.days.none() ? widgets::unknownText() : daysText(fields.when.days));
    } else {
        text.from = fields.when.cron;
        days.append(PoolSchedule::tr("%1 each").arg(lengthText(fields.when.minutes)));
    }
    if (!isOfThisClock(fields.zone)) {
        days.append(fields.zone);
    }
    if (!fields.isEnabled) {
        days.prepend(PoolSchedule::tr("off"));
    }
    text.days = days.join(u", "_s);
    if (window.base && window.base->floor != fields.floor) {
        text.was = QLocale().toString(window.base->floor);
    }
    text.note = problems.empty() ? QString() : problems.begin()->second;
    text.isChanged = window.isTyped();
    text.isEnabled = fields.isEnabled;
    return text;
}

} // namespace

PoolSchedule::PoolSchedule(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_none(new Label(tr("No window: the pool has the same size all day."), TextStyle::Body, Ink::Dim))
    , m_form(new RuleForm(RuleForm::Of::Pool))
    , m_add(new QPushButton(tr("Add window")))
    , m_remove(new QPushButton(tr("Remove window")))
    , m_done(new QPushButton(tr("Done")))
{
    build();
    connect(m_add, &QPushButton::clicked, this, &PoolSchedule::add);
    connect(m_remove, &QPushButton::clicked, this, &PoolSchedule::removeOpen);
    connect(m_done, &QPushButton::clicked, this, [this] { open({}); });
    connect(m_form, &RuleForm::typed, this, &PoolSchedule::formTyped);
    showRows();
}

void PoolSchedule::build()
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(tr("Size schedule"), TextStyle::BodyMedium), 1);
    m_add->setObjectName("addWindow"_L1);
    widgets::setButtonKind(m_add, widgets::ButtonKind::Link);
    head->addWidget(m_add);
    m_column->addLayout(head);
    m_none->setWordWrap(true);
    m_none->setObjectName("noWindows"_L1);
    m_column->addWidget(m_none);
    m_head = new WindowHead;
    m_column->addWidget(m_head);
    m_box = new QWidget;
    auto *box = new QVBoxLayout(m_box);
    box->setContentsMargins(widgets::space::control, widgets::space::control, 0, widgets::space::control);
    box->setSpacing(widgets::space::control);
    box->addWidget(m_form);
    auto *buttons = new QHBoxLayout;
    m_remove->setObjectName("removeWindow"_L1);
    m_done->setObjectName("windowDone"_L1);
    widgets::setButtonKind(m_remove, widgets::ButtonKind::Ghost);
    widgets::setSmall(m_remove);
    widgets::setSmall(m_done);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    buttons->addWidget(m_done);
    box->addLayout(buttons);
    m_column->addWidget(m_box);
    m_box->hide();
}

PoolWindow *PoolSchedule::openWindow()
{
    const auto found = std::ranges::find(m_windows, m_open, &PoolWindow::key);
    return found == m_windows.end() ? nullptr : &*found;
}

void PoolSchedule::setWindows(const PoolWindows &windows)
{
    if (windows == m_windows) {
        return;
    }
    const PoolWindow *was = openWindow();
    const QString name = was != nullptr ? was->fields.name.trimmed() : QString();
    m_windows = windows;
    std::erase_if(m_refused, [this](const auto &each) {
        return !std::ranges::contains(m_windows, each.first, &PoolWindow::key);
    });
    if (!m_open.isEmpty() && openWindow() == nullptr) { // it was written and is one of the pool's now
        const auto found = std::ranges::find_if(
            m_windows, [&](const PoolWindow &each) { return !name.isEmpty() && each.fields.name == name; });
        m_open = found != m_windows.end() ? found->key : QString();
    }
    if (const PoolWindow *shown = openWindow()) {
        m_form->setFields(shown->fields);
    }
    showRows();
}

void PoolSchedule::setPool(int idle, const QString &winner)
{
    m_idle = idle;
    if (std::exchange(m_winner, winner) != winner) {
        showRows();
    }
}

void PoolSchedule::close()
{
    m_refused.clear();
    m_open.clear();
    showRows();
}

bool PoolSchedule::setRefused(const std::vector<FieldError> &errors)
{
    m_refused.clear();
    bool isAllHere = !errors.empty();
    for (const FieldError &error : errors) {
        const QStringList parts = toText(error.pointer).split(u'/');
        const std::size_t index =
            parts.size() == 4 && parts[1] == "schedule"_L1 ? parts[2].toUInt() : m_windows.size();
        if (index < m_windows.size() && m_form->hasField(parts[3].toStdString())) {
            m_refused[m_windows[index].key][parts[3].toStdString()] = toText(error.detail);
        } else {
            isAllHere = false;
        }
    }
    if (!m_refused.empty() && !m_refused.contains(m_open)) {
        open(m_refused.begin()->first);
    } else {
        showRows();
    }
    return isAllHere;
}

/// What no field took: a list of names that is open takes it first.
void PoolSchedule::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_open.isEmpty()) {
        open({});
    } else {
        QWidget::keyPressEvent(event);
    }
}

void PoolSchedule::add()
{
    addWindow(m_windows, m_idle);
    open(m_windows.back().key);
    Q_EMIT typed();
}

void PoolSchedule::removeOpen()
{
    const QString key = m_open;
    open({});
    m_refused.erase(key);
    std::erase_if(m_windows, [&](const PoolWindow &each) { return each.key == key; });
    showRows();
    m_add->setFocus();
    Q_EMIT typed();
}

/// Empty: none.
void PoolSchedule::open(const QString &key)
{
    const QString was = std::exchange(m_open, key);
    const PoolWindow *shown = openWindow();
    if (shown != nullptr) {
        m_form->setFields(shown->fields);
    }
    showRows();
    if (shown != nullptr) {
        m_form->focusFirst();
        return;
    }
    const auto left = std::ranges::find(m_windows, was, &PoolWindow::key);
    if (left != m_windows.end() && isVisible()) { // the keys go on from its row
        m_rows[static_cast<std::size_t>(left - m_windows.begin())]->setFocus();
    }
}

void PoolSchedule::formTyped()
{
    if (PoolWindow *window = openWindow()) {
        window->fields = m_form->fields();
        m_refused.erase(m_open);
        showRows();
        Q_EMIT typed();
    }
}

void PoolSchedule::showRows()
{
    while (m_rows.size() > m_windows.size()) {
        m_rows.back()->deleteLater();
        m_rows.back()->hide();
        m_rows.pop_back();
    }
    while (m_rows.size() < m_windows.size()) {
        auto *row = new WindowRow;
        const std::size_t place = m_rows.size();
        connect(row, &WindowRow::clicked, this, [this, place] {
            const QString key = m_windows[place].key;
            open(key == m_open ? QString() : key);
        });
        m_rows.push_back(row);
        m_column->addWidget(row);
        row->show(); // else with the next event
    }
    m_none->setVisible(m_windows.empty());
    m_head->setVisible(!m_windows.empty());
    bool isOpen = false;
    for (std::size_t i = 0; i < m_windows.size(); ++i) {
        const PoolWindow &window = m_windows[i];
        RuleProblems problems;
        std::ignore = readWindow(window, problems);
        if (const auto refused = m_refused.find(window.key); refused != m_refused.end()) {
            problems.insert(refused->second.begin(), refused->second.end());
        }
        WindowRowText text = rowText(window, problems);
        text.isWinner = window.base && toText(window.base->name) == m_winner;
        if (text.isWinner) {
            text.days = tr("now") + u", "_s + text.days;
        }
        m_rows[i]->setText(text);
        m_rows[i]->setChosen(window.key == m_open);
        if (window.key == m_open) {
            isOpen = true;
            m_form->showProblems(problems);
            const int below = m_column->indexOf(m_rows[i]) + 1;
            if (m_column->indexOf(m_box) != below) {
                m_column->removeWidget(m_box);
                m_column->insertWidget(m_column->indexOf(m_rows[i]) + 1, m_box);
            }
        }
    }
    m_box->setVisible(isOpen);
}

} // namespace nest::console
