// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/deploy/versionchooser.h"

#include "widgets/table/cellwidget.h"
#include "widgets/theme/controls.h"

#include <QComboBox>
#include <QCoroTask>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>
#include <map>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using models::CollectionBase;
using widgets::Ink;
using widgets::TextStyle;

namespace {

constexpr int labelWidth = 76;

QString ageOf(const std::optional<wire::Time> &time)
{
    if (!time) {
        return {};
    }
    const auto age = std::chrono::system_clock::now() - *time;
    return widgets::ageText(
        std::max(std::chrono::duration_cast<std::chrono::milliseconds>(age), std::chrono::milliseconds(0)));
}

QByteArray listPath(const QString &function, const char *kind)
{
    return "/v1/functions/" + function.toUtf8() + '/' + kind;
}

} // namespace

VersionChooser::VersionChooser(models::Session &session, const DeployRequest &request, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_request(request)
    , m_combo(new QComboBox)
    , m_evidence(new widgets::Label({}, TextStyle::Body, Ink::Secondary))
    , m_tests(new widgets::CellWidget)
    , m_publishRow(new QWidget)
    , m_description(new QLineEdit)
    , m_publish(new QPushButton)
    , m_result(new widgets::Label({}, TextStyle::Caption, Ink::Secondary))
{
    const std::string function = request.function.toStdString();
    m_versions = session.follow<wire::Version>(
        listPath(request.function, "versions"),
        [function](const wire::Version &version) { return version.function == function; });
    m_builds = session.follow<wire::Build>(
        listPath(request.function, "builds"),
        [function](const wire::Build &build) { return build.function == function; });

    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::panel);
    auto *name = new widgets::Label(tr("Version"), TextStyle::Body, Ink::Secondary);
    name->setFixedWidth(labelWidth);
    row->addWidget(name);
    m_combo->setObjectName("version"_L1);
    m_combo->setAccessibleName(tr("Version"));
    m_combo->setMinimumWidth(280);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->addWidget(m_combo, 2);
    m_evidence->setObjectName("evidence"_L1);
    row->addWidget(m_evidence, 1);
    row->addWidget(m_tests);
    auto *publishing = new QHBoxLayout(m_publishRow);
    publishing->setContentsMargins(labelWidth + widgets::space::panel, widgets::space::control, 0, 0);
    publishing->setSpacing(widgets::space::control);
    m_description->setObjectName("description"_L1);
    m_description->setPlaceholderText(tr("What is new in it"));
    m_description->setAccessibleName(tr("What is new in it"));
    m_description->setMaxLength(500);
    publishing->addWidget(m_description, 1);
    m_publish->setObjectName("publish"_L1);
    publishing->addWidget(m_publish);
    m_result->setObjectName("publishResult"_L1);
    m_result->setContentsMargins(labelWidth + widgets::space::panel, 4, 0, 0);
    m_result->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(row);
    column->addWidget(m_publishRow);
    column->addWidget(m_result);
    m_publishRow->hide();
    m_result->hide();

    for (CollectionBase *collection :
         {static_cast<CollectionBase *>(m_versions.get()), static_cast<CollectionBase *>(m_builds.get())}) {
        connect(collection, &CollectionBase::changed, this, &VersionChooser::fill);
        connect(collection, &CollectionBase::listed, this, &VersionChooser::fill);
        connect(collection, &CollectionBase::stateChanged, this, &VersionChooser::showChosen);
    }
    m_ages.setInterval(1s);
    connect(&m_ages, &QTimer::timeout, this, &VersionChooser::showEvidence);
    m_ages.start();
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] { showChosen(); });
    connect(m_combo, &QComboBox::activated, this, [this] { m_hasChosen = true; });
    connect(m_publish, &QPushButton::clicked, this, &VersionChooser::publish);
    connect(m_description, &QLineEdit::returnPressed, this, &VersionChooser::publish);
}

VersionChooser::~VersionChooser() = default;

const wire::Version *VersionChooser::find(int number) const
{
    return m_versions->find(m_request.function.toStdString() + '/' + std::to_string(number));
}

const wire::Version *VersionChooser::version() const
{
    const int number = m_combo->currentData().toInt();
    return number > 0 ? find(number) : nullptr;
}

bool VersionChooser::wantsPublish() const
{
    return m_combo->currentData().toInt() < 0;
}

QString VersionChooser::missing() const
{
    if (version() != nullptr) {
        return {};
    }
    if (wantsPublish()) {
        return tr("Publish the build first.");
    }
    if (m_versions->state() == CollectionBase::State::Failed) {
        return QString::fromStdString(m_versions->lastError().detail);
    }
    return m_versions->isListed() ? tr("Nothing is published. Build the function and publish it first.")
                                  : tr("The versions are still being read.");
}

/// The build that was asked for, else the newest one that passed and is no version yet.
std::optional<int> VersionChooser::publishable() const
{
    std::optional<int> newest;
    for (std::size_t i = 0; i < m_builds->size(); ++i) {
        const wire::Build &build = m_builds->at(i);
        if (build.state != wire::BuildState::Succeeded || build.version) {
            continue;
        }
        if (m_request.build == build.number) {
            return build.number;
        }
        newest = std::max(newest.value_or(0), build.number);
    }
    return m_request.build ? std::nullopt : newest;
}

QString VersionChooser::nextName() const
{
    int newest = 0;
    for (std::size_t i = 0; i < m_versions->size(); ++i) {
        newest = std::max(newest, m_versions->at(i).number);
    }
    return u"v%1"_s.arg(newest + 1);
}

void VersionChooser::fill()
{
    const QVariant before = m_combo->currentData();
    std::map<int, QString, std::greater<>> items;
    for (std::size_t i = 0; i < m_versions->size(); ++i) {
        const wire::Version &version = m_versions->at(i);
        items[version.number] =
            u"v%1  %2"_s.arg(version.number).arg(QString::fromStdString(version.description)).trimmed();
    }
    int wanted = before.toInt();
    const auto build = publishable();
    if (!m_hasChosen || wanted == 0) {
        wanted = m_request.version.value_or(m_request.build && build ? -*build
                                            : items.empty()          ? -build.value_or(0)
                                                                     : items.begin()->first);
        // A build that became a version meanwhile is that version.
        if (m_request.build && !build) {
            for (std::size_t i = 0; i < m_versions->size(); ++i) {
                wanted = m_versions->at(i).build == *m_request.build ? m_versions->at(i).number : wanted;
            }
        }
    }
    if (m_published > 0 && items.contains(m_published)) {
        wanted = std::exchange(m_published, 0);
        m_hasChosen = true;
    }
    const QSignalBlocker quiet(m_combo);
    m_combo->clear();
    if (build) {
        m_combo->addItem(tr("Publish build #%1 as %2…").arg(*build).arg(nextName()), -*build);
    }
    for (const auto &[number, text] : items) {
        m_combo->addItem(text, number);
    }
    m_combo->setCurrentIndex(std::max(m_combo->findData(wanted), m_combo->count() > 0 ? 0 : -1));
    showChosen();
}

void VersionChooser::showChosen()
{
    const wire::Version *chosen = version();
    m_publishRow->setVisible(wantsPublish());
    if (wantsPublish()) {
        m_publish->setText(m_isPublishing ? tr("Publishing…") : tr("Publish %1").arg(nextName()));
    }
    m_publish->setEnabled(!m_isPublishing && m_session.isConnected());
    m_combo->setEnabled(!m_isPublishing);
    widgets::PillCell tests;
    if (chosen != nullptr) {
        tests.text = tr("no tests");
        if (chosen->tests) {
            const bool isGood = chosen->tests->failed == 0;
            tests = {.text = isGood ? tr("%n tests passed", nullptr, chosen->tests->passed)
                                    : tr("%n tests failed", nullptr, chosen->tests->failed),
                     .icon = isGood ? u"check"_s : u"reject"_s,
                     .tone = isGood ? widgets::Tone::Ok : widgets::Tone::Bad};
        }
    }
    m_tests->setVisible(chosen != nullptr);
    m_tests->setCell(tests);
    showEvidence();
    Q_EMIT versionChanged();
}

void VersionChooser::showEvidence()
{
    const wire::Version *chosen = version();
    QString evidence;
    if (chosen != nullptr) {
        const QString age = ageOf(chosen->createdAt);
        evidence = age.isEmpty() ? tr("build %1").arg(chosen->build)
                                 : tr("build %1, %2 ago").arg(QString::number(chosen->build), age);
    }
    m_evidence->setText(evidence);
}

void VersionChooser::publish()
{
    const int build = -m_combo->currentData().toInt();
    if (build <= 0 || m_isPublishing) {
        return;
    }
    m_isPublishing = true;
    m_result->hide();
    showChosen();
    QCoro::connect(m_session.client().publish(m_request.function.toStdString(), build,
                                              m_description->text().trimmed().toStdString()),
                   this, [this](Result<wire::Version> &&version) {
                       m_isPublishing = false;
                       m_result->show();
                       if (version) {
                           m_published = version->number;
                           m_result->setInk(Ink::Ok);
                           m_result->setText(
                               tr("Published as v%1. It can be deployed now.").arg(version->number));
                           m_versions->list();
                       } else {
                           m_result->setInk(Ink::Bad);
                           m_result->setText(QString::fromStdString(version.error().detail));
                       }
                       showChosen();
                   });
}

} // namespace nest::console
