// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/sessionstatus.h"

#include "models/guard.h"
#include "models/session.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSet>

#include <algorithm>

namespace nest::console {

using namespace Qt::StringLiterals;
using models::Session;
using State = widgets::ConnectionStatus::State;

namespace {

constexpr int bestIsolation = 4; // docs/sandbox.md

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

QString toText(const std::string &text)
{
    return QString::fromStdString(text);
}

State stateOf(const Session &session)
{
    switch (session.state()) {
    case Session::State::Live:
        return State::Live;
    case Session::State::Late:
        return State::Late;
    case Session::State::Offline:
        return State::Offline;
    case Session::State::Failed:
        return State::Failed;
    case Session::State::Idle:
    case Session::State::Starting:
        break;
    }
    return State::Starting;
}

} // namespace

widgets::Environment environmentOf(const QString &name)
{
    return name == "LOCAL"_L1     ? widgets::Environment::Local
           : name == "TEST"_L1    ? widgets::Environment::Test
           : name == "STAGING"_L1 ? widgets::Environment::Staging
                                  : widgets::Environment::Production; // what is not known is guarded most
}

widgets::ConnectionInfo connectionInfo(const Session &session)
{
    const auto &connection = session.connection();
    const QString environment =
        session.me() ? models::Guard::stricter(connection.environment, toText(session.me()->environment))
                     : connection.environment;
    return {.name = connection.name, .environment = environmentOf(environment)};
}

widgets::ConnectionStatus connectionStatus(const Session &session)
{
    widgets::ConnectionStatus status;
    status.state = stateOf(session);
    status.age = session.dataAge().value_or(std::chrono::milliseconds(0));
    status.retryIn = session.untilNextAttempt();
    if (const auto roundTrip = session.roundTrip()) {
        status.roundTripMs = static_cast<double>(roundTrip->count()) / 1000;
    }
    status.timeZone = timeZoneText();
    if (const auto &me = session.me()) {
        status.version = toText(me->platformVersion);
        status.isolationLevel = me->isolation.level;
        status.isolationSentence =
            me->functionsCanStart
                ? Words::tr("Isolation %1 of %2").arg(me->isolation.level).arg(bestIsolation)
                : Words::tr("Functions do not start");
        status.isolationDetail = toText(me->isolation.sentence);
        if (!me->isolation.remedy.empty()) {
            status.isolationDetail += u'\n' + toText(me->isolation.remedy);
        }
    }
    return status;
}

widgets::ScopeChoices scopeChoices(Session &session)
{
    QSet<QString> sets;
    QSet<QString> lanes;
    QSet<QString> regions;
    const auto add = [&](const auto &group) {
        sets.insert(toText(group.set));
        lanes.insert(toText(group.lane));
        regions.insert(toText(group.region));
    };
    for (std::size_t i = 0; i < session.groups().size(); ++i) {
        add(session.groups().at(i));
    }
    for (std::size_t i = 0; i < session.deployments().size(); ++i) {
        add(session.deployments().at(i));
    }
    const auto sorted = [](const QSet<QString> &names) {
        QStringList list(names.begin(), names.end());
        list.sort();
        return list;
    };
    return {.sets = sorted(sets), .lanes = sorted(lanes), .regions = sorted(regions)};
}

widgets::ErrorText connectionError(const Session &session)
{
    const Error &error = session.error();
    const auto &connection = session.connection();
    widgets::ErrorText text;
    text.sentence = toText(error.detail);
    if (error.type == "access/wrong-token") {
        text.title = Words::tr("The platform does not take the token of %1").arg(connection.name);
        text.sentence =
            Words::tr("It answers at %1, and lets nobody in with this token.").arg(connection.address());
        text.steps = {Words::tr("Ask whoever runs the platform for a token"),
                      Words::tr("Press Connections, then Edit, and type it")};
        return text;
    }
    const bool isStart = error.type == "client/no-program" || error.type == "client/platform-ended" ||
                         error.type == "client/platform-silent" || error.type == "client/no-runtime-folder";
    if (!isStart) {
        text.title = Words::tr("No platform answers");
        if (text.sentence.isEmpty()) {
            text.sentence = Words::tr("Nothing came from %1.").arg(connection.address());
        }
        text.steps = {Words::tr("Check that nestd runs and listens at %1").arg(connection.address()),
                      Words::tr("Retry; the console also tries again by itself")};
        return text;
    }
    text.title = Words::tr("The local platform does not start");
    if (error.type == "client/no-program") {
        text.steps = {Words::tr("Install nestd in the folder of nest-console")};
    } else if (const auto paths = client::localEndpoint();
               paths && error.type != "client/no-runtime-folder") {
        text.steps = {Words::tr("Read the log in %1").arg(paths->startLog),
                      Words::tr("Run nestd in a terminal to see what it says")};
    } else {
        text.steps = {Words::tr("Make the folder that is named above usable for this user")};
    }
    text.steps.append(Words::tr("Retry"));
    return text;
}

QString timeZoneText()
{
    const int seconds = QDateTime::currentDateTime().offsetFromUtc();
    if (seconds == 0) {
        return u"UTC"_s;
    }
    const int minutes = std::abs(seconds) / 60;
    QString text = u"UTC%1%2"_s.arg(seconds < 0 ? u'-' : u'+').arg(minutes / 60);
    return minutes % 60 == 0 ? text : text + u":%1"_s.arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

} // namespace nest::console
