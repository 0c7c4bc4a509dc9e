// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What a person chose in the dialog Deploy, as a plain value: one row a group of the platform, which version
// goes there, with which share of the requests and which scaling, and what would be wrong with it.
//
// Invariants: rows are in the order of their groups; an edit stays when the platform's state moves on, what
// was not edited follows it. A chosen group that somebody else changes is chosen no more: what was seen is
// what is written over. Knows no network. Thread: any, it is a value.

#include "api/wire/deployment.h"
#include "api/wire/function.h"

#include <QList>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace nest::models {

enum class ScalingField { Reserved, Maximum, Threshold, Utilisation };

struct DeployRow
{
    wire::GroupName group;
    std::optional<wire::Deployment> present; // nothing: not deployed there
    bool isChosen = false;
    bool isChangedMeanwhile = false; // by somebody else while it was chosen: not chosen any more
    int share = 100;                 // per cent of the requests that go to the new version
    wire::ScalingPolicy scaling;
    bool usesManifest = false;  // the first deployment of all: what is not edited is as function.yaml has it
    QList<ScalingField> edited; // the fields of `scaling` that the person changed

    [[nodiscard]] bool isNew() const { return !present; }
    /// All requests go to `version` already.
    [[nodiscard]] bool hasAlready(int version) const;
    /// The present versions that keep a share beside `version`, with what they have now.
    [[nodiscard]] std::vector<wire::VersionWeight> others(int version) const;
};

struct PlanProblem
{
    std::size_t row = 0;
    std::optional<ScalingField> field; // nothing: the share
    QString sentence;
};

class DeployPlan final
{
public:
    DeployPlan() = default;

    void setFunction(std::string function) { m_function = std::move(function); }
    [[nodiscard]] const std::string &function() const { return m_function; }
    /// 0: none yet. Groups that have it already are not chosen any more.
    void setVersion(int version);
    [[nodiscard]] int version() const { return m_version; }

    /// The state of the platform: every group, and the deployments of this function.
    void setState(std::vector<wire::Group> groups, std::vector<wire::Deployment> deployments);

    [[nodiscard]] const std::vector<DeployRow> &rows() const { return m_rows; }
    [[nodiscard]] std::vector<std::size_t> chosen() const;
    [[nodiscard]] std::size_t chosenCount() const { return chosen().size(); }
    /// It can be chosen: not there already.
    [[nodiscard]] bool canChoose(std::size_t row) const;
    void choose(std::size_t row, bool isChosen);
    void setShare(std::size_t row, int share);
    void setScaling(std::size_t row, ScalingField field, double value);
    /// As if it had not been edited.
    void resetScaling(std::size_t row, ScalingField field);
    /// Its name in the API.
    [[nodiscard]] static std::string nameOf(ScalingField field);
    [[nodiscard]] static double value(const wire::ScalingPolicy &policy, ScalingField field);
    /// What the row had before: the present policy, or that of the neighbour that a new one begins with.
    [[nodiscard]] wire::ScalingPolicy presentScaling(std::size_t row) const;

    [[nodiscard]] std::vector<PlanProblem> problems() const;
    /// The document to be written for a row, with the etag that was seen; needs no problem there.
    [[nodiscard]] wire::Deployment wanted(std::size_t row, const std::string &reason) const;
    /// The weights of a row after it: the new version's share, the rest as the others had it among
    /// themselves.
    [[nodiscard]] std::vector<wire::VersionWeight> weights(const DeployRow &row) const;

private:
    [[nodiscard]] wire::ScalingPolicy firstScaling() const;

    std::string m_function;
    int m_version = 0;
    std::vector<DeployRow> m_rows;
};

} // namespace nest::models
