// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The button that says and changes what a request is sent to; its menu has the draft, the versions and the
// groups with who answers there.
//
// Invariants: what cannot be asked is in the menu, off, with the reason. Thread: UI. Owner: a view of the
// panel; the session outlives it.

#include "api/wire/build.h"
#include "app/console/pages/function/test/testtarget.h"
#include "models/collection.h"

#include <QPushButton>

#include <memory>

class QMenu;

namespace nest::console {

class TargetButton final : public QPushButton
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TargetButton)

public:
    /// Whether only groups can be chosen, as load goes through the gateway.
    enum class Offers { Everything, Groups };

    TargetButton(models::Session &session, Offers offers, QWidget *parent = nullptr);

    void setFunction(const QString &function);
    /// Latest green build of the draft; nothing: none.
    void setDraftBuild(std::optional<int> build) { m_draftBuild = build; }
    void setTarget(const TestTarget &target);
    [[nodiscard]] const TestTarget &target() const { return m_target; }
    /// Of a draft the version that was made of its build: the same code under two names.
    [[nodiscard]] std::optional<int> publishedAs(const TestTarget &target) const;
    [[nodiscard]] models::Collection<wire::Version> *versions() const { return m_versions.get(); }

Q_SIGNALS:
    /// The person chose.
    void targetChosen(const nest::console::TestTarget &target);

private:
    void fill();
    void addChoice(const TestTarget &target, const QString &text, const QString &offReason = {});

    models::Session &m_session;
    Offers m_offers;
    QMenu *m_choices;
    QString m_function;
    std::optional<int> m_draftBuild;
    TestTarget m_target;
    std::unique_ptr<models::Collection<wire::Version>> m_versions;
};

} // namespace nest::console
