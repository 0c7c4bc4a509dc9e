// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/pages/function/test/targetbutton.h"

#include "models/session.h"
#include "widgets/theme/controls.h"

#include <QMenu>

#include <algorithm>
#include <vector>

namespace nest::console {

using namespace Qt::StringLiterals;

namespace {
constexpr std::size_t shownVersions = 20; // newest; older ones are tried from the Versions tab
}

TargetButton::TargetButton(models::Session &session, Offers offers, QWidget *parent)
    : QPushButton(parent), m_session(session), m_offers(offers), m_choices(new QMenu(this))
{
    setMenu(m_choices);
    m_choices->setToolTipsVisible(true);
    widgets::setSmall(this);
    setAccessibleName(tr("Target of the request"));
    connect(m_choices, &QMenu::aboutToShow, this, &TargetButton::fill);
    fill(); // an empty menu does not open
}

void TargetButton::setFunction(const QString &function)
{
    if (function == m_function) {
        return;
    }
    m_function = function;
    m_versions.reset();
    if (m_offers == Offers::Everything && !function.isEmpty()) {
        const std::string name = function.toStdString();
        m_versions = m_session.follow<wire::Version>(
            "/v1/functions/" + function.toUtf8() + "/versions",
            [name](const wire::Version &version) { return version.function == name; });
        connect(m_versions.get(), &models::CollectionBase::changed, this, [this] { setTarget(m_target); });
        connect(m_versions.get(), &models::CollectionBase::listed, this, [this] { setTarget(m_target); });
    }
}

void TargetButton::setTarget(const TestTarget &target)
{
    m_target = target;
    setText(nameOf(target, publishedAs(target)));
    setToolTip(tr("Send to %1").arg(text()));
}

std::optional<int> TargetButton::publishedAs(const TestTarget &target) const
{
    std::optional<int> newest;
    for (std::size_t i = 0; target.kind == TestTarget::Kind::Draft && m_versions && i < m_versions->size();
         ++i) {
        const auto &version = m_versions->at(i);
        if (version.build == target.number && version.number > newest.value_or(0)) {
            newest = version.number;
        }
    }
    return newest;
}

void TargetButton::addChoice(const TestTarget &target, const QString &text, const QString &offReason)
{
    QAction *action = m_choices->addAction(text);
    action->setCheckable(true);
    action->setChecked(target == m_target);
    action->setEnabled(offReason.isEmpty());
    action->setToolTip(offReason);
    connect(action, &QAction::triggered, this, [this, target] {
        setTarget(target);
        Q_EMIT targetChosen(target);
    });
}

void TargetButton::fill()
{
    m_choices->clear();
    if (m_offers == Offers::Everything) {
        if (m_draftBuild) {
            const TestTarget draft{.kind = TestTarget::Kind::Draft, .number = *m_draftBuild, .group = {}};
            addChoice(draft, nameOf(draft, publishedAs(draft)));
        } else {
            addChoice({.kind = TestTarget::Kind::Draft, .number = 0, .group = {}},
                      tr("Draft (build it first)"),
                      tr("The draft has no build that passed. Build it, then send."));
        }
        std::vector<int> numbers;
        for (std::size_t i = 0; m_versions && i < m_versions->size(); ++i) {
            numbers.push_back(m_versions->at(i).number);
        }
        std::ranges::sort(numbers, std::ranges::greater());
        numbers.resize(std::min(numbers.size(), shownVersions));
        if (!numbers.empty()) {
            m_choices->addSeparator();
        }
        for (const int number : numbers) {
            addChoice({.kind = TestTarget::Kind::Version, .number = number, .group = {}},
                      u"v%1"_s.arg(number));
        }
        m_choices->addSeparator();
    }
    const auto groups = groupChoices(m_session, m_function);
    const std::string region = m_session.me() ? m_session.me()->region : std::string();
    for (const GroupChoice &choice : groups) {
        const bool isAway = m_offers == Offers::Groups && !region.empty() && choice.group.region != region;
        const QString text =
            choice.answering == choice.group
                ? nameOf(choice.group)
                : tr("%1 (%2: main answers)").arg(nameOf(choice.group), notDeployedText(choice.group));
        addChoice({.kind = TestTarget::Kind::Group, .number = 0, .group = choice.group}, text,
                  isAway ? tr("This gateway is in %1 and sends there only when its own region fails.")
                               .arg(QString::fromStdString(region))
                         : QString());
    }
    if (groups.isEmpty()) {
        QAction *none = m_choices->addAction(tr("Not deployed anywhere"));
        none->setEnabled(false);
    }
}

} // namespace nest::console
