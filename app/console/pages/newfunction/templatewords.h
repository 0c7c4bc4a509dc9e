// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How the page New function calls the templates: those that come with the platform in the language of the
// console, others as they were written.
//
// UI thread (translations).

#include "api/wire/function.h"

#include <QString>

namespace nest::console {

/// Templates that differ in their language alone are one to begin with: "http-api" of "http-api-node".
[[nodiscard]] QString familyOf(const wire::Template &each);
/// Without the language, which is said by the form.
[[nodiscard]] QString titleOf(const wire::Template &each);
[[nodiscard]] QString descriptionOf(const wire::Template &each);
/// Name of an icon of the theme.
[[nodiscard]] QString iconOf(const wire::Template &each);

} // namespace nest::console
