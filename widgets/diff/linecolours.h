// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Syntax colours of the lines of one file, by KSyntaxHighlighting, in the theme's six colours. Works line by
// line as they are asked for, so that only what is looked at costs something.
//
// Invariants: lines that follow each other are asked for by rising number within one run; a jump begins anew
// with a guess. Thread: GUI. Owner: DiffView, one for each side.

#include "widgets/theme/theme.h"

#include <QString>

#include <memory>
#include <vector>

namespace nest::widgets {

struct LineSpan
{
    enum class Colour { Keyword, String, Number, Function, Comment, Property };
    int start = 0;
    int length = 0;
    Colour colour = Colour::Keyword;
};

/// The theme's colour of it.
[[nodiscard]] const QColor &syntaxColour(const Theme &theme, LineSpan::Colour colour);

class LineColours final
{
public:
    LineColours();
    ~LineColours();
    LineColours(const LineColours &) = delete;
    LineColours &operator=(const LineColours &) = delete;

    /// The language by the file's name; none that is known: no colours.
    void setFile(const QString &path);
    [[nodiscard]] bool isPlain() const;
    /// Forgets the state: the next line begins a run.
    void beginRun();
    /// The spans of the next line of the run.
    [[nodiscard]] std::vector<LineSpan> next(const QString &line);

private:
    class Highlighter;
    std::unique_ptr<Highlighter> m_highlighter;
};

} // namespace nest::widgets
