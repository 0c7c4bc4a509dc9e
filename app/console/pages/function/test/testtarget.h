// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a request of the Test panel is sent to: a build of the draft, a version, or a group through the
// gateway.
//
// Plain values and questions about them. Thread: UI.

#include "api/wire/common.h"

#include <QList>
#include <QString>

#include <optional>

namespace nest::models {
class Session;
}

namespace nest::console {

struct TestTarget
{
    enum class Kind { Draft, Version, Group };

    Kind kind = Kind::Group;
    int number = 0; // of the build or the version
    wire::GroupName group;
    bool operator==(const TestTarget &) const = default;
};

/// A group that a request may ask for.
struct GroupChoice
{
    wire::GroupName group;
    std::optional<wire::GroupName> answering; // nothing: nobody would answer; another: by fallback
};

/// "Draft, build 3", or "Draft, build 3 = v2" of a build that is published; "v41", "default/main/local"
[[nodiscard]] QString nameOf(const TestTarget &target, std::optional<int> publishedAs = {});
[[nodiscard]] QString nameOf(const wire::GroupName &group);
[[nodiscard]] bool isDeployed(models::Session &session, const QString &function,
                              const wire::GroupName &group);
/// Who answers a request that asks for `group`: itself, or lane main of the same SET and region.
[[nodiscard]] std::optional<wire::GroupName> answeringGroup(models::Session &session, const QString &function,
                                                            const wire::GroupName &group);
/// Where the function is deployed, then the lanes over these.
[[nodiscard]] QList<GroupChoice> groupChoices(models::Session &session, const QString &function);
/// "not deployed in lane-42"
[[nodiscard]] QString notDeployedText(const wire::GroupName &group);

} // namespace nest::console
