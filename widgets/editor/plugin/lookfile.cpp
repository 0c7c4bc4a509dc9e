// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editor/plugin/lookfile.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace nest::editorplugin {

using namespace Qt::StringLiterals;
using widgets::EditorLook;

namespace {

QString hex(const QColor &color)
{
    return color.name(color.alpha() == 255 ? QColor::HexRgb : QColor::HexArgb);
}

/// The editor paints some places over others, so they get the tint already mixed with the page.
QColor over(const QColor &top, const QColor &bottom)
{
    const auto mix = [&](float above, float below) {
        return above * top.alphaF() + below * (1 - top.alphaF());
    };
    return QColor::fromRgbF(mix(top.redF(), bottom.redF()), mix(top.greenF(), bottom.greenF()),
                            mix(top.blueF(), bottom.blueF()));
}

QJsonObject style(const QColor &color, const QColor &selected)
{
    return {{u"text-color"_s, hex(color)}, {u"selected-text-color"_s, hex(selected)}};
}

QJsonObject textStyles(const EditorLook &look)
{
    const auto &syntax = look.syntax;
    const QColor &plain = look.text.primary;
    const QList<std::pair<QString, QColor>> styles{
        {u"Normal"_s, plain},
        {u"Keyword"_s, syntax.keyword},
        {u"ControlFlow"_s, syntax.keyword},
        {u"Import"_s, syntax.keyword},
        {u"Function"_s, syntax.function},
        {u"BuiltIn"_s, plain},
        {u"Variable"_s, plain},
        {u"Operator"_s, plain},
        {u"Extension"_s, syntax.function},
        {u"Preprocessor"_s, syntax.keyword},
        {u"Attribute"_s, syntax.property},
        {u"DataType"_s, syntax.property},
        {u"Others"_s, syntax.property},
        {u"Annotation"_s, syntax.property},
        {u"Char"_s, syntax.string},
        {u"String"_s, syntax.string},
        {u"VerbatimString"_s, syntax.string},
        {u"SpecialString"_s, syntax.string},
        {u"SpecialChar"_s, syntax.number},
        {u"DecVal"_s, syntax.number},
        {u"BaseN"_s, syntax.number},
        {u"Float"_s, syntax.number},
        {u"Constant"_s, syntax.number},
        {u"Comment"_s, syntax.comment},
        {u"Documentation"_s, syntax.comment},
        {u"CommentVar"_s, syntax.comment},
        {u"RegionMarker"_s, syntax.comment},
        {u"Information"_s, syntax.comment},
        {u"Warning"_s, look.warning},
        {u"Alert"_s, look.warning},
        {u"Error"_s, look.error},
    };
    QJsonObject all;
    for (const auto &[name, color] : styles) {
        all.insert(name, style(color, plain));
    }
    return all;
}

QJsonObject editorColors(const EditorLook &look)
{
    const QColor &page = look.surface.page;
    const QList<std::pair<QString, QColor>> colors{
        {u"BackgroundColor"_s, page},
        {u"CurrentLine"_s, over(look.surface.rowHover, page)},
        {u"TextSelection"_s, over(look.surface.rowSelected, page)},
        {u"IconBorder"_s, page},
        {u"LineNumbers"_s, look.text.dim},
        {u"CurrentLineNumber"_s, look.text.primary},
        {u"Separator"_s, page},
        {u"ModifiedLines"_s, look.changed},
        {u"SavedLines"_s, look.added},
        {u"BracketMatching"_s, over(look.accent.tint, page)},
        {u"SearchHighlight"_s, over(look.accent.tint, page)},
        {u"ReplaceHighlight"_s, over(look.accent.tint, page)},
        {u"CodeFolding"_s, look.surface.control},
        {u"IndentationLine"_s, look.border.subtle},
        {u"WordWrapMarker"_s, look.border.subtle},
        {u"TabMarker"_s, look.border.control},
        {u"SpellChecking"_s, look.error},
        {u"MarkBookmark"_s, look.accent.text},
        {u"MarkBreakpointActive"_s, look.error},
        {u"MarkBreakpointReached"_s, look.warning},
        {u"MarkBreakpointDisabled"_s, look.text.disabled},
        {u"MarkExecution"_s, look.border.strong},
        {u"MarkWarning"_s, look.warning},
        {u"MarkError"_s, look.error},
        {u"TemplateBackground"_s, look.surface.control},
        {u"TemplatePlaceholder"_s, look.surface.pressed},
        {u"TemplateFocusedPlaceholder"_s, look.surface.pressed},
        {u"TemplateReadOnlyPlaceholder"_s, look.surface.pressed},
    };
    QJsonObject all;
    for (const auto &[name, color] : colors) {
        all.insert(name, hex(color));
    }
    return all;
}

/// Slanted words of JavaScript stand upright as the others; a difference has its own two colours.
QJsonObject customStyles(const EditorLook &look)
{
    const QJsonObject upright{{u"italic"_s, false}};
    return {{u"JavaScript"_s, QJsonObject{{u"Reserved"_s, upright},
                                          {u"Object Method (Built-in)"_s, upright},
                                          {u"Object Property (Built-in)"_s, upright}}},
            {u"Diff"_s, QJsonObject{{u"Added line"_s, style(look.added, look.text.primary)},
                                    {u"Removed line"_s, style(look.error, look.text.primary)},
                                    {u"File"_s, style(look.accent.text, look.text.primary)},
                                    {u"Header"_s, style(look.accent.text, look.text.primary)}}}};
}

} // namespace

QString lookName(bool isDark)
{
    return isDark ? u"Nest Dark"_s : u"Nest Light"_s;
}

QByteArray lookFile(const EditorLook &look)
{
    const QJsonObject theme{
        {u"metadata"_s, QJsonObject{{u"name"_s, lookName(look.isDark)}, {u"revision"_s, 1}}},
        {u"text-styles"_s, textStyles(look)},
        {u"editor-colors"_s, editorColors(look)},
        {u"custom-styles"_s, customStyles(look)},
    };
    return QJsonDocument(theme).toJson(QJsonDocument::Compact);
}

} // namespace nest::editorplugin
