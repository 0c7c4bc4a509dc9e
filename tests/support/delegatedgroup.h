// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A control group that a test may divide, as a service manager delegates one: made below the group that
// NEST_TEST_CGROUP names, else (as root) at the top of the cgroup2 file system, and marked as systemd does.
// What is left in it at the end is killed, and it is removed.

#include <QString>
#include <QStringList>

namespace nest::testsupport {

class DelegatedGroup final
{
public:
    /// With these controllers.
    explicit DelegatedGroup(const QStringList &controllers);
    ~DelegatedGroup();
    Q_DISABLE_COPY_MOVE(DelegatedGroup)

    /// Why there is none, in a sentence; empty when all is well.
    [[nodiscard]] QString trouble() const { return m_trouble; }
    [[nodiscard]] QString path() const { return m_path; }
    /// Whoever TestPlatform::runAsOrdinaryUser() makes it may divide it too.
    void giveToOrdinaryUser() const;
    /// What starts something in it, in front of its words. Once it is divided, no process may begin in the
    /// group itself: then in the leaf `platform`, as with systemd's DelegateSubgroup=.
    [[nodiscard]] QStringList entering() const;

    [[nodiscard]] static QString read(const QString &file);

private:
    QString m_path;
    QString m_trouble;
};

} // namespace nest::testsupport
