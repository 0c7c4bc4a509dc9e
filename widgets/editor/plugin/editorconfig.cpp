// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/plugin/editorconfig.h"

#include "widgets/editor/plugin/lookfile.h"

#include <QFile>
#include <QFontMetricsF>

namespace nest::editorplugin {

using namespace Qt::StringLiterals;

bool writeEditorConfig(const QString &file, const widgets::EditorLook &look)
{
    // The editor multiplies the font's height and cuts the result.
    const qreal stretch = (look.lineHeight + 0.02) / QFontMetricsF(look.font).height();
    // Long lines are not cut, spaces at line ends and the last line's end are left as they are, and no swap
    // file is written: the text belongs to the console, which keeps it by itself.
    const QString text = uR"([KTextEditor Editor]
Encoding Prober Type=1
Fallback Encoding=UTF-8

[KTextEditor Document]
Auto Detect Indent=true
Auto Reload If State Is In Version Control=false
Auto Save=false
Backup Flags=0
Encoding=UTF-8
Indentation Width=2
Line Length Limit=0
Newline at End of File=false
On-The-Fly Spellcheck=false
Remove Spaces=0
ReplaceTabsDyn=true
Swap File Mode=0
Tab Width=4

[KTextEditor View]
Auto Brackets=true
Auto Completion=false
Dynamic Word Wrap=false
Folding Bar=true
Folding Preview=false
Icon Bar=true
Line Modification=true
Line Numbers=true
Mouse Copy=true
Scroll Bar Marks=false
Scroll Bar MiniMap=false
Scroll Bar Preview=false
Show File Encoding=false
Show Folding Icons On Hover Only=true
Show Whole Bracket Expression=false
Smart Copy Cut=true

[KTextEditor Renderer]
Animate Bracket Matching=false
Auto Color Theme Selection=false
Color Theme=%1
Line Height Multiplier=%2
Show Indentation Lines=false
Text Font=%3
Word Wrap Marker=false

[KTextEditor::Search]
Replace History=
Search History=
)"_s.arg(lookName(look.isDark))
                             .arg(stretch, 0, 'f', 4)
                             .arg(look.font.toString());
    QFile target(file);
    return target.open(QIODevice::WriteOnly) && target.write(text.toUtf8()) > 0;
}

} // namespace nest::editorplugin
