// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What LocalEngine knows of its instances, slots and jobs; for localengine.cpp and slots.cpp alone.
//
// The keeper knows a box by one id all its life. An instance that was started in a slot is known to everybody
// else by an id of its own: `boxes` leads from that to the keeper's. Thread: the control thread.

#include "platform/engines/local/keeperlink.h"
#include "platform/engines/local/localengine.h"
#include "platform/engines/local/specialisecall.h"
#include "platform/secrets/redaction.h"

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <set>

namespace nest::engines {

inline double unixMilliseconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(now).count();
}

enum class InstanceState { Starting, Ready, Failed };

struct Instance
{
    InstanceSpec spec; // without secrets once it is loaded
    std::string socketPath;
    InstanceState state = InstanceState::Starting;
    double askedUnixMs = 0;
    std::deque<std::string> lastLines;
    SpecialiseCall *specialise = nullptr; // while loading; a child of the link
    bool isFromSlot = false;
    bool isWithheld = false; // adopted, and what is to be taken out of its lines was not told
    double fetchMs = 0;
    std::shared_ptr<const secrets::Redaction> redaction = std::make_shared<const secrets::Redaction>();
};

struct Slot
{
    SlotSpec spec;
    std::string socketPath;
    bool isReady = false;
    double askedUnixMs = 0;
    SpecialiseCall *health = nullptr; // while booting; a child of the link
    std::string lastWord = {};        // its last message of severity critical
};

class LocalEngine::Private final
{
public:
    Private(LocalEngine &engine, Config settings)
        : q(engine)
        , config(std::move(settings))
        , link({config.runtimeDirectory, config.keeperProgram, config.bwrapProgram,
                config.allowsWeakIsolation, config.allowsNoIsolation})
    {}

    void greeted(const keeper::Hello &hello);
    void take(const keeper::Event &event);
    void lost(const std::string &reason);

    void take(const keeper::Started &started);
    void take(const keeper::NotStarted &notStarted);
    void take(const keeper::OutputLine &line);
    void take(const keeper::Exited &exited);

    void specialise(const std::string &box);
    void loaded(const std::string &box, const SpecialiseAnswer &answer);
    void fail(const std::string &box, Error error);
    static Error redacted(Error error, const secrets::Redaction &redaction);
    void dropCall(SpecialiseCall *&call);

    void bootSlot(SlotSpec spec, Result<> folder);
    void slotStarted(Slot &slot, const std::string &socketPath);
    void slotBooted(const std::string &id, const SpecialiseAnswer &answer);
    void filled(const std::string &box, double milliseconds, const Result<> &result);
    void removeFolder(const std::string &box) const;
    /// What the keeper calls it: the slot that it was started in, else its own id.
    const std::string &boxOf(const std::string &instance) const;

    LocalEngine &q;
    Config config;
    keeper::Isolation isolation;
    std::map<std::string, Instance> instances; // by the keeper's id
    std::map<std::string, std::string> boxes;  // of instances in slots: own id -> the keeper's
    std::map<std::string, Slot> slots;
    std::set<std::string> jobs;
    secrets::Redactions redactions;
    KeeperLink link; // last: its children are destroyed before what they look at
};

} // namespace nest::engines
