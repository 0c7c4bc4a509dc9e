// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/instances/logpanel.h"

#include "app/console/look.h"
#include "app/console/pages/function/instances/instancesmodel.h"
#include "app/console/pages/function/instances/logmodel.h"
#include "app/console/pages/function/instances/logview.h"
#include "models/session.h"
#include "widgets/table/cells.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr auto pollEvery = 1s;
constexpr int linesAtOnce = 1'000; // the most that the platform gives
constexpr int searchWidth = 240;
constexpr int followWidth = 96; // either text
} // namespace

LogPanel::LogPanel(models::Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new LogModel(this))
    , m_view(new LogView(*m_model, this))
    , m_whose(new Label({}, TextStyle::Log, Ink::Secondary))
    , m_levels(new widgets::SegmentedControl(this))
    , m_search(new QLineEdit(this))
    , m_hitCount(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_follow(new QPushButton(tr("Follow"), this))
    , m_lines(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_dropped(new Label({}, TextStyle::Caption, Ink::Dim))
    , m_problem(new Label({}, TextStyle::Caption, Ink::Bad))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(m_view, 1);
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    column->addWidget(buildFoot());
    m_view->setObjectName("logView"_L1);

    m_poll.setInterval(pollEvery);
    connect(&m_poll, &QTimer::timeout, this, &LogPanel::ask);
    connect(m_levels, &widgets::SegmentedControl::currentChanged, this, &LogPanel::setLevel);
    connect(m_search, &QLineEdit::textChanged, this, &LogPanel::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { stepHit(1); });
    connect(m_follow, &QPushButton::clicked, this, [this] { m_model->isHeld() ? follow() : hold(); });
    connect(m_view, &LogView::followRequested, this, &LogPanel::follow);
    connect(m_view, &LogView::holdRequested, this, &LogPanel::hold);
    connect(m_view, &LogView::toggleRequested, this, &LogPanel::toggleHold);
    showFoot();
}

LogPanel::~LogPanel()
{
    m_stop.request_stop();
}

QWidget *LogPanel::buildHead()
{
    auto *box = new QWidget(this);
    box->setFixedHeight(widgets::themeOf(this).size.panelHead);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    row->setSpacing(widgets::space::panel);
    row->addWidget(new Label(tr("Log"), TextStyle::Strong));
    m_whose->setObjectName("logWhose"_L1);
    m_whose->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // long names are cut, not the panel
    row->addWidget(m_whose, 1);
    m_levels->setObjectName("logLevels"_L1);
    m_levels->setAccessibleName(tr("Least level of the lines"));
    m_levels->addSegment(tr("All"), u"all"_s);
    m_levels->addSegment(tr("Info"), u"info"_s);
    m_levels->addSegment(tr("Warn"), u"warn"_s);
    m_levels->addSegment(tr("Error"), u"error"_s);
    row->addWidget(m_levels);
    m_search->setObjectName("logSearch"_L1);
    m_search->setAccessibleName(tr("Search the log"));
    m_search->setPlaceholderText(tr("Search the log"));
    m_search->setToolTip(tr("Search the log") + u"  Ctrl+F"_s);
    m_search->setFixedWidth(searchWidth);
    m_search->setClearButtonEnabled(true);
    widgets::setSmall(m_search);
    row->addWidget(m_search);
    m_hitCount->setObjectName("logHits"_L1);
    row->addWidget(m_hitCount);
    m_follow->setObjectName("logFollow"_L1);
    m_follow->setCheckable(true);
    widgets::setSmall(m_follow);
    showFollow();
    m_follow->setMinimumWidth(std::max(m_follow->sizeHint().width(), followWidth)); // no jump of the row
    row->addWidget(m_follow);
    return box;
}

QWidget *LogPanel::buildFoot()
{
    auto *box = new QWidget(this);
    box->setFixedHeight(widgets::themeOf(this).size.rowCompact);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    row->setSpacing(widgets::space::page);
    m_lines->setObjectName("logLines"_L1);
    m_dropped->setObjectName("logDropped"_L1);
    m_dropped->setToolTip(tr("Lines that the platform could not keep since it started."));
    m_problem->setObjectName("logProblem"_L1);
    row->addWidget(m_lines);
    row->addWidget(m_dropped);
    row->addWidget(m_problem, 1);
    row->addWidget(new Label(tr("Space: follow or hold"), TextStyle::Caption, Ink::Dim));
    row->addWidget(new Label(tr("F3: next hit"), TextStyle::Caption, Ink::Dim));
    return box;
}

void LogPanel::setFunction(const QString &function)
{
    if (function == m_function) {
        return;
    }
    m_function = function;
    beginAnew();
}

void LogPanel::setGroup(const std::optional<wire::GroupName> &group)
{
    if (group == m_group) {
        return;
    }
    m_group = group;
    m_model->setHeld(false); // what was held is not shown any more
    showFollow();
    showWhose();
    beginAnew();
}

void LogPanel::beginAnew()
{
    m_stop.request_stop();
    m_stop = {};
    m_isAsking = false;
    m_after.reset();
    m_lost.reset();
    m_problem->clear();
    m_model->clear();
    search();
    showFoot();
    ask();
}

void LogPanel::setInstances(const QStringList &ids)
{
    m_model->setInstances({ids.begin(), ids.end()});
    m_chosen = ids;
    showWhose();
    search();
    showFoot();
    if (!m_model->isHeld()) {
        m_view->scrollToBottom();
    }
}

void LogPanel::showWhose()
{
    QStringList names;
    for (const QString &id : std::as_const(m_chosen)) {
        names.append(shortInstance(id));
    }
    m_whose->setText(!names.isEmpty() && names.size() < 4 ? names.join(u", "_s)
                     : !names.isEmpty() ? tr("of %1 instances").arg(QLocale().toString(names.size()))
                     : m_group          ? tr("of all instances in %1").arg(toText(toString(*m_group)))
                                        : tr("of all instances in all groups"));
    m_whose->setToolTip(m_whose->text());
}

/// On and off differ in words too: a tint alone is missed.
void LogPanel::showFollow()
{
    const bool isOn = !m_model->isHeld();
    m_follow->setChecked(isOn);
    m_follow->setIcon(widgets::themedIcon(isOn ? u"live"_s : u"pause"_s));
    m_follow->setText(isOn ? tr("Following") : tr("Follow"));
    m_follow->setToolTip((isOn ? tr("The newest line is kept in view. Click to hold.")
                               : tr("Held. Click to follow the newest line.")) +
                         u"  "_s + (isOn ? tr("Space") : tr("End")));
}

void LogPanel::setStale(bool isStale)
{
    m_view->setStale(isStale);
}

void LogPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_poll.start();
    ask();
}

void LogPanel::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_poll.stop();
}

void LogPanel::ask()
{
    if (m_isAsking || m_function.isEmpty() || !isVisible() || !m_session.isConnected()) {
        if (!m_session.isConnected()) {
            m_problem->clear(); // the page says that it is offline
        }
        showNote();
        return;
    }
    m_isAsking = true;
    client::LogQuery query;
    query.function = m_function.toStdString();
    query.group = m_group;
    query.after = m_after;
    query.limit = linesAtOnce;
    QCoro::connect(m_session.client().logs(std::move(query), m_stop.get_token()), this,
                   [this, stop = m_stop.get_token(), wasFirst = !m_after](Result<wire::LogPage> &&page) {
                       if (stop.stop_requested()) {
                           return;
                       }
                       m_isAsking = false;
                       if (page) {
                           m_problem->clear();
                           take(std::move(*page), wasFirst);
                       } else {
                           m_problem->setText(
                               tr("The log could not be read: %1").arg(toText(page.error().detail)));
                           m_problem->setToolTip(m_problem->text());
                       }
                   });
}

void LogPanel::take(wire::LogPage page, bool wasFirst)
{
    if (m_after && page.nextSequence <= *m_after) {
        m_after.reset(); // the function was deleted and made again: its log begins anew
        m_model->clear();
        ask();
        return;
    }
    const bool isFull = !wasFirst && page.items.size() >= static_cast<std::size_t>(linesAtOnce);
    m_after = page.nextSequence - 1;
    m_lost = page.dropped;
    const bool hasNew = !page.items.empty();
    m_model->append(std::move(page.items));
    if (hasNew) {
        showHits();
        if (!m_model->isHeld()) {
            m_view->scrollToBottom();
        }
    }
    showFoot();
    if (isFull) {
        ask();
    }
}

void LogPanel::hold()
{
    m_model->setHeld(true);
    showFollow();
    showFoot();
}

void LogPanel::follow()
{
    m_model->setHeld(false);
    showFollow();
    showHits();
    m_view->scrollToBottom();
    showFoot();
}

void LogPanel::toggleHold()
{
    m_model->isHeld() ? follow() : hold();
}

void LogPanel::setLevel(const QString &id)
{
    m_model->setLeast(id == "error"_L1  ? wire::Severity::Error
                      : id == "warn"_L1 ? wire::Severity::Warn
                      : id == "info"_L1 ? wire::Severity::Info
                                        : wire::Severity::Debug);
    search();
    showFoot();
    if (!m_model->isHeld()) {
        m_view->scrollToBottom();
    }
}

void LogPanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

/// The newest hit first: what one looks for has mostly just happened.
void LogPanel::search()
{
    m_hits = m_model->rowsWith(m_search->text());
    m_hit = static_cast<int>(m_hits.size()) - 1;
    showHits();
    if (m_hit >= 0) {
        hold();
        m_view->scrollTo(m_model->index(m_hits[m_hit]), QAbstractItemView::PositionAtCenter);
    }
}

void LogPanel::stepHit(int by)
{
    m_hits = m_model->rowsWith(m_search->text());
    if (m_hits.isEmpty()) {
        showHits();
        return;
    }
    const int all = static_cast<int>(m_hits.size());
    m_hit = ((std::min(m_hit, all - 1) + by) % all + all) % all;
    hold();
    showHits();
    m_view->scrollTo(m_model->index(m_hits[m_hit]), QAbstractItemView::PositionAtCenter);
}

void LogPanel::showHits()
{
    m_hits = m_model->rowsWith(m_search->text());
    m_hit = std::min(m_hit, static_cast<int>(m_hits.size()) - 1);
    const QLocale locale;
    m_hitCount->setText(m_search->text().isEmpty() ? QString()
                        : m_hits.isEmpty()
                            ? tr("no hit")
                            : tr("%1 of %2").arg(locale.toString(m_hit + 1), locale.toString(m_hits.size())));
    m_view->setSearch(m_search->text(), m_hit >= 0 ? m_hits[m_hit] : -1);
}

void LogPanel::showFoot()
{
    const QLocale locale;
    QString lines = m_model->isFiltered()
                        ? tr("Lines shown: %1 of %2")
                              .arg(locale.toString(m_model->rowCount()), locale.toString(m_model->kept()))
                        : tr("Lines in view: %1").arg(locale.toString(m_model->kept()));
    if (m_model->isHeld()) {
        lines += u" · "_s + tr("held, %1 new wait").arg(locale.toString(m_model->waiting()));
    }
    m_lines->setText(lines);
    m_dropped->setText(
        tr("%1 dropped")
            .arg(m_lost ? locale.toString(static_cast<qlonglong>(*m_lost)) : widgets::unknownText()));
    m_dropped->setInk(m_lost.value_or(0) > 0 ? Ink::Warn : Ink::Dim);
    showNote();
}

void LogPanel::showNote()
{
    m_view->setNote(
        !m_after              ? (m_session.isConnected() ? tr("Reading the log…")
                                                         : tr("The log is read when the platform is back."))
        : m_model->kept() > 0 ? tr("No line of these instances at this level; %1 others are hidden.")
                                    .arg(QLocale().toString(m_model->kept()))
        : m_group ? tr("No line in this group yet. What the function writes appears here within a second.")
                  : tr("No line yet. What the function writes appears here within a second."));
}

} // namespace nest::console
