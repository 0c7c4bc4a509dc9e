// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The sentences of an explanation: wrapped, with figures in bold, selectable with pointer and keyboard.
// The caller gives parts, not markup: a name from outside can never become a tag. UI thread only.

#include "widgets/explain/explaincolours.h"

#include <QLabel>
#include <QList>
#include <QString>

namespace nest::explain {

struct SentencePart
{
    enum class Emphasis { Plain, Strong, Warn, Bad };
    QString text;
    Emphasis emphasis = Emphasis::Plain;
    bool operator==(const SentencePart &) const = default;
};

class SentenceView final : public QLabel
{
    Q_OBJECT
public:
    explicit SentenceView(QWidget *parent = nullptr);
    Q_DISABLE_COPY_MOVE(SentenceView)

    void setSentences(const QList<SentencePart> &parts);
    /// A translated sentence with its bold parts between asterisks: "In 6 s the load asked for *9*
    /// instances". Two asterisks make one that is shown.
    static QList<SentencePart> fromMarked(const QString &text);
    void setColours(const ExplainColours &colours);
    QString plainText() const;

private:
    void write();

    QList<SentencePart> m_parts;
    ExplainColours m_colours;
};

} // namespace nest::explain
