// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/controls.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/neststyle.h"
#include "widgets/theme/themecontroller.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFontInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace nest::widgets;

class ThemeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(); }

    void readsEveryTokenOfTheProgram();
    void namesAMissingToken();
    void textIsReadableOnItsSurface_data();
    void textIsReadableOnItsSurface();
    void seriesAreSeenOnThePage();
    void switchesWhileRunning();
    void labelsFollowASwitch();
    void tintsEveryIcon();
    void iconsFitTheDevicePixels();
    void figuresAreTabular();
    void segmentsAreExclusive();
    void buttonsKeepTheirHeight();

private:
    static ThemeTokens tokens() { return loadTokens().value(); }
};

void ThemeTest::readsEveryTokenOfTheProgram()
{
    const auto loaded = loadTokens();
    QVERIFY2(loaded, loaded ? "" : loaded.error().detail.c_str());
    QCOMPARE(loaded->dark.surface.page.name(), u"#16181b"_s);
    QCOMPARE(loaded->light.surface.page.name(), u"#faf9f7"_s);
    QCOMPARE(loaded->dark.size.rowNormal, 28);
    QCOMPARE(loaded->dark.dash.whatIf, (QList<qreal>{4, 3}));
    QVERIFY(loaded->dark.isDark && !loaded->light.isDark);
}

void ThemeTest::namesAMissingToken()
{
    QFile file(QStringLiteral(NEST_SOURCE_DIR "/resources/theme/tokens.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto broken = readTokens(file.readAll().replace("\"rowHover\"", "\"rowHovered\""));
    QVERIFY(!broken);
    QCOMPARE(broken.error().type, "theme/bad-tokens");
    QVERIFY(broken.error().detail.contains("surface/rowHover"));
}

void ThemeTest::textIsReadableOnItsSurface_data()
{
    QTest::addColumn<QColor>("text");
    QTest::addColumn<QColor>("surface");
    const ThemeTokens both = tokens();
    for (const Theme *theme : {&both.dark, &both.light}) {
        const char *name = theme->isDark ? "dark" : "light";
        const std::array surfaces{std::pair{"window", theme->surface.window},
                                  std::pair{"page", theme->surface.page},
                                  std::pair{"panel", theme->surface.panel},
                                  std::pair{"row selected", theme->surface.rowSelected},
                                  std::pair{"row hovered", theme->surface.rowHover},
                                  std::pair{"tool tip", theme->surface.tooltip}};
        const std::array inks{std::pair{"primary", theme->text.primary},
                              std::pair{"secondary", theme->text.secondary},
                              std::pair{"dim", theme->text.dim}};
        for (const auto &[surfaceName, surface] : surfaces) {
            for (const auto &[inkName, ink] : inks) {
                QTest::addRow("%s: %s on %s", name, inkName, surfaceName) << ink << surface;
            }
        }
        QTest::addRow("%s: accent on page", name) << theme->accent.text << theme->surface.page;
        QTest::addRow("%s: accent on its tint", name) << theme->accent.text << theme->accent.tint;
        QTest::addRow("%s: on the accent fill", name) << theme->accent.onFill << theme->accent.fill;
        QTest::addRow("%s: on the danger fill", name) << theme->danger.onFill << theme->danger.fill;
        const std::array tones{std::pair{"neutral", Tone::Neutral}, std::pair{"ok", Tone::Ok},
                               std::pair{"warn", Tone::Warn}, std::pair{"bad", Tone::Bad},
                               std::pair{"info", Tone::Info}};
        for (const auto &[toneName, tone] : tones) {
            QTest::addRow("%s: %s on its fill", name, toneName)
                << theme->tone(tone).text << theme->tone(tone).fill;
            QTest::addRow("%s: %s on page", name, toneName) << theme->tone(tone).text << theme->surface.page;
        }
        const std::array places{std::pair{"local", Environment::Local}, std::pair{"test", Environment::Test},
                                std::pair{"staging", Environment::Staging},
                                std::pair{"production", Environment::Production}};
        for (const auto &[placeName, place] : places) {
            QTest::addRow("%s: badge %s", name, placeName)
                << theme->environment.onEnvironment << theme->environmentColor(place);
        }
    }
}

void ThemeTest::textIsReadableOnItsSurface()
{
    QFETCH(QColor, text);
    QFETCH(QColor, surface);
    QVERIFY2(contrast(text, surface) >= 4.5, QByteArray::number(contrast(text, surface)).constData());
}

void ThemeTest::seriesAreSeenOnThePage()
{
    const ThemeTokens both = tokens();
    for (const Theme *theme : {&both.dark, &both.light}) {
        for (const QColor &color : theme->series) {
            QVERIFY2(contrast(color, theme->surface.page) >= 3, qPrintable(color.name()));
        }
    }
}

void ThemeTest::switchesWhileRunning()
{
    ThemeController controller(tokens(), ThemeController::Choice::Dark);
    QSignalSpy changed(&controller, &ThemeController::changed);
    QWidget window;
    window.resize(40, 40);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(window.grab().toImage().pixelColor(20, 20), tokens().dark.surface.page);
    QCOMPARE(themeOf(&window).isDark, true);

    controller.setChoice(ThemeController::Choice::Light);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(themeOf(&window).isDark, false);
    QCOMPARE(window.grab().toImage().pixelColor(20, 20), tokens().light.surface.page);

    controller.toggle();
    QCOMPARE(controller.choice(), ThemeController::Choice::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), tokens().dark.surface.page);
}

void ThemeTest::labelsFollowASwitch()
{
    ThemeController controller(tokens(), ThemeController::Choice::Dark);
    QWidget window;
    auto *label = new Label(u"0.4 s"_s, TextStyle::Caption, Ink::Dim, &window);
    QCOMPARE(label->palette().color(QPalette::WindowText), tokens().dark.text.dim);
    controller.setChoice(ThemeController::Choice::Light);
    QCOMPARE(label->palette().color(QPalette::WindowText), tokens().light.text.dim);
    label->setInk(Ink::Warn);
    QCOMPARE(label->palette().color(QPalette::WindowText), tokens().light.warn.text);
}

void ThemeTest::tintsEveryIcon()
{
    const QStringList files = QDir(u":/nest/icons"_s).entryList({u"*.svg"_s});
    QVERIFY(files.size() > 20);
    for (const QString &file : files) {
        const QImage image = iconPixmap(file.chopped(4), 16, QColor(Qt::red), 2).toImage();
        bool isRed = false;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                isRed = isRed || (pixel.alpha() == 255 && pixel.red() == 255);
                QVERIFY2(pixel.alpha() < 255 || (pixel.green() == 0 && pixel.blue() == 0), qPrintable(file));
            }
        }
        QVERIFY2(isRed, qPrintable(file));
    }
}

void ThemeTest::iconsFitTheDevicePixels()
{
    const QPixmap sharp = iconPixmap(u"live"_s, 16, QColor(Qt::white), 1.5);
    QCOMPARE(sharp.size(), QSize(24, 24));
    QCOMPARE(sharp.devicePixelRatio(), 1.5);
    QVERIFY(iconPixmap(u"no-such-icon"_s, 16, QColor(Qt::white), 1).isNull());
    QCOMPARE(themedIconName(themedIcon(u"live"_s)), u"live"_s);
    QVERIFY(themedIconName(QIcon()).isEmpty());
}

void ThemeTest::figuresAreTabular()
{
    const Theme theme = tokens().dark;
    const QFontMetricsF ui(theme.font(TextStyle::Body));
    QCOMPARE(QFontInfo(theme.font(TextStyle::Body)).family(), u"Inter"_s);
    QCOMPARE(QFontInfo(theme.font(TextStyle::Code)).family(), u"JetBrains Mono"_s);
    for (int digit = 0; digit < 10; ++digit) {
        QCOMPARE(ui.horizontalAdvance(QString::number(digit)), ui.horizontalAdvance(u"0"_s));
    }
}

void ThemeTest::segmentsAreExclusive()
{
    ThemeController controller(tokens(), ThemeController::Choice::Dark);
    SegmentedControl control;
    control.addSegment(u"All"_s, u"all"_s);
    control.addSegment(u"Up"_s, u"up"_s);
    control.addSegment(u"Down"_s, u"down"_s);
    QCOMPARE(control.current(), u"all"_s);
    QSignalSpy changed(&control, &SegmentedControl::currentChanged);
    QTest::mouseClick(control.findChild<QWidget *>(u"down"_s), Qt::LeftButton);
    QCOMPARE(control.current(), u"down"_s);
    QCOMPARE(changed.size(), 1);
    control.setCurrent(u"up"_s);
    QCOMPARE(control.current(), u"up"_s);
}

void ThemeTest::buttonsKeepTheirHeight()
{
    ThemeController controller(tokens(), ThemeController::Choice::Light);
    QPushButton button(u"Roll back…"_s);
    QLineEdit edit;
    QComboBox combo;
    for (QWidget *control : std::initializer_list<QWidget *>{&button, &edit, &combo}) {
        control->ensurePolished();
        QCOMPARE(control->sizeHint().height(), 28);
    }
    setSmall(&button);
    QCOMPARE(button.sizeHint().height(), 24);
    setButtonKind(&button, ButtonKind::Primary);
    QCOMPARE(buttonKind(&button), ButtonKind::Primary);
    button.resize(button.sizeHint());
    QCOMPARE(button.grab().toImage().pixelColor(8, 3), tokens().light.accent.fill);
}

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
