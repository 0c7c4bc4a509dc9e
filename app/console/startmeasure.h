// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// nest-console --measure-start: prints one line when the window was painted first, and a line of JSON
// {"pssMiB": …} with the memory of the process once it shows live data; then the program ends.
//
// Memory is Pss of /proc/self/smaps_rollup: pages shared with other programs count in part. Unit: MiB.
// Thread: UI. Owner: main.

#include <QObject>

class QWidget;

namespace nest::models {
class Session;
}

namespace nest::console {

class StartMeasure final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StartMeasure)

public:
    StartMeasure(models::Session &session, QWidget &window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void sayPainted();
    void awaitData();
    void sayMemory();

    models::Session &m_session;
    bool m_wasPainted = false;
    bool m_hasData = false;
};

} // namespace nest::console
