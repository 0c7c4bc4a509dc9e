// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What function.yaml says and a version carries: memory, time limit, environment. To read; it changes with
// the code.
//
// Thread: UI. Owner: the tab; the session outlives it.

#include "api/wire/build.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QGridLayout;

namespace nest::models {
class Session;
}
namespace nest::widgets {
class Label;
}

namespace nest::console {

/// Of the lines of a function.yaml; what is not there, or not written in one line, is not known.
struct ManifestFigures
{
    std::optional<int> memoryMegabytes;
    std::optional<int> timeoutSeconds;
    wire::Environment environment;
    QStringList network; // the lines as they stand there
};
[[nodiscard]] ManifestFigures readManifest(const std::string &text);

class CodeSettings final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CodeSettings)

public:
    explicit CodeSettings(models::Session &session, QWidget *parent = nullptr);

    void setFunction(const QString &function);
    /// Asks again.
    void read();

Q_SIGNALS:
    void changeRequested();

private:
    /// Null: there is none, or it is not known (yet).
    void showVersion(const wire::Version *version, bool isKnown);
    void showDraft(const ManifestFigures *draft);

    models::Session &m_session;
    QString m_function;
    int m_generation = 0;
    widgets::Label *m_versionHead;
    widgets::Label *m_memory, *m_draftMemory;
    widgets::Label *m_timeout, *m_draftTimeout;
    widgets::Label *m_environment, *m_draftEnvironment;
    widgets::Label *m_network, *m_draftNetwork;
    widgets::Label *m_problem;
};

} // namespace nest::console
