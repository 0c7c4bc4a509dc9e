// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/newfunction/newfunctionpage.h"

#include "app/console/look.h"
#include "app/console/pages/newfunction/filespreview.h"
#include "app/console/pages/newfunction/functionname.h"
#include "app/console/pages/newfunction/settingsform.h"
#include "app/console/pages/newfunction/templatecard.h"
#include "app/console/pages/newfunction/templatewords.h"
#include "widgets/state/errorstate.h"
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QShortcut>
#include <QStackedWidget>

#include <algorithm>
#include <utility>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {

constexpr int settingsWidth = 472;
constexpr int previewWidth = 480;
constexpr int leastPreviewWidth = 160;
constexpr int leastTemplatesWidth = 240;

} // namespace

NewFunctionPage::NewFunctionPage(models::Session &session, QWidget *parent)
    : Page(
          {.id = u"functions.new"_s, .title = tr("New function"), .icon = u"plus"_s, .under = u"functions"_s},
          parent)
    , m_session(session)
    , m_stack(new QStackedWidget(this))
    , m_cards(new QVBoxLayout)
    , m_cardGroup(new QButtonGroup(this))
    , m_form(new SettingsForm)
    , m_preview(new FilesPreview)
    , m_hint(new Label({}, TextStyle::Body, Ink::Dim))
    , m_create(new QPushButton(tr("Create and run")))
    , m_error(new widgets::ErrorState)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    buildHead();
    column->addWidget(widgets::makeLine(Qt::Horizontal, this));
    auto *parts = new QWidget;
    auto *row = new QHBoxLayout(parts);
    row->setContentsMargins({});
    row->setSpacing(0);
    row->addWidget(buildTemplates(), 1);
    row->addWidget(widgets::makeLine(Qt::Vertical, this));
    row->addWidget(buildSettings());
    row->addWidget(widgets::makeLine(Qt::Vertical, this));
    row->addWidget(m_preview, 100); // as wide as it wants first, and what gives way first
    m_preview->setMaximumWidth(previewWidth);
    m_preview->setMinimumWidth(leastPreviewWidth);
    m_stack->addWidget(parts);
    m_stack->addWidget(m_error);
    column->addWidget(m_stack, 1);

    connect(m_form, &SettingsForm::changed, this, &NewFunctionPage::chooseTemplate);
    connect(m_form, &SettingsForm::addGroupRequested, this, &NewFunctionPage::addGroupRequested);
    connect(&m_form->name(), &FunctionName::entered, this, &NewFunctionPage::create);
    connect(&m_form->name(), &FunctionName::openRequested, this, &NewFunctionPage::openRequested);
    connect(m_create, &QPushButton::clicked, this, &NewFunctionPage::create);
    connect(m_error, &widgets::ErrorState::retryRequested, this, &NewFunctionPage::readTemplates);
    connect(&session.functions(), &models::CollectionBase::changed, this, [this] {
        showServices();
        showChanged();
    });
    connect(&session, &models::Session::writeRefusalChanged, this, &NewFunctionPage::showChanged);
    connect(&session.groups(), &models::CollectionBase::changed, this, &NewFunctionPage::showGroups);
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | key), this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, &NewFunctionPage::create);
    }
    showGroups();
    showChanged();
}

NewFunctionPage::~NewFunctionPage() = default;

void NewFunctionPage::buildHead()
{
    auto *box = new QWidget(this);
    auto *head = new QHBoxLayout(box);
    head->setContentsMargins(widgets::space::page, 0, widgets::space::page, 0);
    head->setSpacing(widgets::space::chip);
    auto *functions = new QPushButton(tr("Functions /"), box);
    widgets::setButtonKind(functions, widgets::ButtonKind::Ghost);
    functions->setAccessibleName(tr("Back to Functions"));
    connect(functions, &QPushButton::clicked, this, [this] { Q_EMIT pageRequested(u"functions"_s); });
    head->addWidget(functions);
    head->addWidget(new Label(info().title, TextStyle::Title));
    head->addStretch();
    head->addWidget(new Label(tr("Nothing is created until you press Create."), TextStyle::Body, Ink::Dim));
    box->setFixedHeight(widgets::themeOf(this).size.pageHeaderPlain);
    layout()->addWidget(box);
}

QWidget *NewFunctionPage::buildTemplates()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(widgets::space::page, widgets::space::page, widgets::space::page,
                               widgets::space::page);
    column->setSpacing(widgets::space::panel);
    column->addWidget(new Label(tr("Start from"), TextStyle::Strong));
    m_cards->setSpacing(widgets::space::control);
    column->addLayout(m_cards);
    column->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setMinimumWidth(leastTemplatesWidth);
    connect(m_cardGroup, &QButtonGroup::buttonToggled, this, [this](const QAbstractButton *card, bool isOn) {
        if (isOn) {
            chooseFamily(card->objectName());
        }
    });
    return scroll;
}

QWidget *NewFunctionPage::buildSettings()
{
    auto *box = new QWidget;
    box->setFixedWidth(settingsWidth);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    column->setSpacing(0);
    auto *content = new QWidget;
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(20, widgets::space::page, 20, widgets::space::page);
    inner->setSpacing(widgets::space::panel);
    auto *title = new QHBoxLayout;
    title->addWidget(new Label(tr("Settings"), TextStyle::Strong));
    title->addWidget(new Label(tr("all can be changed later, except the name"), TextStyle::Body, Ink::Dim));
    title->addStretch();
    inner->addLayout(title);
    inner->addWidget(m_form);
    inner->addStretch();
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(scroll, 1);
    column->addWidget(widgets::makeLine(Qt::Horizontal, box));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(20, 10, 20, 10);
    foot->setSpacing(widgets::space::control);
    m_hint->setWordWrap(true);
    m_hint->setObjectName("hint"_L1);
    foot->addWidget(m_hint, 1);
    auto *cancel = new QPushButton(tr("Cancel"), box);
    connect(cancel, &QPushButton::clicked, this, [this] {
        clear();
        Q_EMIT pageRequested(u"functions"_s);
    });
    foot->addWidget(cancel);
    widgets::setButtonKind(m_create, widgets::ButtonKind::Primary);
    m_create->setIcon(widgets::themedIcon(u"plus"_s));
    m_create->setObjectName("create"_L1);
    m_create->setToolTip(tr("Create and run") + u"  Ctrl+Enter"_s);
    foot->addWidget(m_create);
    column->addLayout(foot);
    return box;
}

void NewFunctionPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (!m_areTemplatesRead) {
        readTemplates();
    }
    showServices();
    showColdStart();
    m_form->name().focusName();
}

void NewFunctionPage::setConnectionStatus(const widgets::ConnectionStatus &status)
{
    const bool isBack = status.state == widgets::ConnectionStatus::State::Live &&
                        m_status.state != widgets::ConnectionStatus::State::Live;
    m_status = status;
    if (isBack && !m_areTemplatesRead && isVisible()) {
        readTemplates();
    }
    m_form->name().setWhere(m_session.connection().name);
    showChanged();
}

void NewFunctionPage::setScope(const widgets::Scope &scope)
{
    m_scope = scope;
    m_isGroupChosen = false;
    showGroups();
}

void NewFunctionPage::refresh()
{
    readTemplates();
}

void NewFunctionPage::focusFilter()
{
    m_form->name().focusName();
}

void NewFunctionPage::clear()
{
    m_form->clear();
}

void NewFunctionPage::readTemplates()
{
    QCoro::connect(m_session.client().templates(), this,
                   [this](Result<client::Page<wire::Template>> &&templates) { take(std::move(templates)); });
}

void NewFunctionPage::take(Result<client::Page<wire::Template>> templates)
{
    if (!templates) {
        if (!m_areTemplatesRead) {
            m_error->setError({.title = tr("The templates could not be read"),
                               .sentence = toText(templates.error().detail),
                               .steps = {tr("Retry; the console also tries again by itself")},
                               .requestId = {}});
            m_stack->setCurrentIndex(1);
        }
        return;
    }
    m_stack->setCurrentIndex(0);
    m_areTemplatesRead = true;
    m_listed = std::move(templates->items);
    // The empty one last: it is for those who know what they want.
    std::ranges::stable_sort(m_listed, {},
                             [](const wire::Template &each) { return each.id.starts_with("empty"); });
    const QString before = m_family;
    for (QAbstractButton *card : m_cardGroup->buttons()) {
        delete card;
    }
    QStringList families;
    for (const wire::Template &each : m_listed) {
        const QString family = familyOf(each);
        if (families.contains(family)) {
            continue;
        }
        families.append(family);
        QStringList runtimes;
        for (const QString &runtime : runtimesOf(family)) {
            runtimes.append(runtimeIcon(runtime.toStdString()));
        }
        auto *card = new TemplateCard({.title = titleOf(each),
                                       .sentence = descriptionOf(each),
                                       .icon = iconOf(each),
                                       .runtimes = runtimes});
        card->setObjectName(family);
        m_cards->addWidget(card);
        m_cardGroup->addButton(card);
        if (family == before || (before.isEmpty() && families.size() == 1)) {
            card->setChecked(true);
        }
    }
}

QStringList NewFunctionPage::runtimesOf(const QString &family) const
{
    QStringList runtimes;
    for (const wire::Template &each : m_listed) {
        if (familyOf(each) == family) {
            runtimes.append(toText(each.runtime));
        }
    }
    return runtimes;
}

void NewFunctionPage::chooseFamily(const QString &family)
{
    m_family = family;
    m_form->setRuntimes(runtimesOf(family));
    chooseTemplate();
}

/// That of the family in the language that the form says.
void NewFunctionPage::chooseTemplate()
{
    const std::string runtime = m_form->settings().runtime;
    const auto listed = std::ranges::find_if(m_listed, [&](const wire::Template &each) {
        return familyOf(each) == m_family && each.runtime == runtime;
    });
    const QString id = listed == m_listed.end() ? QString() : toText(listed->id);
    const bool isOther = std::exchange(m_template, id) != id;
    showChanged();
    if (!isOther || id.isEmpty()) {
        return;
    }
    if (m_templates.contains(id.toStdString())) {
        return;
    }
    QCoro::connect(m_session.client().templateOf(id.toStdString()), this,
                   [this](Result<wire::Template> &&read) {
                       if (read) {
                           m_templates[read->id] = std::move(*read);
                           showChanged();
                       } else {
                           m_hint->setText(toText(read.error().detail));
                       }
                   });
}

void NewFunctionPage::showChanged()
{
    const models::NewFunction settings = m_form->settings();
    const bool isTaken = m_session.functions().find(settings.name) != nullptr;
    m_form->name().setCheck(models::checkName(settings.name, isTaken));
    const auto found = m_templates.find(m_template.toStdString());
    models::NewFunction shown = settings;
    if (shown.name.empty()) {
        shown.name = "hello-price"; // as the field's placeholder says
    }
    m_preview->setFiles(found == m_templates.end() ? std::vector<wire::File>()
                                                   : models::filesOf(found->second, shown));
    const QString reason = whyNot();
    m_create->setEnabled(reason.isEmpty());
    m_create->setToolTip(reason.isEmpty() ? tr("Create and run") + u"  Ctrl+Enter"_s : reason);
    m_hint->setText(reason);
}

/// What is missing before the button may be pressed; empty: nothing.
QString NewFunctionPage::whyNot() const
{
    using State = widgets::ConnectionStatus::State;
    const models::NewFunction settings = m_form->settings();
    if (m_status.state == State::Offline || m_status.state == State::Failed) {
        return tr("Offline: what you typed stays; create it when the platform is back.");
    }
    if (m_session.me() && !m_session.me()->functionsCanStart) {
        return toText(m_session.me()->isolation.remedy);
    }
    if (const auto refused = m_session.writeRefusal()) {
        return toText(refused->detail);
    }
    if (settings.name.empty()) {
        return tr("Give it a name.");
    }
    if (!models::checkName(settings.name, m_session.functions().find(settings.name) != nullptr).isGood()) {
        return tr("The name cannot be used.");
    }
    if (settings.service.empty()) {
        return tr("Give it a service; “default” is the usual one.");
    }
    if (!models::numbersProblem(settings).empty()) {
        return tr("The numbers of instances do not fit.");
    }
    return m_templates.contains(m_template.toStdString()) ? QString() : tr("Reading the template…");
}

void NewFunctionPage::showGroups()
{
    std::vector<wire::GroupName> groups;
    auto &known = m_session.groups();
    for (std::size_t i = 0; i < known.size(); ++i) {
        groups.push_back({known.at(i).set, known.at(i).lane, known.at(i).region});
    }
    std::ranges::sort(groups);
    if (groups.empty()) {
        groups.emplace_back();
    }
    m_form->setGroups(groups);
    if (!m_isGroupChosen) {
        chooseGroup(groups);
    }
}

/// The first one in scope; of the lanes main, unless the scope names another.
void NewFunctionPage::chooseGroup(const std::vector<wire::GroupName> &groups)
{
    const auto fits = [this](const wire::GroupName &group) {
        return (m_scope.set.isEmpty() || m_scope.set == toText(group.set)) &&
               (m_scope.lane.isEmpty() ? group.lane == "main" : m_scope.lane == toText(group.lane)) &&
               (m_scope.region.isEmpty() || m_scope.region == toText(group.region));
    };
    if (const auto best = std::ranges::find_if(groups, fits); best != groups.end()) {
        m_form->setGroup(*best);
        m_isGroupChosen = m_session.groups().isListed();
    }
}

void NewFunctionPage::showServices()
{
    QSet<QString> services{u"default"_s};
    auto &functions = m_session.functions();
    for (std::size_t i = 0; i < functions.size(); ++i) {
        services.insert(toText(functions.at(i).service));
    }
    QStringList sorted(services.begin(), services.end());
    sorted.sort();
    m_form->setServices(sorted);
}

/// Of the newest instance of this runtime whose start was measured whole.
void NewFunctionPage::showColdStart()
{
    std::optional<double> newest;
    std::optional<wire::Time> at;
    auto &instances = m_session.instances();
    for (std::size_t i = 0; i < instances.size(); ++i) {
        const wire::Instance &instance = instances.at(i);
        const wire::ColdStart &start = instance.coldStart;
        if (instance.readyAt && start.startMs && start.runtimeInitMs && start.userInitMs &&
            (!at || *at < *instance.readyAt)) {
            at = instance.readyAt;
            newest = start.scheduleMs.value_or(0) + start.fetchMs.value_or(0) + *start.startMs +
                     *start.runtimeInitMs + *start.userInitMs;
        }
    }
    m_form->setColdStart(newest);
}

models::CreationPlan NewFunctionPage::plan() const
{
    const models::NewFunction settings = m_form->settings();
    models::CreationPlan plan;
    plan.function.name = settings.name;
    plan.function.service = settings.service;
    plan.function.runtime = settings.runtime;
    plan.function.files = models::filesOf(m_templates.at(m_template.toStdString()), settings);
    plan.deployment.function = settings.name;
    plan.deployment.set = settings.group.set;
    plan.deployment.lane = settings.group.lane;
    plan.deployment.region = settings.group.region;
    plan.deployment.scaling.reserved = settings.reserved;
    plan.deployment.scaling.maximum = settings.maximum;
    return plan;
}

void NewFunctionPage::create()
{
    if (whyNot().isEmpty()) {
        Q_EMIT createRequested(plan());
    }
}

} // namespace nest::console
