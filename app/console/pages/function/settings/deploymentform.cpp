// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/settings/deploymentform.h"

#include "app/console/look.h"
#include "app/console/pages/function/settings/environmenteditor.h"
#include "app/console/pages/function/settings/networkeditor.h"
#include "app/console/pages/function/settings/numbersetting.h"
#include "app/console/pages/function/settings/secretchoice.h"
#include "models/diff/rebase.h"
#include "models/session.h"
#include "widgets/theme/controls.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

#include <cmath>

namespace nest::console {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using widgets::Ink;
using widgets::Label;
using widgets::TextStyle;

namespace {
constexpr auto undoFor = 5s;
constexpr int reasonWidth = 420;
constexpr int longestReason = 500;       // the platform's limit
constexpr double mostInstances = 10'000; // this and the next: the limits of the platform
constexpr double mostSeconds = 604'800;  // a week

QLineEdit *line(const QString &id, const QString &name)
{
    auto *field = new QLineEdit;
    field->setObjectName(id);
    field->setAccessibleName(name);
    field->setPlaceholderText(name);
    return field;
}
} // namespace

DeploymentForm::DeploymentForm(models::Session &session, const models::Guard &guard, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_guard(guard)
    , m_form(new QWidget)
    , m_empty(new QWidget)
    , m_environment(new EnvironmentEditor)
    , m_secrets(new SecretChoice)
    , m_network(new NetworkEditor)
    , m_metric(new Label({}, TextStyle::Body, Ink::Secondary))
    , m_conflict(new QWidget)
    , m_conflictText(new Label({}, TextStyle::Body, Ink::Warn))
    , m_summary(new Label({}, TextStyle::Body))
    , m_problem(new Label({}, TextStyle::Body, Ink::Bad))
    , m_reason(line(u"changeReason"_s, tr("Reason (required)")))
    , m_apply(new QPushButton(tr("Apply")))
    , m_resetAll(new QPushButton(tr("Reset all")))
    , m_done(new Label({}, TextStyle::Body, Ink::Ok))
    , m_undoButton(new QPushButton(tr("Undo")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    auto *none = new QHBoxLayout(m_empty);
    none->setContentsMargins({});
    none->addWidget(new Label(tr("The function is not deployed in this group."), TextStyle::Body, Ink::Dim));
    auto *deploy = new QPushButton(tr("Deploy…"));
    widgets::setSmall(deploy);
    none->addWidget(deploy);
    none->addStretch();
    connect(deploy, &QPushButton::clicked, this, &DeploymentForm::deployRequested);
    column->addWidget(m_empty);
    column->addWidget(m_form);
    auto *form = new QVBoxLayout(m_form);
    form->setContentsMargins({});
    form->setSpacing(widgets::space::control);
    form->addWidget(new Label(tr("Environment"), TextStyle::BodyMedium));
    form->addWidget(m_environment);
    form->addSpacing(widgets::space::control);
    form->addWidget(new Label(tr("Secrets that are handed over"), TextStyle::BodyMedium));
    form->addWidget(m_secrets);
    form->addSpacing(widgets::space::control);
    form->addWidget(new Label(tr("Network"), TextStyle::BodyMedium));
    form->addWidget(m_network);
    form->addSpacing(widgets::space::control);
    form->addWidget(new Label(tr("Instances"), TextStyle::BodyMedium));
    m_metric->setObjectName("metric"_L1);
    addNumbers(m_form);
    form->addWidget(widgets::makeLine(Qt::Horizontal, m_form));
    form->addWidget(buildConflict());
    form->addWidget(buildFoot());

    m_undoEnds.setSingleShot(true);
    m_undoEnds.setInterval(undoFor);
    connect(&m_undoEnds, &QTimer::timeout, m_undoButton, &QWidget::hide);
    connect(m_environment, &EnvironmentEditor::changed, this, [this] {
        m_network->setEnvironment(m_environment->environment());
        showChange();
    });
    connect(m_network, &NetworkEditor::changed, this, &DeploymentForm::showChange);
    connect(m_secrets, &SecretChoice::changed, this, &DeploymentForm::showChange);
    connect(m_reason, &QLineEdit::textChanged, this, &DeploymentForm::showChange);
    connect(m_apply, &QPushButton::clicked, this, &DeploymentForm::apply);
    connect(m_resetAll, &QPushButton::clicked, this, [this] { showBase(*m_base, settingsOf(*m_base)); });
    connect(m_undoButton, &QPushButton::clicked, this, [this] {
        if (m_base && m_undo) {
            m_sent = settingsOf(*m_base);
            send(withSettings(*m_base, *m_undo, tr("Undo of the change before.").toStdString()), true);
        }
    });
    connect(&session.deployments(), &models::CollectionBase::changed, this, &DeploymentForm::follow);
    follow();
}

DeploymentForm::~DeploymentForm() = default;

void DeploymentForm::addNumbers(QWidget *parent)
{
    // What bounds the instances at the left, what the measure makes of them at the right.
    auto *left = new QVBoxLayout;
    auto *right = new QVBoxLayout;
    QVBoxLayout *form = left;
    const auto add = [&](NumberSetting *&to, const NumberSettingInfo &info) {
        to = new NumberSetting(info, parent);
        form->addWidget(to);
        connect(to, &NumberSetting::valueChanged, this, &DeploymentForm::showChange);
    };
    add(m_reserved, {.id = u"reserved"_s,
                     .name = tr("Reserved instances"),
                     .unit = tr("instances"),
                     .most = mostInstances,
                     .sentence = tr("Always ready, also without a request.")});
    add(m_maximum, {.id = u"maximum"_s,
                    .name = tr("Maximum instances"),
                    .unit = tr("instances"),
                    .least = 1,
                    .most = mostInstances,
                    .sentence = tr("Never more, whatever the load; requests wait then.")});
    add(m_concurrency, {.id = u"concurrency"_s,
                        .name = tr("Concurrency limit"),
                        .unit = tr("requests"),
                        .least = 1,
                        .most = 1000,
                        .sentence = tr("How many requests one instance gets at the same time.")});
    add(m_delay, {.id = u"delay"_s,
                  .name = tr("Scale down delay"),
                  .unit = u"s"_s,
                  .most = 3600,
                  .sentence = tr("How long fewer instances must do before one is ended.")});
    add(m_zero, {.id = u"zero"_s,
                 .name = tr("Scale to zero after"),
                 .unit = u"s"_s,
                 .most = mostSeconds,
                 .sentence = tr("Without a request for so long the last instance ends too."),
                 .zeroWord = tr("never")});
    form = right;
    m_metric->setFixedHeight(widgets::themeOf(this).size.input);
    form->addWidget(m_metric);
    add(m_threshold, {.id = u"threshold"_s,
                      .name = tr("Threshold"),
                      .unit = tr("an instance"),
                      .least = 0.1,
                      .most = 1'000'000,
                      .decimals = 1,
                      .sentence = tr("The load that one instance can take, in the measure above.")});
    add(m_utilisation, {.id = u"utilisation"_s,
                        .name = tr("Target utilisation"),
                        .unit = u"%"_s,
                        .least = 1,
                        .most = 100,
                        .sentence = tr("How much of the threshold is planned for; the rest covers starts.")});
    add(m_stable, {.id = u"stable"_s,
                   .name = tr("Stable window"),
                   .unit = u"s"_s,
                   .least = 6,
                   .most = 3600,
                   .sentence = tr("The load is averaged over this time.")});
    add(m_panic, {.id = u"panic"_s,
                  .name = tr("Panic window"),
                  .unit = u"s"_s,
                  .least = 1,
                  .most = 3600,
                  .sentence = tr("A sudden rise is looked for in this shorter time.")});
    left->setSpacing(widgets::space::chip);
    right->setSpacing(widgets::space::chip);
    left->addStretch();
    right->addStretch();
    auto *columns = new QHBoxLayout;
    columns->setSpacing(2 * widgets::space::page);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    static_cast<QVBoxLayout *>(parent->layout())->addLayout(columns);
}

QWidget *DeploymentForm::buildConflict()
{
    auto *column = new QVBoxLayout(m_conflict);
    column->setContentsMargins({});
    m_conflictText->setObjectName("conflict"_L1);
    m_conflictText->setWordWrap(true);
    column->addWidget(m_conflictText);
    auto *row = new QHBoxLayout;
    auto *theirs = new QPushButton(tr("Take theirs"));
    theirs->setObjectName("takeTheirs"_L1);
    auto *mineOnTop = new QPushButton(tr("Put mine on top"));
    mineOnTop->setObjectName("mineOnTop"_L1);
    for (QPushButton *button : {theirs, mineOnTop}) {
        widgets::setSmall(button);
        row->addWidget(button);
    }
    row->addStretch();
    column->addLayout(row);
    connect(theirs, &QPushButton::clicked, this, [this] { settle(false); });
    connect(mineOnTop, &QPushButton::clicked, this, [this] { settle(true); });
    m_conflict->hide();
    return m_conflict;
}

QWidget *DeploymentForm::buildFoot()
{
    auto *foot = new QWidget;
    auto *column = new QVBoxLayout(foot);
    column->setContentsMargins({});
    column->setSpacing(widgets::space::control);
    m_summary->setObjectName("summary"_L1);
    m_problem->setObjectName("problem"_L1);
    m_done->setObjectName("applied"_L1);
    for (Label *label : {m_summary, m_problem}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    m_reason->setFixedWidth(reasonWidth);
    m_reason->setMaxLength(longestReason);
    m_apply->setObjectName("apply"_L1);
    m_resetAll->setObjectName("resetAll"_L1);
    m_undoButton->setObjectName("undo"_L1);
    widgets::setButtonKind(m_apply, widgets::ButtonKind::Primary);
    widgets::setButtonKind(m_resetAll, widgets::ButtonKind::Ghost);
    widgets::setButtonKind(m_undoButton, widgets::ButtonKind::Link);
    m_undoButton->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(widgets::space::panel);
    row->addWidget(m_reason);
    row->addWidget(m_apply);
    row->addWidget(m_resetAll);
    row->addWidget(m_done);
    row->addWidget(m_undoButton);
    row->addStretch();
    column->addLayout(row);
    return foot;
}

std::string DeploymentForm::key() const
{
    return m_target.function.toStdString() + '/' + toString(m_target.group);
}

void DeploymentForm::setTarget(const FunctionTarget &target)
{
    if (target == m_target) {
        return;
    }
    keep();
    m_target = target;
    ++m_generation;
    m_isSending = false;
    m_base.reset();
    m_theirs.reset();
    m_undo.reset();
    m_conflict->hide();
    m_undoButton->hide();
    m_done->clear();
    m_problem->clear();
    m_reason->clear();
    if (const auto kept = m_kept.find(key()); kept != m_kept.end()) {
        const Kept back = kept->second;
        m_kept.erase(kept);
        showBase(back.base, back.mine);
        m_reason->setText(back.reason);
    }
    follow();
}

/// What is typed and not sent waits until its deployment is shown again.
void DeploymentForm::keep()
{
    if (m_base && mine() != settingsOf(*m_base)) {
        m_kept[key()] = {*m_base, mine(), m_reason->text()};
    }
}

void DeploymentForm::setDisabledReason(const QString &reason)
{
    m_disabled = reason;
    m_network->setDisabledReason(reason);
    showChange();
}

DeploymentSettings DeploymentForm::mine() const
{
    DeploymentSettings settings = m_base ? settingsOf(*m_base) : DeploymentSettings();
    const auto whole = [](const NumberSetting *field) {
        return static_cast<int>(std::lround(field->value()));
    };
    settings.environment = m_environment->environment();
    settings.secrets = m_secrets->secrets();
    settings.network = m_network->network();
    settings.concurrencyLimit = whole(m_concurrency);
    settings.scaling.reserved = whole(m_reserved);
    settings.scaling.maximum = whole(m_maximum);
    settings.scaling.stableWindowSeconds = whole(m_stable);
    settings.scaling.panicWindowSeconds = whole(m_panic);
    settings.scaling.scaleDownDelaySeconds = whole(m_delay);
    settings.scaling.scaleToZeroAfterSeconds = whole(m_zero);
    // A field shows fewer figures than a file may have: what was not touched stays as it was.
    if (m_threshold->isChanged()) {
        settings.scaling.threshold = m_threshold->value();
    }
    if (m_utilisation->isChanged()) {
        settings.scaling.utilisation = m_utilisation->value() / 100;
    }
    return settings;
}

void DeploymentForm::showBase(const wire::Deployment &base, const DeploymentSettings &mine)
{
    m_isFilling = true;
    m_base = base;
    const auto fill = [](NumberSetting *field, double from, double to) {
        field->setValue(from); // as the field shows it
        field->setBase(field->value());
        field->setValue(to);
    };
    const wire::ScalingPolicy &old = base.scaling;
    const wire::ScalingPolicy &now = mine.scaling;
    fill(m_reserved, old.reserved, now.reserved);
    fill(m_maximum, old.maximum, now.maximum);
    fill(m_concurrency, base.concurrencyLimit, mine.concurrencyLimit);
    fill(m_threshold, old.threshold, now.threshold);
    fill(m_utilisation, old.utilisation * 100, now.utilisation * 100);
    fill(m_stable, old.stableWindowSeconds, now.stableWindowSeconds);
    fill(m_panic, old.panicWindowSeconds, now.panicWindowSeconds);
    fill(m_delay, old.scaleDownDelaySeconds, now.scaleDownDelaySeconds);
    fill(m_zero, old.scaleToZeroAfterSeconds, now.scaleToZeroAfterSeconds);
    m_environment->setEnvironment(base.environment, mine.environment);
    m_secrets->setSecrets(base.secrets, mine.secrets);
    m_network->setNetwork(base.network.value_or(wire::Network{}), mine.network);
    m_network->setEnvironment(mine.environment);
    m_metric->setText(tr("Scales by %1")
                          .arg(old.metric == wire::ScalingMetric::RequestsPerSecond
                                   ? tr("requests per second")
                               : old.metric == wire::ScalingMetric::Concurrency ? tr("concurrency")
                               : old.metric == wire::ScalingMetric::Cpu         ? tr("CPU")
                                                                                : tr("memory")));
    m_isFilling = false;
    showChange();
}

/// The platform told something new of the deployment.
void DeploymentForm::follow()
{
    const wire::Deployment *now = m_session.deployments().find(key());
    m_empty->setVisible(now == nullptr && m_session.deployments().isListed());
    m_form->setVisible(now != nullptr || m_base.has_value());
    if (now == nullptr || m_isSending) {
        return;
    }
    if (!m_base) {
        showBase(*now, settingsOf(*now));
        return;
    }
    if (now->etag == m_base->etag || (m_theirs && now->etag == m_theirs->etag)) {
        return;
    }
    if (models::isOlder(*now, *m_base)) {
        return;
    }
    const DeploymentSettings typed = mine();
    if (settingsOf(*now) == settingsOf(*m_base)) {
        m_base = *now; // a release or a deployment; it does not touch what is typed
        return;
    }
    m_undoButton->hide(); // it would take back theirs too
    if (typed == settingsOf(*m_base) && m_environment->isValid() && m_network->isValid()) {
        showBase(*now, settingsOf(*now));
    } else {
        showConflict(*now);
    }
}

void DeploymentForm::showConflict(const wire::Deployment &theirs)
{
    m_theirs = theirs;
    const QString who = theirs.status && !theirs.status->changedBy.empty() ? toText(theirs.status->changedBy)
                                                                           : tr("Somebody");
    QStringList lines{tr("%1 changed this deployment meanwhile. What you typed is still here.").arg(who)};
    lines += changeSentences(settingsOf(*m_base), settingsOf(theirs));
    if (!theirs.reason.empty()) {
        lines.append(tr("Their reason: %1").arg(toText(theirs.reason)));
    }
    m_conflictText->setText(lines.join(u'\n'));
    m_conflict->show();
    showChange();
}

void DeploymentForm::settle(bool isMineOnTop)
{
    if (!m_theirs || !m_base) {
        return;
    }
    const wire::Deployment theirs = *m_theirs;
    const DeploymentSettings next =
        isMineOnTop ? rebased(settingsOf(*m_base), mine(), settingsOf(theirs)) : settingsOf(theirs);
    m_theirs.reset();
    m_conflict->hide();
    showBase(theirs, next);
}

void DeploymentForm::showChange()
{
    if (m_isFilling || !m_base) {
        return;
    }
    const DeploymentSettings typed = mine();
    const QStringList sentences = changeSentences(settingsOf(*m_base), typed);
    const QString problem = settingsProblem(typed);
    m_summary->setText(sentences.isEmpty() ? tr("Nothing is changed.") : sentences.join(u'\n'));
    m_summary->setInk(sentences.isEmpty() ? Ink::Dim : Ink::Primary);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    const bool isWhole = m_environment->isValid() && m_network->isValid();
    m_resetAll->setVisible(!sentences.isEmpty() || !isWhole);
    const QString reason = !m_disabled.isEmpty()       ? m_disabled
                           : m_isSending               ? tr("The change is on its way.")
                           : m_theirs.has_value()      ? tr("Choose between their change and yours first.")
                           : !problem.isEmpty()        ? problem
                           : !m_environment->isValid() ? tr("Mend the marked rows of the environment first.")
                           : !m_network->isValid()     ? tr("Mend the marked rows of the network first.")
                           : sentences.isEmpty()       ? tr("Nothing is changed.")
                           : m_reason->text().trimmed().isEmpty()
                               ? tr("Say why: the reason is kept with the change.")
                               : QString();
    m_apply->setEnabled(reason.isEmpty());
    m_apply->setToolTip(reason);
    m_undoButton->setEnabled(m_disabled.isEmpty() && !m_isSending);
}

} // namespace nest::console
