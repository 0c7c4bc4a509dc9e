// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// After a deployment: the toast that says what was done and offers Undo for 5 s, then what Undo did.
//
// The run belongs to the toasts' place from here on. Thread: UI.

namespace nest::models {
class DeployRun;
class Session;
} // namespace nest::models

namespace nest::widgets {
class ToastArea;
} // namespace nest::widgets

namespace nest::console {

/// Once every answer has come, and again when a retried group got its own.
void offerUndo(widgets::ToastArea &toasts, models::DeployRun &run);
/// Nobody looks at it any more: it ends once its answers are there and nothing can be undone.
void retire(models::DeployRun &run);

} // namespace nest::console
