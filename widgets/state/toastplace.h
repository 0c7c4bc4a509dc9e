// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Where the messages of a window stand: at the bottom right, or further up or left where they would cover
// something that can be clicked, the row or the cursor that has the focus, or the pointer.
//
// Looks at what is shown at this moment and keeps nothing. Thread: GUI.

#include <QRect>

class QWidget;

namespace nest::widgets {

/// Set to true, this property of a widget makes it one that toasts do not cover while there is another place:
/// text that is read to its end, buttons that are about to be of use.
inline constexpr auto toastsKeepClear = "toastsKeepClear";

/// `area` is the messages' own widget, a child of the window; `foot` the height of the status bar.
[[nodiscard]] QRect freePlace(const QWidget &window, const QWidget &area, const QSize &size, int foot);
/// Something that can be clicked is below that place.
[[nodiscard]] bool isInTheWay(const QWidget &window, const QWidget &area, const QRect &place);

} // namespace nest::widgets
