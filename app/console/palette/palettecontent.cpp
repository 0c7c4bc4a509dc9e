// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/palette/palettecontent.h"

#include "app/console/look.h"
#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/theme/icons.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::PaletteEntry;

namespace {

struct PaletteTexts
{
    Q_DECLARE_TR_FUNCTIONS(PaletteTexts)
};

/// The first group in the order of names; the usual one when it is deployed nowhere.
FunctionTarget targetOf(models::Session &session, const std::string &function)
{
    std::optional<wire::GroupName> first;
    for (std::size_t i = 0; i < session.deployments().size(); ++i) {
        const wire::Deployment &each = session.deployments().at(i);
        if (each.function == function && (!first || groupOf(each) < *first)) {
            first = groupOf(each);
        }
    }
    return {toText(function), first.value_or(wire::GroupName())};
}

PaletteEntry functionEntry(models::Session &session, const wire::Function &function, const PaletteWays &ways)
{
    const FunctionTarget target = targetOf(session, function.name);
    PaletteEntry entry{.id = toText(function.name),
                       .section = PaletteTexts::tr("Functions"),
                       .icon = runtimeIcon(function.runtime),
                       .title = toText(function.name)};
    const std::string key = function.name + '/' + toString(target.group);
    if (const auto *deployment = session.deployments().find(key)) {
        entry.detail = weightsText(*deployment);
        if (const auto *stats = session.stats().deployment(key)) {
            entry.detail +=
                u" · "_s +
                PaletteTexts::tr("%1 req/s").arg(QLocale().toString(stats->requestsPerSecond, 'f', 0));
        }
        if (deployment->status) {
            const widgets::PillCell pill = healthPill(deployment->status->state);
            entry.note = pill.text;
            entry.noteTone = pill.tone;
        }
    } else {
        entry.note = PaletteTexts::tr("Not deployed");
    }
    entry.hasActions = true;
    entry.run = [open = ways.openFunction, target] {
        open(target, u"summary"_s);
    };
    return entry;
}

QList<PaletteEntry> actionsOn(models::Session &session, const QString &function, const PaletteWays &ways)
{
    const FunctionTarget target = targetOf(session, function.toStdString());
    const bool isDeployed =
        session.deployments().find(function.toStdString() + '/' + toString(target.group)) != nullptr;
    const QString section = PaletteTexts::tr("Actions on %1").arg(function);
    const QString notDeployed = isDeployed ? QString() : PaletteTexts::tr("it is not deployed yet");
    const QString offline =
        session.isConnected() ? QString() : PaletteTexts::tr("offline: wait until the platform is back");
    const auto open = [&](const QString &tab) {
        return [openFunction = ways.openFunction, target, tab] {
            openFunction(target, tab);
        };
    };
    return {
        {.id = u"code"_s,
         .section = section,
         .icon = u"code"_s,
         .title = PaletteTexts::tr("Edit the code"),
         .run = open(u"code"_s)},
        {.id = u"deploy"_s,
         .section = section,
         .icon = u"deploy"_s,
         .title = PaletteTexts::tr("Deploy…"),
         .detail = PaletteTexts::tr("shows the difference first"),
         .reason = offline,
         .run =
             [deploy = ways.deploy, function] {
                 deploy({function, {}, {}});
             }},
        {.id = u"why"_s,
         .section = section,
         .icon = u"scaling"_s,
         .title = PaletteTexts::tr("Why so many instances?"),
         .detail = PaletteTexts::tr("load, instances and each decision"),
         .reason = notDeployed,
         .run =
             [scaling = ways.openScaling, target] {
                 scaling(target);
             }},
        {.id = u"instances"_s,
         .section = section,
         .icon = u"instance"_s,
         .title = PaletteTexts::tr("Instances and log"),
         .run = open(u"instances"_s)},
        {.id = u"versions"_s,
         .section = section,
         .icon = u"version"_s,
         .title = PaletteTexts::tr("Versions and their differences"),
         .run = open(u"versions"_s)},
        {.id = u"settings"_s,
         .section = section,
         .icon = u"sliders"_s,
         .title = PaletteTexts::tr("Environment and limits"),
         .run = open(u"settings"_s)},
    };
}

QStringList keysOf(const QAction *action)
{
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? QStringList() : keys.split(u", "_s);
}

QList<PaletteEntry> commands(const widgets::ActionRegistry &actions)
{
    QList<PaletteEntry> places;
    QList<PaletteEntry> page;
    QList<PaletteEntry> everywhere;
    for (QAction *action : actions.present()) {
        const bool isPlace = action->objectName().startsWith(u"go."_s);
        const bool isOfPage = widgets::ActionRegistry::scopeOf(action) != nullptr;
        const QString icon = widgets::themedIconName(action->icon());
        PaletteEntry entry{.id = action->objectName(),
                           .section = isPlace    ? PaletteTexts::tr("Go to")
                                      : isOfPage ? PaletteTexts::tr("On this page")
                                                 : PaletteTexts::tr("Actions"),
                           .icon = icon.isEmpty() ? u"chevron-right"_s : icon,
                           .title = action->text(),
                           .keys = keysOf(action),
                           .reason = widgets::ActionRegistry::disabledReason(action),
                           .run = [action] {
                               action->trigger();
                           }};
        (isPlace ? places : isOfPage ? page : everywhere).append(entry);
    }
    return places + page + everywhere;
}

} // namespace

widgets::PaletteContent paletteContent(models::Session &session, widgets::ActionRegistry &actions,
                                       PaletteWays ways)
{
    return {
        .objects =
            [&session, ways] {
                QList<PaletteEntry> entries;
                auto &functions = session.functions();
                for (std::size_t i = 0; i < functions.size(); ++i) {
                    entries.append(functionEntry(session, functions.at(i), ways));
                }
                std::ranges::sort(entries, {}, &PaletteEntry::title);
                return entries;
            },
        .actionsOn = [&session, ways](const QString &function) { return actionsOn(session, function, ways); },
        .commands =
            [&actions] {
                return commands(actions);
            }};
}

} // namespace nest::console
