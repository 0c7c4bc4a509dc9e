// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Every wire type at once, for code that serves or reads them all.

#include "api/wire/build.h"
#include "api/wire/deployment.h"
#include "api/wire/function.h"
#include "api/wire/invocation.h"
#include "api/wire/observation.h"
#include "api/wire/platform.h"
#include "api/wire/pool.h"
#include "api/wire/simulation.h"
