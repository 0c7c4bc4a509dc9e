// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A dialog inside the window: covers it with the scrim and holds one panel in the middle. While it is open
// the window below gets no click, no key and no shortcut, and the focus stays within.
//
// A subclass fills panel() and decides what Esc and Ctrl+Enter do. Thread: GUI. Owner: the window it covers;
// it deletes itself after it was closed.

#include <QPointer>
#include <QWidget>

namespace nest::widgets {

class ModalLayer : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ModalLayer)

public:
    explicit ModalLayer(QWidget *window);

    /// Shows the layer over the whole window and takes the focus.
    void open();
    /// Gives the focus back and ends the layer.
    void finish();
    [[nodiscard]] QWidget *panel() const { return m_panel; }
    /// At most this large, and never larger than the window leaves room for.
    void setPanelSize(const QSize &size);

Q_SIGNALS:
    void finished();

protected:
    /// Esc; closes unless told otherwise.
    virtual void escape() { finish(); }
    /// Ctrl+Enter.
    virtual void accept() {}
    /// Any other key that no control took; true when it did something.
    virtual bool otherKey(QKeyEvent *) { return false; }

    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool isNext) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();

    QWidget *m_panel;
    QSize m_panelSize{1032, 788};
    QPointer<QWidget> m_focusBefore;
};

} // namespace nest::widgets
