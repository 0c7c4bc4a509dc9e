// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/eventbar.h"

#include "app/console/pages/function/test/eventstore.h"
#include "app/console/pages/function/test/requesttext.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QRegularExpressionValidator>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::TextStyle;

namespace {

constexpr auto eventPrefix = "event:"_L1;
constexpr auto templatePrefix = "template:"_L1;

QString keyOf(const std::string &name)
{
    return eventPrefix + QString::fromStdString(name);
}

bool isSameRequest(const wire::TestEvent &one, const wire::TestEvent &other)
{
    return one.kind == other.kind && one.method == other.method && one.path == other.path &&
           one.headers == other.headers && one.body == other.body;
}

QPushButton *linkButton(const QString &text, const QString &name)
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    widgets::setButtonKind(button, widgets::ButtonKind::Link);
    widgets::setSmall(button);
    return button;
}

} // namespace

EventBar::EventBar(EventStore &store, QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_combo(new QComboBox(this))
    , m_saveAction(new QAction(widgets::themedIcon(u"save"_s), tr("Save event"), this))
    , m_foot(new QWidget)
{
    m_combo->setObjectName("eventCombo"_L1);
    m_combo->setAccessibleName(tr("Test event"));
    m_combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // long names are cut, not the panel
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_combo, 1);
    buildFoot();
    fill();
    connect(m_combo, &QComboBox::activated, this,
            [this](int index) { choose(m_combo->itemData(index).toString()); });
    connect(&store, &EventStore::listed, this, &EventBar::fill);
    connect(&store, &EventStore::saved, this, &EventBar::takeSaved);
    connect(&store, &EventStore::conflicted, this, &EventBar::showConflict);
    connect(&store, &EventStore::removed, this, [this](const QString &name) {
        m_edits.own.remove(eventPrefix + name);
        if (m_edits.chosen == eventPrefix + name) {
            choose(templatePrefix + "get"_L1);
        }
    });
    connect(&store, &EventStore::failed, this,
            [this](const Error &error) { showMessage(QString::fromStdString(error.detail), true); });
}

void EventBar::buildFoot()
{
    m_save = linkButton(tr("Save event"), u"saveEvent"_s);
    m_more = linkButton(tr("More"), u"moreEvent"_s);
    auto *menu = new QMenu(m_more);
    menu->addAction(tr("Save as…"), this, [this] { openForm(Form::SaveAs); })->setObjectName("saveAs"_L1);
    auto *rename = menu->addAction(tr("Rename…"), this, [this] { openForm(Form::Rename); });
    auto *drop = menu->addAction(tr("Throw changes away"), this, [this] {
        m_edits.own.remove(m_edits.chosen);
        choose(m_edits.chosen);
    });
    menu->addSeparator();
    auto *removal = menu->addAction(tr("Delete event"), this, &EventBar::remove);
    rename->setObjectName("renameEvent"_L1);
    removal->setObjectName("deleteEvent"_L1);
    connect(menu, &QMenu::aboutToShow, this, [this, rename, removal, drop] {
        rename->setEnabled(isSavedOne());
        removal->setEnabled(isSavedOne());
        drop->setEnabled(m_edits.own.contains(m_edits.chosen));
    });
    m_more->setMenu(menu);
    m_state = new widgets::Label({}, TextStyle::Caption, Ink::Dim);
    m_state->setObjectName("eventState"_L1);
    m_message = new widgets::Label({}, TextStyle::Caption, Ink::Bad);
    m_message->setObjectName("eventMessage"_L1);
    m_message->setWordWrap(true);
    m_message->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::panel);
    row->addWidget(m_save);
    row->addWidget(m_more);
    row->addStretch();
    row->addWidget(m_state);
    buildForm();
    buildConflict();
    auto *column = new QVBoxLayout(m_foot);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::chip);
    column->addLayout(row);
    column->addWidget(m_formBox);
    column->addWidget(m_conflictBox);
    column->addWidget(m_message);
    connect(m_save, &QPushButton::clicked, m_saveAction, &QAction::trigger);
    connect(m_saveAction, &QAction::triggered, this, &EventBar::save);
}

void EventBar::buildForm()
{
    m_formBox = new QWidget;
    m_name = new QLineEdit;
    m_name->setObjectName("eventName"_L1);
    m_name->setPlaceholderText(tr("Name of the event"));
    m_name->setAccessibleName(m_name->placeholderText());
    m_name->setMaxLength(60);
    m_name->setValidator(
        new QRegularExpressionValidator(QRegularExpression(u"[a-z0-9][a-z0-9-]*"_s), m_name));
    widgets::setSmall(m_name);
    m_visibility = new widgets::SegmentedControl;
    m_visibility->setObjectName("eventVisibility"_L1);
    m_visibility->addSegment(tr("Private"), u"private"_s);
    m_visibility->addSegment(tr("Shared"), u"shared"_s);
    auto *apply = new QPushButton(tr("Save"));
    apply->setObjectName("eventApply"_L1);
    widgets::setButtonKind(apply, widgets::ButtonKind::Primary);
    widgets::setSmall(apply);
    auto *leave = new QPushButton(tr("Cancel"));
    widgets::setSmall(leave);
    widgets::setButtonKind(leave, widgets::ButtonKind::Ghost);
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::control);
    row->addWidget(m_visibility);
    row->addStretch();
    row->addWidget(leave);
    row->addWidget(apply);
    auto *column = new QVBoxLayout(m_formBox);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::chip);
    column->addWidget(m_name);
    column->addLayout(row);
    m_formBox->hide();
    connect(apply, &QPushButton::clicked, this, &EventBar::applyForm);
    connect(m_name, &QLineEdit::returnPressed, this, &EventBar::applyForm);
    connect(leave, &QPushButton::clicked, this, [this] { openForm(Form::None); });
}

void EventBar::buildConflict()
{
    m_conflictBox = new QWidget;
    m_conflictText = new widgets::Label({}, TextStyle::Body, Ink::Warn);
    m_conflictText->setObjectName("conflict"_L1);
    m_conflictText->setWordWrap(true);
    m_keepMine = new QPushButton(tr("Keep mine"));
    m_takeTheirs = new QPushButton(tr("Take theirs"));
    m_keepMine->setObjectName("keepMine"_L1);
    m_takeTheirs->setObjectName("takeTheirs"_L1);
    widgets::setSmall(m_keepMine);
    widgets::setSmall(m_takeTheirs);
    auto *row = new QHBoxLayout;
    row->addWidget(m_keepMine);
    row->addWidget(m_takeTheirs);
    row->addStretch();
    auto *column = new QVBoxLayout(m_conflictBox);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::chip);
    column->addWidget(m_conflictText);
    column->addLayout(row);
    m_conflictBox->hide();
    connect(m_keepMine, &QPushButton::clicked, this, &EventBar::keepMine);
    connect(m_takeTheirs, &QPushButton::clicked, this, &EventBar::takeTheirs);
}

void EventBar::setEdits(const EventEdits &edits)
{
    m_edits = edits;
    m_conflictBox->hide();
    m_message->hide();
    openForm(Form::None);
    fill();
    choose(m_edits.chosen.isEmpty() ? templatePrefix + "get"_L1 : m_edits.chosen);
}

void EventBar::fill()
{
    m_combo->clear();
    for (const wire::TestEvent &event : m_store.events()) {
        const QString name = QString::fromStdString(event.name);
        const bool isShared = event.visibility == wire::Visibility::Shared;
        m_combo->addItem(isShared ? tr("%1 · shared").arg(name) : tr("%1 · private").arg(name),
                         keyOf(event.name));
    }
    if (m_combo->count() > 0) {
        m_combo->insertSeparator(m_combo->count());
    }
    for (const EventTemplate &one : eventTemplates()) {
        m_combo->addItem(one.title, templatePrefix + one.id);
    }
    const int index = m_combo->findData(m_edits.chosen);
    m_combo->setCurrentIndex(index);
    // An event that was chosen before the list came, and nothing was typed meanwhile.
    if (index >= 0 && isSavedOne() && !m_edits.own.contains(m_edits.chosen)) {
        Q_EMIT eventChosen(current());
    }
    showState();
}

wire::TestEvent EventBar::current() const
{
    if (const auto own = m_edits.own.find(m_edits.chosen); own != m_edits.own.end()) {
        return *own;
    }
    if (const auto *saved = m_store.find(m_edits.chosen.mid(eventPrefix.size()));
        saved != nullptr && m_edits.chosen.startsWith(eventPrefix)) {
        return *saved;
    }
    for (const EventTemplate &one : eventTemplates()) {
        if (templatePrefix + one.id == m_edits.chosen) {
            return one.event;
        }
    }
    return eventTemplates().first().event;
}

bool EventBar::isSavedOne() const
{
    return m_edits.chosen.startsWith(eventPrefix) &&
           m_store.find(m_edits.chosen.mid(eventPrefix.size())) != nullptr;
}

void EventBar::choose(const QString &key)
{
    m_edits.chosen = key;
    m_combo->setCurrentIndex(m_combo->findData(key));
    m_conflictBox->hide();
    m_message->hide();
    openForm(Form::None);
    Q_EMIT eventChosen(current());
    showState();
}

void EventBar::noteEdit(const wire::TestEvent &event)
{
    const auto *saved = m_store.find(QString::fromStdString(event.name));
    if (isSavedOne() && saved != nullptr && isSameRequest(event, *saved)) {
        m_edits.own.remove(m_edits.chosen); // typed back to what is saved
    } else {
        m_edits.own.insert(m_edits.chosen, event);
    }
    showState();
}

void EventBar::showState()
{
    const auto saved = static_cast<int>(m_store.events().size());
    const bool isChanged = m_edits.own.contains(m_edits.chosen);
    if (!m_store.listError().type.empty()) {
        m_state->setText(tr("Saved events could not be read"));
        m_state->setToolTip(QString::fromStdString(m_store.listError().detail));
    } else {
        m_state->setToolTip({});
        m_state->setText(isChanged && isSavedOne() ? tr("Changed, not saved")
                         : m_store.isListed()      ? tr("%n saved", nullptr, saved)
                                                   : QString());
    }
    m_save->setEnabled(isChanged || !isSavedOne());
    const QString reason = m_save->isEnabled() ? QString() : tr("Nothing was changed");
    m_save->setToolTip(reason);
    widgets::ActionRegistry::setDisabledReason(m_saveAction, reason);
}

void EventBar::save()
{
    m_message->hide();
    if (isSavedOne()) {
        m_store.save(current());
    } else {
        openForm(Form::SaveAs);
    }
}

void EventBar::openForm(Form form)
{
    m_form = form;
    m_formBox->setVisible(form != Form::None);
    if (form == Form::None) {
        return;
    }
    const auto *saved = m_store.find(m_edits.chosen.mid(eventPrefix.size()));
    m_name->setText(form == Form::Rename && saved != nullptr ? QString::fromStdString(saved->name)
                                                             : QString());
    m_visibility->setCurrent(
        saved != nullptr && saved->visibility == wire::Visibility::Shared ? u"shared"_s : u"private"_s);
    m_name->setFocus();
    m_name->selectAll();
}

void EventBar::applyForm()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty()) {
        showMessage(tr("Give the event a name of small letters, figures and dashes."), true);
        return;
    }
    wire::TestEvent event = current();
    const std::string before = event.name;
    event.visibility =
        m_visibility->current() == "shared"_L1 ? wire::Visibility::Shared : wire::Visibility::Private;
    if (m_form == Form::Rename && isSavedOne()) {
        if (name.toStdString() == before) {
            m_store.save(event); // only seen by others, or no longer
        } else {
            m_store.rename(event, name);
        }
    } else {
        event.name = name.toStdString();
        event.etag.reset();
        m_store.save(event);
    }
}

void EventBar::takeSaved(const wire::TestEvent &event)
{
    // What was typed is in the saved one now, unless typing went on meanwhile.
    const auto typed = m_edits.own.constFind(m_edits.chosen);
    std::optional<wire::TestEvent> further;
    if (typed != m_edits.own.cend() && !isSameRequest(*typed, event)) {
        further = *typed;
        further->name = event.name;
        further->visibility = event.visibility;
        further->etag = event.etag;
    }
    m_edits.own.remove(m_edits.chosen);
    m_edits.own.remove(keyOf(event.name));
    if (further) {
        m_edits.own.insert(keyOf(event.name), *further);
    }
    fill();
    choose(keyOf(event.name));
}

void EventBar::remove()
{
    if (const auto *saved = m_store.find(m_edits.chosen.mid(eventPrefix.size())); saved != nullptr) {
        m_store.remove(*saved);
    }
}

void EventBar::showMessage(const QString &text, bool isBad)
{
    m_message->setInk(isBad ? Ink::Bad : Ink::Secondary);
    m_message->setText(text);
    m_message->show();
}

void EventBar::showConflict(const wire::TestEvent &mine, const std::optional<wire::TestEvent> &theirs)
{
    m_mine = mine;
    m_theirs = theirs;
    const QString name = QString::fromStdString(mine.name);
    if (!theirs && !mine.etag) {
        showMessage(tr("The name %1 is taken by somebody's private event. Choose another name.").arg(name),
                    true);
        return;
    }
    m_edits.own.insert(keyOf(mine.name), mine); // typed text stays, whatever is chosen later
    if (!theirs) {
        m_conflictText->setText(tr("%1 was deleted meanwhile. Your text is still here.").arg(name));
    } else if (!mine.etag) {
        m_conflictText->setText(tr("There is an event %1 already. Keep mine replaces it.").arg(name));
    } else {
        const bool hasTime = theirs->status && theirs->status->changedAt;
        const QString at =
            hasTime ? QDateTime::fromMSecsSinceEpoch(theirs->status->changedAt->time_since_epoch().count())
                          .toString(u"HH:mm:ss"_s)
                    : QString();
        m_conflictText->setText(hasTime ? tr("%1 was changed at %2 by somebody else.").arg(name, at)
                                        : tr("%1 was changed meanwhile by somebody else.").arg(name));
    }
    m_takeTheirs->setVisible(theirs.has_value());
    m_conflictBox->show();
    m_message->hide();
}

void EventBar::keepMine()
{
    if (!m_mine) {
        return;
    }
    wire::TestEvent event = *m_mine;
    event.etag = m_theirs ? m_theirs->etag : std::nullopt;
    m_conflictBox->hide();
    m_store.save(event);
}

void EventBar::takeTheirs()
{
    if (m_theirs) {
        m_edits.own.remove(keyOf(m_theirs->name));
        choose(keyOf(m_theirs->name));
    }
}

} // namespace nest::console
