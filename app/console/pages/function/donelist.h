// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// What was done to make a function, step by step with its seconds; a failed step stops the list.
//
// Thread: UI. Owner: the summary; it shows a creator and does not keep it.

#include "models/functioncreator.h"

#include <QPointer>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace nest::console {

class DoneList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DoneList)

public:
    explicit DoneList(QWidget *parent = nullptr);

    void show(const models::FunctionCreator &creator);

Q_SIGNALS:
    void cancelRequested();
    void retryRequested();

private:
    class Row;

    std::array<Row *, models::FunctionCreator::steps.size()> m_rows{};
    QPushButton *m_cancel;
    QPushButton *m_retry;
};

} // namespace nest::console
