// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of LocalEngine that deals with booted runtimes which wait for a function.
#include "platform/engines/local/enginestate.h"
#include "platform/engines/local/instancelabel.h"
#include "platform/engines/local/runtimebox.h"
#include "platform/engines/local/slotfolder.h"
#include "platform/runtimes/catalogue.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>

namespace nest::engines {

void LocalEngine::startSlot(SlotSpec spec)
{
    const auto *runtime = runtimes::find(spec.runtime);
    if (!spec.hasPackages || runtime == nullptr) {
        const auto folder = makeSlotFolder(m->config.slotsDirectory, spec.id);
        m->bootSlot(std::move(spec), folder ? Result<>() : std::unexpected(folder.error()));
        return;
    }
    // Some hundred files: not on this thread.
    QThreadPool::globalInstance()->start([this, spec = std::move(spec), parent = m->config.slotsDirectory,
                                          packages = std::string(runtime->packages),
                                          alive = QPointer(this)]() mutable {
        auto result = makeSlotFolder(parent, spec.id).and_then([&](const std::string &folder) {
            return linkPackages(folder, spec.packagesDir, packages);
        });
        QMetaObject::invokeMethod(
            qApp,
            [alive, spec = std::move(spec), result = std::move(result)]() mutable {
                if (alive) {
                    alive->m->bootSlot(std::move(spec), std::move(result));
                }
            },
            Qt::QueuedConnection);
    });
}

void LocalEngine::Private::bootSlot(SlotSpec spec, Result<> folder)
{
    const auto id = spec.id;
    const auto *runtime = runtimes::find(spec.runtime);
    if (folder && !spec.preload.empty() && runtime != nullptr && runtime->folder == "node") {
        folder = writePreload(config.slotsDirectory + '/' + id, spec.preload);
    }
    auto box = folder ? slotBox(spec, config.slotsDirectory + '/' + id,
                                {config.runtimesDirectory, config.callsDirectory})
                      : std::unexpected(folder.error());
    if (!box) {
        removeFolder(id);
        QMetaObject::invokeMethod(
            &q, [this, id, reason = box.error().detail] { Q_EMIT q.slotEnded(id, reason); },
            Qt::QueuedConnection);
        return;
    }
    const auto label = encodeSlotLabel(spec);
    slots[id] = Slot{.spec = std::move(spec),
                     .socketPath = {},
                     .isReady = false,
                     .askedUnixMs = unixMilliseconds(),
                     .health = nullptr};
    link.send(keeper::StartInstance{id, std::move(*box), label, true});
}

void LocalEngine::startInSlot(const std::string &slotId, InstanceSpec spec)
{
    const auto found = m->slots.find(slotId);
    if (found == m->slots.end() || !found->second.isReady) {
        startInstance(std::move(spec)); // it has just ended
        return;
    }
    m->boxes[spec.id] = slotId;
    auto &instance = m->instances[slotId];
    instance.redaction = m->redactions.of(spec.function, spec.secrets);
    instance.spec = std::move(spec);
    instance.socketPath = found->second.socketPath;
    instance.askedUnixMs = unixMilliseconds();
    instance.isFromSlot = true;
    const auto *runtime = runtimes::find(found->second.spec.runtime);
    const auto without = !found->second.spec.hasPackages || runtime == nullptr
                             ? std::string()
                             : std::string(runtime->packages);
    m->slots.erase(found);
    m->link.send(keeper::SetLabel{slotId, {}}); // neither a slot nor an instance until its module is loaded
    QThreadPool::globalInstance()->start([this, slotId, folder = m->config.slotsDirectory + '/' + slotId,
                                          code = instance.spec.codeDir, without, alive = QPointer(this)] {
        const auto began = std::chrono::steady_clock::now();
        auto result = fillSlotFolder(folder, code, without);
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
        QMetaObject::invokeMethod(
            qApp,
            [alive, slotId, milliseconds = took.count(), result] {
                if (alive) {
                    alive->m->filled(slotId, milliseconds, result);
                }
            },
            Qt::QueuedConnection);
    });
}

void LocalEngine::endSlot(const std::string &slotId)
{
    m->link.send(keeper::Kill{slotId});
}

void LocalEngine::Private::slotStarted(Slot &slot, const std::string &socketPath)
{
    slot.socketPath = socketPath;
    slot.health = new SpecialiseCall(&link);
    const auto id = slot.spec.id;
    QObject::connect(slot.health, &SpecialiseCall::loaded, &q,
                     [this, id](const SpecialiseAnswer &answer) { slotBooted(id, answer); });
    QObject::connect(slot.health, &SpecialiseCall::refused, &q,
                     [this, id] { link.send(keeper::Kill{id}); }); // its end is told by the keeper
    slot.health->askHealth(socketPath, config.loadTimeoutSeconds);
}

void LocalEngine::Private::slotBooted(const std::string &id, const SpecialiseAnswer &answer)
{
    auto &slot = slots.at(id);
    dropCall(slot.health);
    slot.isReady = true;
    link.send(keeper::Foreground{id}); // whoever claims it waits for it
    ColdStart phases;
    phases.startMs = std::max(0.0, answer.processStartUnixMs - slot.askedUnixMs);
    phases.runtimeInitMs = std::max(0.0, answer.listeningUnixMs - answer.processStartUnixMs);
    Q_EMIT q.slotReady(id, phases);
}

void LocalEngine::Private::filled(const std::string &box, double milliseconds, const Result<> &result)
{
    const auto found = instances.find(box);
    if (found == instances.end() || found->second.state != InstanceState::Starting) {
        return; // it has ended meanwhile
    }
    found->second.fetchMs = milliseconds;
    if (result) {
        specialise(box);
    } else {
        fail(box, result.error());
    }
}

void LocalEngine::Private::removeFolder(const std::string &box) const
{
    if (!config.slotsDirectory.empty()) {
        QThreadPool::globalInstance()->start(
            [parent = config.slotsDirectory, box] { removeSlotFolder(parent, box); });
    }
}

const std::string &LocalEngine::Private::boxOf(const std::string &instance) const
{
    const auto found = boxes.find(instance);
    return found == boxes.end() ? instance : found->second;
}

} // namespace nest::engines
