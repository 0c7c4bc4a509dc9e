// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The colours of JSON in a text document: keys, strings, numbers, words. Not for long texts: above
// longestColoured nothing is coloured, so that a big answer does not hold the UI thread.
//
// Thread: UI. Owner: the document. Follows a switch of the theme when told (applyTheme).

#include <QSyntaxHighlighter>

class QWidget;

namespace nest::console {

class JsonHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JsonHighlighter)

public:
    static constexpr int longestColoured = 200'000; // characters; about 15 ms

    /// The theme is that of the widget.
    JsonHighlighter(QTextDocument *document, const QWidget *widget);

    void setOn(bool isOn);
    void applyTheme();

protected:
    void highlightBlock(const QString &text) override;

private:
    const QWidget *m_widget;
    bool m_isOn = true;
};

} // namespace nest::console
