// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/codeview.h"

#include "widgets/code/syntax.h"
#include "widgets/theme/theme.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

namespace nest::widgets {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype colouredLength = 200'000;
constexpr int gap = 16; // between the numbers and the code
constexpr int halfGap = gap / 2;
} // namespace

class CodeView::Numbers final : public QWidget
{
public:
    explicit Numbers(CodeView *view) : QWidget(view), m_view(view) {}

protected:
    void paintEvent(QPaintEvent *event) override { m_view->paintNumbers(event); }

private:
    CodeView *m_view;
};

CodeView::CodeView(QWidget *parent)
    : QPlainTextEdit(parent), m_numbers(new Numbers(this)), m_colours(new SyntaxColourer(document(), this))
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        dy != 0 ? m_numbers->scroll(0, dy)
                : m_numbers->update(0, rect.y(), m_numbers->width(), rect.height());
    });
    apply();
}

void CodeView::setCode(const QString &fileName, const QString &text)
{
    if (text == toPlainText()) {
        m_colours->setFileName(fileName);
        return;
    }
    const int across = horizontalScrollBar()->value();
    const int down = verticalScrollBar()->value();
    m_colours->setFileName(text.size() > colouredLength ? QString() : fileName);
    setPlainText(text);
    setViewportMargins(numbersWidth(), 0, 0, 0);
    horizontalScrollBar()->setValue(across);
    verticalScrollBar()->setValue(down);
}

void CodeView::setLineNumbers(bool areShown)
{
    m_hasNumbers = areShown;
    m_numbers->setVisible(areShown);
    setViewportMargins(numbersWidth(), 0, 0, 0);
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    m_numbers->setGeometry(inside.left(), inside.top(), numbersWidth(), inside.height());
}

void CodeView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        if (m_colours != nullptr) {
            m_colours->rehighlight();
            m_numbers->update();
        }
    }
}

void CodeView::apply()
{
    setFont(themeOf(this).font(TextStyle::Code));
    document()->setDocumentMargin(space::control);
    setViewportMargins(numbersWidth(), 0, 0, 0);
}

int CodeView::numbersWidth() const
{
    if (!m_hasNumbers) {
        return 0;
    }
    const int digits = std::max(2, static_cast<int>(QString::number(blockCount()).size()));
    return fontMetrics().horizontalAdvance(u'9') * digits + gap;
}

void CodeView::paintNumbers(QPaintEvent *event)
{
    QPainter painter(m_numbers);
    const Theme &theme = themeOf(this);
    painter.fillRect(event->rect(), palette().base());
    painter.setFont(font());
    painter.setPen(theme.text.disabled);
    QTextBlock block = firstVisibleBlock();
    QRectF line = blockBoundingGeometry(block).translated(contentOffset());
    while (block.isValid() && line.top() <= event->rect().bottom()) {
        const QRectF at(0, line.top(), m_numbers->width() - halfGap, line.height());
        painter.drawText(at, Qt::AlignRight | Qt::AlignVCenter, QString::number(block.blockNumber() + 1));
        block = block.next();
        line = blockBoundingGeometry(block).translated(contentOffset());
    }
}

} // namespace nest::widgets
