// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/instances/instancestab.h"

#include "app/console/look.h"
#include "app/console/pages/function/instances/endedbox.h"
#include "app/console/pages/function/instances/instancesmodel.h"
#include "app/console/pages/function/instances/logpanel.h"
#include "models/roles.h"
#include "models/session.h"
#include "widgets/state/emptystate.h"
#include "widgets/state/errorstate.h"
#include "widgets/table/tableview.h"
#include "widgets/theme/controls.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>

#include <algorithm>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::CollectionBase;
using widgets::ConnectionStatus;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
/// Names and colours of the phases of a cold start.
class PhasesLegend final : public QWidget
{
public:
    explicit PhasesLegend(QWidget *parent) : QWidget(parent)
    {
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        int width = 0;
        for (const QString &name : widgets::phaseNames()) {
            width += metrics().horizontalAdvance(name) + square + widgets::space::control + gap;
        }
        return {width, widgets::themeOf(this).size.rowCompact};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const widgets::Theme &theme = widgets::themeOf(this);
        QPainter painter(this);
        painter.setFont(theme.font(TextStyle::Caption));
        painter.setPen(theme.text.dim);
        const auto names = widgets::phaseNames();
        const auto colors = widgets::phaseColors(theme);
        int at = gap;
        for (std::size_t i = 0; i < names.size(); ++i) {
            painter.fillRect(QRect(at, (height() - square) / 2, square, square), colors[i]);
            at += square + widgets::space::control;
            painter.drawText(QRect(at, 0, width() - at, height()), Qt::AlignVCenter, names[i]);
            at += metrics().horizontalAdvance(names[i]) + gap;
        }
    }

private:
    static constexpr int square = 8;
    static constexpr int gap = 14;

    [[nodiscard]] QFontMetrics metrics() const
    {
        return QFontMetrics(widgets::themeOf(this).font(TextStyle::Caption));
    }
};
} // namespace

InstancesTab::InstancesTab(models::Session &session, QWidget *parent)
    : FunctionTab({.id = u"instances"_s, .title = tr("Instances")}, parent)
    , m_session(session)
    , m_model(new InstancesModel(session.stats(), this))
    , m_groups(new widgets::SegmentedControl)
    , m_counts(new Label({}, TextStyle::Body, Ink::Dim))
    , m_table(new widgets::TableView)
    , m_ended(new EndedBox)
    , m_log(new LogPanel(session))
{
    auto *above = new QWidget;
    auto *upper = new QVBoxLayout(above);
    upper->setContentsMargins({});
    upper->setSpacing(0);
    upper->addWidget(buildHead());
    upper->addWidget(widgets::makeLine(Qt::Horizontal, above));
    upper->addWidget(m_table, 1);
    upper->addWidget(m_ended);
    auto *split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(above);
    split->addWidget(m_log);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(split);
    buildTable();
    addKeys();
    m_log->setInstances({});
    connect(&session.deployments(), &CollectionBase::changed, this, &InstancesTab::showAll);
    connect(&session.deployments(), &CollectionBase::listed, this, &InstancesTab::showAll);
    connect(&session, &models::Session::stateChanged, this, &InstancesTab::showAll);
}

InstancesTab::~InstancesTab()
{
    m_model->follow(nullptr);
}

QWidget *InstancesTab::buildHead()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    m_counts->setObjectName("instanceCounts"_L1);
    row->setSpacing(widgets::space::panel);
    m_groups->setObjectName("instanceGroups"_L1);
    m_groups->setAccessibleName(tr("Groups whose instances are shown"));
    m_groups->addSegment(tr("This group"), u"thisGroup"_s);
    m_groups->addSegment(tr("All groups"), u"allGroups"_s);
    connect(m_groups, &widgets::SegmentedControl::currentChanged, this, &InstancesTab::chooseGroups);
    row->addWidget(m_groups);
    row->addWidget(m_counts, 1);
    row->addWidget(new PhasesLegend(box));
    box->setFixedHeight(widgets::themeOf(this).size.panelHead);
    return box;
}

void InstancesTab::buildTable()
{
    m_table->setObjectName("instances"_L1);
    m_table->setAccessibleName(tr("Instances"));
    m_table->setSource(m_model);
    m_table->setColumnWidths({110, 100, 84, 190, 200, 84, 84, 96, 84, 88, 200});
    m_table->setStretchColumn(InstancesModel::Reason);
    m_table->sortBy({InstancesModel::State, Qt::AscendingOrder}, {InstancesModel::Since, Qt::AscendingOrder});
    m_table->setMinimumHeight(5 * widgets::themeOf(this).size.rowNormal);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &InstancesTab::showChosen);
    connect(m_table, &widgets::TableView::inspectorRequested, m_log, &LogPanel::toggleHold);
    for (auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved}) {
        connect(m_model, change, this, &InstancesTab::showAll);
    }
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first) {
        if (first.column() == InstancesModel::State) {
            showAll();
        }
    });
}

void InstancesTab::addKeys()
{
    const auto key = [this](const QString &text, const QKeySequence &keys, auto &&act) -> QAction * {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, m_log, act);
        addAction(action);
        return action;
    };
    key(tr("Search the log"), QKeySequence::Find, [this] { m_log->focusSearch(); });
    key(tr("Next hit"), Qt::Key_F3, [this] { m_log->stepHit(1); });
    key(tr("Previous hit"), Qt::SHIFT | Qt::Key_F3, [this] { m_log->stepHit(-1); });
    // Off without a selection, so that the key stays everybody else's.
    QAction *clear =
        key(tr("Take the selection back"), QKeySequence(Qt::Key_Escape), [this] { clearSelection(); });
    clear->setEnabled(false);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, clear,
            [this, clear] { clear->setEnabled(m_table->selectionModel()->hasSelection()); });
}

void InstancesTab::clearSelection()
{
    m_table->clearSelection();
    m_table->setCurrentIndex({});
}

bool InstancesTab::showsAllGroups() const
{
    return m_groups->current() == "allGroups"_L1;
}

void InstancesTab::chooseGroups()
{
    m_model->setGroup(showsAllGroups() ? std::nullopt : std::optional(m_target.group));
    showChosen();
    m_shown = Shown::Rows; // the text of an empty table names the group
    m_table->setPlaceholder(nullptr);
    showAll();
}

void InstancesTab::setTarget(const FunctionTarget &target)
{
    const bool isNew = target.function != m_target.function;
    m_target = target;
    chooseGroups();
    if (!isNew) {
        return;
    }
    m_model->follow(nullptr);
    m_instances.reset();
    m_log->setFunction(target.function);
    if (!target.function.isEmpty()) {
        m_instances = m_session.follow<wire::Instance>(
            "/v1/instances?function=" + target.function.toUtf8(),
            [name = target.function.toStdString()](const wire::Instance &each) {
                return each.function == name;
            });
        m_model->follow(m_instances.get());
        m_wasStale = false;
        connect(m_instances.get(), &CollectionBase::stateChanged, this, &InstancesTab::catchUp);
        connect(m_instances.get(), &CollectionBase::listed, this, &InstancesTab::showAll);
    }
    showChosen();
    showAll();
}

void InstancesTab::setConnectionStatus(const ConnectionStatus &status)
{
    const bool isOld =
        status.state == ConnectionStatus::State::Offline || status.state == ConnectionStatus::State::Failed;
    m_table->setStale(isOld);
    m_log->setStale(isOld);
}

void InstancesTab::refresh()
{
    m_table->sortNow();
    if (m_session.isConnected() && m_instances) {
        m_instances->list();
    } else {
        m_session.retry();
    }
}

void InstancesTab::focusFilter()
{
    m_log->focusSearch();
}

bool InstancesTab::isDeployed(bool inAnyGroup) const
{
    auto &deployments = m_session.deployments();
    for (std::size_t i = 0; i < deployments.size(); ++i) {
        const wire::Deployment &each = deployments.at(i);
        if (toText(each.function) == m_target.function && (inAnyGroup || groupOf(each) == m_target.group)) {
            return true;
        }
    }
    return false;
}

/// Instances do not outlive a crash of the platform, and nobody is left to tell that they ended: after each
/// break they are listed again.
void InstancesTab::catchUp()
{
    const bool isStale = m_instances->isStale();
    if (std::exchange(m_wasStale, isStale && m_instances->isListed()) && !isStale) {
        m_instances->list();
    }
    showAll();
}

void InstancesTab::showAll()
{
    const bool isListed = m_instances && m_instances->isListed() && m_session.deployments().isListed();
    const bool hasFailed =
        m_instances && m_instances->state() == CollectionBase::State::Failed && m_session.isConnected();
    show(m_model->rowCount() > 0        ? Shown::Rows
         : !isListed                    ? (hasFailed ? Shown::Error : Shown::Loading)
         : isDeployed(showsAllGroups()) ? Shown::AtZero
         : isDeployed(true)             ? Shown::NotHere
                                        : Shown::NotDeployed);
    showCounts();
}

void InstancesTab::show(Shown what)
{
    if (what == m_shown) {
        return;
    }
    m_shown = what;
    m_table->setLoading(what == Shown::Loading);
    m_table->horizontalHeader()->setVisible(what == Shown::Rows || what == Shown::Loading);
    switch (what) {
    case Shown::Rows:
    case Shown::Loading:
        m_table->setPlaceholder(nullptr);
        break;
    case Shown::AtZero: {
        const QString zero = tr("The function is at zero; the next request starts an instance.");
        auto *empty = new widgets::EmptyState(
            u"instance"_s,
            showsAllGroups() ? tr("No instance runs")
                             : tr("No instance runs in %1").arg(toText(toString(m_target.group))),
            zero);
        m_table->setPlaceholder(empty);
        break;
    }
    case Shown::NotHere: {
        auto *empty = new widgets::EmptyState(
            u"instance"_s, tr("Not deployed to %1").arg(toText(toString(m_target.group))),
            tr("The function is deployed to other groups. Their instances are under All groups."));
        connect(empty->addButton(tr("Show all groups"), u"group"_s), &QPushButton::clicked, m_groups,
                [this] { m_groups->setCurrent(u"allGroups"_s); });
        m_table->setPlaceholder(empty);
        break;
    }
    case Shown::NotDeployed: {
        auto *empty = new widgets::EmptyState(
            u"instance"_s, tr("The function is not deployed"),
            tr("Instances run where it is deployed. Deploy a version to a group, or run a test."));
        connect(empty->addButton(tr("Deploy…"), u"deploy"_s), &QPushButton::clicked, this,
                [this] { Q_EMIT deployRequested({m_target.function, {}, {}}); });
        m_table->setPlaceholder(empty);
        break;
    }
    case Shown::Error: {
        auto *error = new widgets::ErrorState;
        error->setError({.title = tr("The instances could not be read"),
                         .sentence = toText(m_instances->lastError().detail),
                         .steps = {tr("Retry; the console also tries again by itself")},
                         .requestId = {}});
        connect(error, &widgets::ErrorState::retryRequested, this, [this] { m_instances->list(); });
        m_table->setPlaceholder(error);
        break;
    }
    }
}

void InstancesTab::showCounts()
{
    using State = wire::InstanceState;
    const bool isKnown = m_instances && m_instances->isListed();
    const QString badge =
        isKnown && m_model->running() > 0 ? QLocale().toString(m_model->running()) : QString();
    if (badge != m_badge) {
        m_badge = badge;
        Q_EMIT badgeChanged(badge);
    }
    QStringList parts;
    const auto part = [&](State state, const QString &text) {
        if (const int count = m_model->count(state); count > 0) {
            parts.append(text.arg(QLocale().toString(count)));
        }
    };
    part(State::Ready, tr("%1 ready"));
    part(State::Pending, tr("%1 pending"));
    part(State::Starting, tr("%1 starting"));
    part(State::Draining, tr("%1 draining"));
    part(State::Failed, tr("%1 failed"));
    part(State::Stopped, tr("%1 stopped"));
    QString text = !isKnown          ? widgets::unknownText()
                   : parts.isEmpty() ? tr("none runs")
                                     : parts.join(u" · "_s);
    if (const int trials = m_model->trials(); isKnown && trials > 0) {
        text += u" · "_s + tr("of them %n trials", nullptr, trials);
    }
    if (const int others = elsewhere(); isKnown && others > 0) {
        text += u" · "_s + tr("%1 more in other groups").arg(QLocale().toString(others));
    }
    m_counts->setText(text);
    if (const auto rows = m_table->selectedSources(); rows.size() == 1) {
        m_ended->setInstance(m_model->find(rows.first().data(models::KeyRole).toString().toStdString()));
    }
}

int InstancesTab::elsewhere() const
{
    int all = 0;
    for (std::size_t i = 0; m_instances && i < m_instances->size(); ++i) {
        all += hasEnded(m_instances->at(i)) ? 0 : 1;
    }
    return all - m_model->running();
}

void InstancesTab::showChosen()
{
    QStringList ids;
    const auto rows = m_table->selectedSources();
    for (const QModelIndex &row : rows) {
        ids.append(row.data(models::KeyRole).toString());
    }
    // A trial is listed with every group and is in none, and so are its lines.
    const bool isAny = showsAllGroups() || std::ranges::any_of(ids, [this](const QString &id) {
                           const wire::Instance *instance = m_model->find(id.toStdString());
                           return instance != nullptr && instance->set.empty();
                       });
    m_log->setGroup(isAny ? std::nullopt : std::optional(m_target.group));
    m_log->setInstances(ids);
    m_ended->setInstance(ids.size() == 1 ? m_model->find(ids.first().toStdString()) : nullptr);
}

} // namespace nest::console
