// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// One tab of the page of a function: what fills the page below the head, and what it puts into the head.
//
// A tab is made once and told which function it shows; it keeps nothing of the one before but text that is
// not saved. Hidden tabs may note what they are told and act in showEvent. Thread: UI. Owner: FunctionPage.

#include "api/wire/common.h"
#include "widgets/shell/shellstate.h"

#include <QWidget>

#include <optional>

namespace nest::console {

struct FunctionTarget
{
    QString function;
    wire::GroupName group; // whose figures are shown, and where a request goes without another choice
    bool operator==(const FunctionTarget &) const = default;
};

/// What the dialog Deploy begins with; neither: the newest version.
struct DeployRequest
{
    QString function;
    std::optional<int> build; // published first
    std::optional<int> version;
};

struct FunctionTabInfo
{
    QString id;    // stable: "code"
    QString title; // translated
};

class FunctionTab : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FunctionTab)

public:
    explicit FunctionTab(FunctionTabInfo info, QWidget *parent = nullptr)
        : QWidget(parent), m_info(std::move(info))
    {}

    [[nodiscard]] const FunctionTabInfo &info() const { return m_info; }

    virtual void setTarget(const FunctionTarget &target) = 0;
    virtual void setConnectionStatus(const widgets::ConnectionStatus &) {}
    virtual void setTimeRange(widgets::TimeRange) {}
    /// R and /.
    virtual void refresh() {}
    virtual void focusFilter() {}
    /// Buttons of this tab in the head of the page, shown while the tab is; null: none. The page takes it.
    virtual QWidget *headTools() { return nullptr; }

Q_SIGNALS:
    /// A small text behind the tab's title, "41"; empty takes it away.
    void badgeChanged(const QString &text);
    void tabRequested(const QString &id);
    void deployRequested(const nest::console::DeployRequest &request);
    /// For the status bar: "build/hello", "Building hello · 62 %".
    void jobChanged(const nest::widgets::Job &job);

private:
    FunctionTabInfo m_info;
};

} // namespace nest::console
