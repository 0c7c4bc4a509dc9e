// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/groups/groupdialog.h"

#include "app/console/groups/grouptexts.h"
#include "app/console/guard/guarddialog.h"
#include "app/console/look.h"
#include "models/session.h"
#include "widgets/shell/shellstate.h"
#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr QSize dialogSize{860, 460};
constexpr int formWidth = 380;
constexpr int longestOwner = 100;

wire::Time now()
{
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}
} // namespace

GroupDialog::GroupDialog(models::Session &session, const models::Guard &guard, Part part,
                         const wire::GroupName &beginWith, QWidget *window)
    : ModalLayer(window)
    , m_session(session)
    , m_guard(guard)
    , m_set(new QLineEdit)
    , m_lane(new QLineEdit)
    , m_region(new QLineEdit)
    , m_owner(new QLineEdit)
    , m_end(new QComboBox)
    , m_laneFields(new QWidget)
    , m_said(new Label({}, TextStyle::Body, Ink::Dim))
    , m_make(new QPushButton(tr("Make the group")))
    , m_list(new QVBoxLayout)
{
    setObjectName("groupDialog"_L1);
    setPanelSize(dialogSize);
    auto *row = new QHBoxLayout(panel());
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(0);
    row->addWidget(buildForm(part, beginWith));
    row->addWidget(widgets::makeLine(Qt::Vertical, panel()));
    row->addWidget(buildList(), 1);
    connect(&session.groups(), &models::CollectionBase::changed, this, [this] {
        fillList();
        showProblem();
    });
    fillList();
    showProblem();
}

QWidget *GroupDialog::buildForm(Part part, const wire::GroupName &beginWith)
{
    auto *box = new QWidget;
    box->setFixedWidth(formWidth);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(20, 20, 20, widgets::space::page);
    column->setSpacing(widgets::space::panel);
    column->addWidget(new Label(part == Part::Set      ? tr("New SET")
                                : part == Part::Lane   ? tr("New lane")
                                : part == Part::Region ? tr("New region")
                                                       : tr("New group"),
                                TextStyle::Title));
    auto *what = new Label(
        part == Part::Set    ? tr("A SET is a cell of the platform with its own deployments.")
        : part == Part::Lane ? tr("A lane lies over main: what is not deployed in it is answered by main.")
        : part == Part::Region
            ? tr("A region is a place that functions run in. This platform runs all of them on one machine.")
            : tr("A group is a place to deploy to: one SET, one lane and one region together."),
        TextStyle::Body, Ink::Secondary);
    what->setWordWrap(true);
    column->addWidget(what);
    auto *grid = new QGridLayout;
    grid->setVerticalSpacing(widgets::space::control);
    grid->setHorizontalSpacing(widgets::space::panel);
    const auto add = [&](const QString &name, QLineEdit *edit, const QString &id, const std::string &text,
                         bool isNew) {
        auto *head = new Label(name, TextStyle::Body, Ink::Secondary);
        head->setToolTip(
            widgets::wrappedTip(widgets::scopeTip(edit == m_set    ? widgets::ScopePart::Set
                                                  : edit == m_lane ? widgets::ScopePart::Lane
                                                                   : widgets::ScopePart::Region)));
        edit->setToolTip(head->toolTip());
        grid->addWidget(head, grid->rowCount(), 0);
        grid->addWidget(edit, grid->rowCount() - 1, 1);
        edit->setObjectName(id);
        edit->setAccessibleName(name);
        edit->setText(isNew ? QString() : toText(text));
        connect(edit, &QLineEdit::textChanged, this, &GroupDialog::showProblem);
        connect(edit, &QLineEdit::returnPressed, m_make, &QPushButton::click); // nothing while it is off
        if (isNew) {
            m_new = edit;
        }
    };
    add(tr("SET"), m_set, u"groupSet"_s, beginWith.set, part == Part::Set);
    add(tr("Lane"), m_lane, u"groupLane"_s, beginWith.lane, part == Part::Lane || part == Part::Group);
    add(tr("Region"), m_region, u"groupRegion"_s, beginWith.region, part == Part::Region);
    column->addLayout(grid);
    auto *lane = new QGridLayout(m_laneFields);
    lane->setContentsMargins({});
    lane->setVerticalSpacing(widgets::space::control);
    lane->setHorizontalSpacing(widgets::space::panel);
    m_owner->setObjectName("groupOwner"_L1);
    m_owner->setAccessibleName(tr("Owner"));
    m_owner->setMaxLength(longestOwner);
    m_owner->setText(m_session.me() ? toText(m_session.me()->user) : QString());
    m_end->setAccessibleName(tr("Ends after"));
    m_end->setObjectName("groupEnd"_L1);
    for (const int hours : {1, 8, 24, 72, 168}) {
        m_end->addItem(widgets::ageText(std::chrono::hours(hours)), hours);
    }
    m_end->addItem(tr("never"), 0);
    m_end->setCurrentIndex(2);
    const QFontMetrics metrics(widgets::themeOf(this).font(TextStyle::Body)); // one edge for both grids
    int names = 0;
    for (const QString &name : {tr("SET"), tr("Lane"), tr("Region"), tr("Owner"), tr("Ends after")}) {
        names = std::max(names, metrics.horizontalAdvance(name) + 2);
    }
    grid->setColumnMinimumWidth(0, names);
    lane->setColumnMinimumWidth(0, names);
    lane->addWidget(new Label(tr("Owner"), TextStyle::Body, Ink::Secondary), 0, 0);
    lane->addWidget(m_owner, 0, 1);
    lane->addWidget(new Label(tr("Ends after"), TextStyle::Body, Ink::Secondary), 1, 0);
    lane->addWidget(m_end, 1, 1, Qt::AlignLeft);
    column->addWidget(m_laneFields);
    m_said->setWordWrap(true);
    m_said->setObjectName("groupSaid"_L1);
    column->addWidget(m_said);
    column->addStretch();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    auto *close = new QPushButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &GroupDialog::finish);
    buttons->addWidget(close);
    widgets::setButtonKind(m_make, widgets::ButtonKind::Primary);
    m_make->setObjectName("makeGroup"_L1);
    connect(m_make, &QPushButton::clicked, this, &GroupDialog::accept);
    buttons->addWidget(m_make);
    column->addLayout(buttons);
    return box;
}

QWidget *GroupDialog::buildList()
{
    auto *content = new QWidget;
    content->setLayout(m_list);
    m_list->setContentsMargins(widgets::space::page, 20, widgets::space::page, widgets::space::page);
    m_list->setSpacing(widgets::space::control);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    return scroll;
}

wire::GroupName GroupDialog::name() const
{
    return {m_set->text().toStdString(), m_lane->text().toStdString(), m_region->text().toStdString()};
}

QString GroupDialog::problem() const
{
    for (const QLineEdit *part : {m_set, m_lane, m_region}) {
        if (const QString text = partProblem(part->text()); !text.isEmpty()) {
            return u"%1: %2"_s.arg(part->accessibleName(), text);
        }
    }
    return m_session.groups().find(toString(name())) != nullptr
               ? tr("%1 is there already.").arg(toText(toString(name())))
               : QString();
}

void GroupDialog::showProblem()
{
    m_laneFields->setVisible(m_lane->text() != u"main"_s);
    const QString text = problem();
    m_make->setEnabled(text.isEmpty() && !m_isBusy);
    say(text.isEmpty() ? tr("Makes the group %1.").arg(toText(toString(name()))) : text, false);
}

void GroupDialog::say(const QString &sentence, bool isBad)
{
    m_said->setText(sentence);
    m_said->setInk(isBad ? Ink::Bad : Ink::Dim);
}

void GroupDialog::accept()
{
    if (!problem().isEmpty() || m_isBusy) {
        return;
    }
    wire::Group group;
    group.set = name().set;
    group.lane = name().lane;
    group.region = name().region;
    if (group.lane != "main") {
        group.owner = m_owner->text().trimmed().toStdString();
        if (const int hours = m_end->currentData().toInt(); hours > 0) {
            group.expiresAt = now() + std::chrono::hours(hours);
        }
    }
    const QString made = toText(toString(name()));
    askGuard(m_guard, this,
             {.title = tr("Make the group %1").arg(made),
              .effects = {tr("Nothing runs in it until something is deployed to it.")},
              .name = made,
              .button = tr("Make the group"),
              .reason = {}},
             [this, group](const QString &) { make(group); });
}

void GroupDialog::make(const wire::Group &group)
{
    if (m_isBusy) {
        return;
    }
    m_isBusy = true;
    m_make->setEnabled(false);
    QCoro::connect(m_session.client().putGroup(group), this,
                   [this, made = name()](Result<wire::Group> &&put) {
                       m_isBusy = false;
                       if (!put) {
                           m_make->setEnabled(true);
                           say(toText(put.error().detail), true);
                           return;
                       }
                       Q_EMIT this->made(made);
                       finish();
                   });
}

void GroupDialog::fillList()
{
    while (const QLayoutItem *old = m_list->takeAt(0)) {
        if (old->widget() != nullptr) {
            old->widget()->deleteLater();
        }
        delete old;
    }
    m_list->addWidget(new Label(tr("Groups"), TextStyle::Strong));
    std::vector<wire::Group> groups;
    for (std::size_t i = 0; i < m_session.groups().size(); ++i) {
        groups.push_back(m_session.groups().at(i));
    }
    std::ranges::sort(groups, {}, [](const wire::Group &group) {
        return wire::GroupName{group.set, group.lane, group.region};
    });
    for (const wire::Group &group : groups) {
        addRow(group);
    }
    m_list->addStretch();
}

void GroupDialog::addRow(const wire::Group &group)
{
    const wire::GroupName groupName{group.set, group.lane, group.region};
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    auto *chip = new widgets::CellWidget;
    chip->setCell(groupCell(groupName));
    row->addWidget(chip);
    int deployments = 0;
    for (std::size_t i = 0; i < m_session.deployments().size(); ++i) {
        deployments += groupOf(m_session.deployments().at(i)) == groupName ? 1 : 0;
    }
    QStringList facts{tr("%n functions", nullptr, deployments)};
    if (!group.owner.empty()) {
        facts.append(toText(group.owner));
    }
    if (const QString end = endText(group, now()); !end.isEmpty()) {
        facts.append(end);
    }
    row->addWidget(new Label(facts.join(u" · "_s), TextStyle::Caption, Ink::Dim), 1);
    const bool isLane = group.lane != "main";
    if (isLane || deployments == 0) {
        const bool isAsked = m_asked == toString(groupName);
        auto *del =
            new QPushButton(isAsked ? tr("Delete with %n functions", nullptr, deployments) : tr("Delete…"));
        del->setObjectName(u"delete."_s + toText(toString(groupName)));
        widgets::setSmall(del);
        widgets::setButtonKind(del, isAsked ? widgets::ButtonKind::Danger : widgets::ButtonKind::Ghost);
        connect(del, &QPushButton::clicked, this, [this, group, isAsked, deployments] {
            isAsked ? askGuardFor(group, deployments) : askDelete(group);
        });
        row->addWidget(del);
    }
    m_list->addWidget(box);
}

/// The second press on the same button does it.
void GroupDialog::askDelete(const wire::Group &group)
{
    m_asked = toString(wire::GroupName{group.set, group.lane, group.region});
    fillList();
}

void GroupDialog::askGuardFor(const wire::Group &group, int deployments)
{
    const QString name = toText(toString(wire::GroupName{group.set, group.lane, group.region}));
    askGuard(m_guard, this,
             {.title = tr("Delete the group %1").arg(name),
              .effects = {tr("%n functions run there; their deployments go with it.", nullptr, deployments)},
              .name = name,
              .button = tr("Delete"),
              .reason = {},
              .isDestroying = true},
             [this, group](const QString &) { remove(group); });
}

void GroupDialog::remove(const wire::Group &group)
{
    m_asked.clear();
    const wire::GroupName groupName{group.set, group.lane, group.region};
    QCoro::connect(m_session.client().deleteGroup(groupName, group.etag.value_or(std::string())), this,
                   [this, groupName](Result<> &&done) {
                       done ? say(tr("%1 is deleted.").arg(toText(toString(groupName))), false)
                            : say(toText(done.error().detail), true);
                       fillList();
                   });
}

} // namespace nest::console
