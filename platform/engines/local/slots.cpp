// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of LocalEngine that deals with booted runtimes which wait for a function.
#include "platform/engines/local/enginestate.h"
#include "platform/engines/local/instancelabel.h"
#include "platform/engines/local/runtimebox.h"
#include "platform/engines/local/slotfolder.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>

namespace nest::engines {

void LocalEngine::startSlot(SlotSpec spec)
{
    const auto id = spec.id;
    const auto folder = makeSlotFolder(m->config.slotsDirectory, id);
    auto box = folder ? slotBox(spec, *folder, m->config.runtimesDirectory) : std::unexpected(folder.error());
    if (!box) {
        QMetaObject::invokeMethod(
            this, [this, id, reason = box.error().detail] { Q_EMIT slotEnded(id, reason); },
            Qt::QueuedConnection);
        return;
    }
    const auto label = encodeSlotLabel(spec);
    m->slots[id] = Slot{.spec = std::move(spec),
                        .socketPath = {},
                        .isReady = false,
                        .askedUnixMs = unixMilliseconds(),
                        .health = nullptr};
    m->link.send(keeper::StartInstance{id, std::move(*box), label});
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
    instance.spec = std::move(spec);
    instance.socketPath = found->second.socketPath;
    instance.askedUnixMs = unixMilliseconds();
    instance.isFromSlot = true;
    m->slots.erase(found);
    m->link.send(keeper::SetLabel{slotId, {}}); // neither a slot nor an instance until its module is loaded
    QThreadPool::globalInstance()->start([this, slotId, folder = m->config.slotsDirectory + '/' + slotId,
                                          code = instance.spec.codeDir, alive = QPointer(this)] {
        const auto began = std::chrono::steady_clock::now();
        auto result = fillSlotFolder(folder, code);
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
