// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/delegatedgroup.h"

#include "tests/support/testplatform.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <sys/xattr.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace nest::testsupport {
namespace {

bool write(const QString &file, const QByteArray &text)
{
    QFile opened(file);
    return opened.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && opened.write(text) == text.size();
}

QString top()
{
    if (const auto named = qEnvironmentVariable("NEST_TEST_CGROUP"); !named.isEmpty()) {
        return named;
    }
    for (const auto &line : DelegatedGroup::read(u"/proc/self/mountinfo"_s).split(u'\n')) {
        if (line.contains(u" - cgroup2 "_s) && ::geteuid() == 0) {
            return line.section(u' ', 4, 4);
        }
    }
    return {};
}

} // namespace

QString DelegatedGroup::read(const QString &file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? QString::fromUtf8(opened.readAll()).trimmed() : QString();
}

DelegatedGroup::DelegatedGroup(const QStringList &controllers)
{
    const auto above = top();
    if (above.isEmpty()) {
        m_trouble = u"No cgroup2 folder is this user's: name one with NEST_TEST_CGROUP."_s;
        return;
    }
    const auto path =
        above + u"/nest-test-%1-%2"_s.arg(::getpid()).arg(reinterpret_cast<quintptr>(this), 0, 16);
    if (!QDir().mkdir(path)) {
        m_trouble = u"'%1' cannot be divided by this user."_s.arg(above);
        return;
    }
    m_path = path;
    if (!controllers.isEmpty()) {
        const auto wanted = u"+"_s + controllers.join(u" +"_s);
        if (!write(above + u"/cgroup.subtree_control"_s, wanted.toUtf8())) {
            m_trouble =
                u"'%1' does not have, or give, the controllers %2."_s.arg(above, controllers.join(u", "_s));
        }
    }
    ::setxattr(QFile::encodeName(path).constData(), "user.delegate", "1", 1, 0);
}

DelegatedGroup::~DelegatedGroup()
{
    if (m_path.isEmpty()) {
        return;
    }
    write(m_path + u"/cgroup.kill"_s, "1");
    waitUntil([this] { return !read(m_path + u"/cgroup.events"_s).contains(u"populated 1"_s); }, 5s);
    QStringList all{m_path};
    QDirIterator below(m_path, QDir::Dirs | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (below.hasNext()) {
        all.prepend(below.next()); // the deepest first
    }
    for (const auto &path : all) {
        ::rmdir(QFile::encodeName(path).constData());
    }
}

void DelegatedGroup::giveToOrdinaryUser() const
{
    for (const auto *file : {"", "/cgroup.procs", "/cgroup.threads", "/cgroup.subtree_control"}) {
        if (::geteuid() == 0) {
            [[maybe_unused]] const int given =
                ::chown(QFile::encodeName(m_path + QLatin1StringView(file)).constData(),
                        TestPlatform::ordinaryUser, TestPlatform::ordinaryUser);
        }
    }
}

QStringList DelegatedGroup::entering() const
{
    return {u"/bin/sh"_s, u"-c"_s,
            u"group='%1'; [ -d \"$group/platform\" ] && group=$group/platform; "
            "echo $$ > \"$group/cgroup.procs\" && exec \"$@\""_s.arg(m_path),
            u"sh"_s};
}

} // namespace nest::testsupport
