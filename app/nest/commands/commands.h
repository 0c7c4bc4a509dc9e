// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The commands of `nest`, one file each. Each function adds its command to the command line; when that is
// chosen, `chosen` becomes what to run. Called once by main before parsing.

#include "app/nest/context.h"

namespace CLI {
class App;
}

namespace nest::cli {

void addStatus(CLI::App &app, Command &chosen);
void addCreate(CLI::App &app, Command &chosen);
void addDeploy(CLI::App &app, Command &chosen);
void addDev(CLI::App &app, Command &chosen);
void addTest(CLI::App &app, Command &chosen);
void addDebug(CLI::App &app, Command &chosen);
void addInvoke(CLI::App &app, Command &chosen);
void addFunctions(CLI::App &app, Command &chosen);
void addInstances(CLI::App &app, Command &chosen);
void addDecisions(CLI::App &app, Command &chosen);
void addLogs(CLI::App &app, Command &chosen);
void addLoad(CLI::App &app, Command &chosen);
void addPools(CLI::App &app, Command &chosen);
void addPoolSchedule(CLI::App &pools, Command &chosen); // of `nest pools`
void addSecrets(CLI::App &app, Command &chosen);
void addReserve(CLI::App &app, Command &chosen);
void addCapacity(CLI::App &app, Command &chosen);
void addSimulate(CLI::App &app, Command &chosen);

} // namespace nest::cli
