// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Drafts and builds of a real nestd, for tests that look at what a build does. Waits block, with limits.

#include "tests/support/testplatform.h"

#include <QJsonObject>

namespace nest::testsupport {

/// The function, made when it is not there, with these files in its draft; the problem otherwise.
QString putDraft(const TestPlatform &platform, const QByteArray &function, const QByteArray &runtime,
                 const QMap<QByteArray, QByteArray> &files);
/// The number of the new build.
int startBuild(const TestPlatform &platform, const QByteArray &function);
/// A build as it is when it has ended, or after 90 s.
QJsonObject endedBuild(const TestPlatform &platform, const QByteArray &function, int number);
/// The lines of its log.
QString logOf(const QJsonObject &build);

} // namespace nest::testsupport
