// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// An answer made ready to be read: JSON with line breaks and its own order, other text as it is, anything
// else by its size and type. Made on a worker, as a body may have a megabyte.

#include "api/wire/invocation.h"

#include <QCoroTask>

#include <QByteArray>
#include <QString>

namespace nest::console {

struct AnswerText
{
    QString body;   // what is shown
    QByteArray raw; // what came, to copy
    QString note;   // "The first 1 MiB of a longer body."
    bool isJson = false;
};

[[nodiscard]] AnswerText readableAnswer(const wire::Invocation &answer);
[[nodiscard]] QCoro::Task<AnswerText> readableLater(wire::Invocation answer);
/// "1.9 kB"
[[nodiscard]] QString sizeText(qint64 bytes);

} // namespace nest::console
