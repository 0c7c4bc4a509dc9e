// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/palette/palettecontent.h"

#include "app/console/look.h"
#include "models/session.h"
#include "widgets/shell/actionregistry.h"
#include "widgets/theme/icons.h"

#include <QCoreApplication>
#include <QLocale>

#include <QHash>

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>

namespace nest::console {

using namespace Qt::StringLiterals;
using widgets::PaletteEntry;

namespace {

struct PaletteTexts
{
    Q_DECLARE_TR_FUNCTIONS(PaletteTexts)
};

/// For each function the first group in the order of names; the usual one when it is deployed nowhere. One
/// pass over all deployments, whatever the number of names.
QHash<QString, FunctionTarget> targetsOf(models::Session &session, const QStringList &functions)
{
    std::unordered_map<std::string, std::optional<wire::GroupName>> first;
    for (const QString &function : functions) {
        first[function.toStdString()];
    }
    for (std::size_t i = 0; i < session.deployments().size(); ++i) {
        const wire::Deployment &each = session.deployments().at(i);
        const auto wanted = first.find(each.function);
        if (wanted != first.end() && (!wanted->second || groupOf(each) < *wanted->second)) {
            wanted->second = groupOf(each);
        }
    }
    QHash<QString, FunctionTarget> targets;
    for (const auto &[function, group] : first) {
        targets.insert(toText(function), {toText(function), group.value_or(wire::GroupName())});
    }
    return targets;
}

/// The names, copied when the first letter is typed.
class FunctionNames final
{
public:
    explicit FunctionNames(models::Session &session) : m_session(session) {}

    [[nodiscard]] QStringList firstByName(qsizetype most) const
    {
        auto &functions = m_session.functions();
        std::vector<std::string_view> names;
        names.reserve(functions.size());
        for (std::size_t i = 0; i < functions.size(); ++i) {
            names.emplace_back(functions.at(i).name);
        }
        const auto count = std::min<std::ptrdiff_t>(most, std::ssize(names));
        std::ranges::partial_sort(names, names.begin() + count);
        QStringList first;
        for (const std::string_view name : std::span(names).first(static_cast<std::size_t>(count))) {
            first.append(QString::fromUtf8(name.data(), std::ssize(name)));
        }
        return first;
    }

    [[nodiscard]] QStringList best(const QString &query, qsizetype most)
    {
        if (m_names.isEmpty()) {
            auto &functions = m_session.functions();
            m_names.reserve(static_cast<qsizetype>(functions.size()));
            for (std::size_t i = 0; i < functions.size(); ++i) {
                m_names.append(toText(functions.at(i).name));
            }
        }
        std::vector<std::pair<int, const QString *>> found;
        for (const QString &name : std::as_const(m_names)) {
            if (const auto score = widgets::paletteScore(query, name)) {
                found.emplace_back(-*score, &name);
            }
        }
        const auto count = std::min<std::ptrdiff_t>(most, std::ssize(found));
        std::ranges::partial_sort(found, found.begin() + count, [](const auto &left, const auto &right) {
            return left.first != right.first ? left.first < right.first : *left.second < *right.second;
        });
        QStringList names;
        for (const auto &each : std::span(found).first(static_cast<std::size_t>(count))) {
            names.append(*each.second);
        }
        return names;
    }

private:
    models::Session &m_session;
    QStringList m_names;
};

PaletteEntry functionEntry(models::Session &session, const wire::Function &function,
                           const FunctionTarget &target, const PaletteWays &ways)
{
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
    const FunctionTarget target = targetsOf(session, {function}).value(function);
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

/// "hello@3" as a thing that something can be done to.
std::pair<QString, int> versionOf(const QString &object)
{
    const qsizetype at = object.lastIndexOf(u'@');
    return at < 0 ? std::pair(object, 0) : std::pair(object.left(at), object.mid(at + 1).toInt());
}

QList<PaletteEntry> actionsOnVersion(models::Session &session, const QString &function, int version,
                                     const PaletteWays &ways)
{
    const QString section = PaletteTexts::tr("Actions on %1").arg(u"%1 v%2"_s.arg(function).arg(version));
    return {{.id = u"open"_s,
             .section = section,
             .icon = u"version"_s,
             .title = PaletteTexts::tr("Show among the versions"),
             .run =
                 [open = ways.openVersion, function, version] {
                     open(function, version);
                 }},
            {.id = u"deploy"_s,
             .section = section,
             .icon = u"deploy"_s,
             .title = PaletteTexts::tr("Deploy v%1…").arg(version),
             .detail = PaletteTexts::tr("shows the difference first"),
             .reason = session.isConnected() ? QString()
                                             : PaletteTexts::tr("offline: wait until the platform is back"),
             .run = [deploy = ways.deploy, function, version] {
                 deploy({function, {}, version});
             }}};
}

using Versions = models::Collection<wire::Version>;

struct ShownVersions
{
    std::unique_ptr<Versions> versions;
};

void followVersions(models::Session &session, ShownVersions &shown, const QString &function, QObject *palette,
                    const std::function<void()> &refresh)
{
    const std::string name = function.toStdString();
    shown.versions = session.follow<wire::Version>(
        "/v1/functions/" + function.toUtf8() + "/versions",
        [name](const wire::Version &version) { return version.function == name; });
    QObject::connect(shown.versions.get(), &models::CollectionBase::stateChanged, palette, refresh);
    QObject::connect(shown.versions.get(), &models::CollectionBase::changed, palette, refresh);
    QObject::connect(shown.versions.get(), &models::CollectionBase::listed, palette, refresh);
}

/// Newest first.
widgets::PaletteVersions versionEntries(models::Session &session, const Versions &versions,
                                        const QString &function, const PaletteWays &ways)
{
    if (versions.size() == 0) {
        const bool hasFailed = versions.state() == models::CollectionBase::State::Failed;
        return {{},
                hasFailed ? toText(versions.lastError().detail)
                : versions.isListed()
                    ? PaletteTexts::tr("%1 has no version yet: build it and publish it.").arg(function)
                    : PaletteTexts::tr("Reading the versions of %1…").arg(function)};
    }
    std::vector<const wire::Version *> sorted;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        sorted.push_back(&versions.at(i));
    }
    std::ranges::sort(sorted, std::greater(), &wire::Version::number);
    QList<PaletteEntry> entries;
    for (const wire::Version *version : sorted) {
        int groups = 0;
        for (std::size_t i = 0; i < session.deployments().size(); ++i) {
            const wire::Deployment &each = session.deployments().at(i);
            groups += each.function == version->function &&
                              std::ranges::find(each.weights, version->number,
                                                &wire::VersionWeight::version) != each.weights.end()
                          ? 1
                          : 0;
        }
        const int number = version->number;
        entries.append({.id = u"%1@%2"_s.arg(function).arg(number),
                        .section = PaletteTexts::tr("Versions of %1").arg(function),
                        .icon = u"version"_s,
                        .title = u"v%1"_s.arg(number),
                        .detail = toText(version->description),
                        .note = groups > 0 ? PaletteTexts::tr("in %n groups", nullptr, groups) : QString(),
                        .run = [open = ways.openVersion, function, number] { open(function, number); },
                        .hasActions = true});
    }
    return {entries, {}};
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
            [&session, ways, names = std::make_shared<FunctionNames>(session)](const QString &query,
                                                                               qsizetype most) {
                const QStringList found =
                    query.isEmpty() ? names->firstByName(most) : names->best(query, most);
                const auto targets = targetsOf(session, found);
                QList<PaletteEntry> entries;
                for (const QString &name : found) {
                    if (const auto *function = session.functions().find(name.toStdString())) {
                        entries.append(functionEntry(session, *function, targets.value(name), ways));
                    }
                }
                return entries;
            },
        .actionsOn =
            [&session, ways](const QString &object) {
                const auto [function, version] = versionOf(object);
                return version > 0 ? actionsOnVersion(session, function, version, ways)
                                   : actionsOn(session, object, ways);
            },
        .commands = [&actions] { return commands(actions); },
        .objectInView = [ways] { return ways.functionInView ? ways.functionInView() : QString(); },
        .versions =
            [&session, ways, shown = std::make_shared<ShownVersions>()](
                QObject *palette, const std::function<void()> &refresh) mutable {
                const QString function = ways.functionInView ? ways.functionInView() : QString();
                if (function.isEmpty()) {
                    return widgets::PaletteVersions{
                        {},
                        PaletteTexts::tr("@ lists the versions of the function in view: open one first.")};
                }
                if (!shown->versions) {
                    followVersions(session, *shown, function, palette, refresh);
                }
                return versionEntries(session, *shown->versions, function, ways);
            }};
}

} // namespace nest::console
