// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A line under the page's head that says what is true of the whole page: offline, late, limited. Icon, bold
// fact, detail, at the right a note and one link.
//
// Invariants: 32 high, or hidden. Thread: GUI.

#include "widgets/theme/theme.h"

#include <QWidget>

class QPushButton;

namespace nest::widgets {

class Label;

struct BannerText
{
    Tone tone = Tone::Warn;
    QString icon;   // "offline", "alert", "info"
    QString fact;   // "Offline 2 min 14 s"
    QString detail; // "Values are from 03:12:02 and shown dim. Actions are off."
    QString note;   // "try 6, next in 8 s"
    QString link;   // "Retry now"; empty: no link
    bool operator==(const BannerText &) const = default;
};

class Banner final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Banner)

public:
    explicit Banner(QWidget *parent = nullptr);

    /// Shows the banner. Cheap when only the age in the text moved.
    void setBanner(const BannerText &text);
    [[nodiscard]] const BannerText &banner() const { return m_banner; }

Q_SIGNALS:
    void linkActivated();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    BannerText m_banner;
    Label *m_fact;
    Label *m_detail;
    Label *m_note;
    QPushButton *m_link;
};

} // namespace nest::widgets
