// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The page Scaling as a tab of one function: the same charts, decisions and reasons, without a head of its
// own.
//
// Thread: UI. Owner: the page of a function; the session outlives it.

#include "app/console/pages/function/functiontab.h"

namespace nest::models {
class Session;
}

namespace nest::console {

class ScalingPage;

class ScalingTab final : public FunctionTab
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ScalingTab)

public:
    explicit ScalingTab(models::Session &session, QWidget *parent = nullptr);

    [[nodiscard]] ScalingPage &page() { return *m_page; }

    void setTarget(const FunctionTarget &target) override;
    void setConnectionStatus(const widgets::ConnectionStatus &status) override;
    void setTimeRange(widgets::TimeRange range) override;
    void refresh() override;

private:
    ScalingPage *m_page;
};

} // namespace nest::console
