// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The lower half of the tab Versions: A and B, their code and their configuration.
//
// Thread: UI. Owner: the tab.

#include "models/session.h"

#include <QWidget>

class QStackedWidget;

namespace nest::widgets {
class Label;
class SegmentedControl;
class TabStrip;
} // namespace nest::widgets

namespace nest::console {

class CodeChanges;
class ConfigChanges;

class DifferencesPanel final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DifferencesPanel)

public:
    explicit DifferencesPanel(models::Session &session, QWidget *parent = nullptr);

    /// Null: none is chosen.
    void show(const wire::Version *before, const wire::Version *after);
    [[nodiscard]] CodeChanges &code() { return *m_code; }

private:
    class Pair;

    Pair *m_pair;
    widgets::TabStrip *m_tabs;
    widgets::SegmentedControl *m_mode;
    QStackedWidget *m_stack;
    CodeChanges *m_code;
    ConfigChanges *m_config;
};

} // namespace nest::console
