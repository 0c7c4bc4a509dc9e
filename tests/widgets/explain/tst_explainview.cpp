// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The explanation of a decision: what is shown for what was recorded, and that long words and unknown
// values never break it. With NEST_LOOK_DIR set the pictures are kept there for the eye.

#include "widgets/explain/clampgauge.h"
#include "widgets/explain/explainbox.h"
#include "widgets/explain/formulaview.h"
#include "widgets/explain/gaugelayout.h"
#include "widgets/explain/inputstable.h"
#include "widgets/explain/numbertext.h"
#include "widgets/explain/sentenceview.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTest>
#include <QVBoxLayout>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace nest::explain;

namespace {

ExplainColours coloursOf(const QString &theme)
{
    QFile file(QStringLiteral(NEST_SOURCE_DIR "/resources/theme/tokens.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("the tests of the explanation need resources/theme/tokens.json");
    }
    const QJsonObject tokens = QJsonDocument::fromJson(file.readAll())["theme"_L1][theme].toObject();
    const auto colour = [&](const QString &path) {
        QJsonValue value = tokens;
        for (const QString &part : path.split(u'.')) {
            value = value[part];
        }
        return QColor(value.toString());
    };
    return {.page = colour(u"surface.page"_s),
            .control = colour(u"surface.control"_s),
            .pressed = colour(u"surface.pressed"_s),
            .borderSubtle = colour(u"border.subtle"_s),
            .textPrimary = colour(u"text.primary"_s),
            .textSecondary = colour(u"text.secondary"_s),
            .textDim = colour(u"text.dim"_s),
            .textDisabled = colour(u"text.disabled"_s),
            .warnText = colour(u"status.warn.text"_s),
            .badText = colour(u"status.bad.text"_s),
            .load = colour(u"chartRole.requests"_s),
            .ready = colour(u"chartRole.ready"_s),
            .readyFill = colour(u"chartRole.readyFill"_s)};
}

Formula panicFormula()
{
    return {.load = 612,
            .loadUnit = u"req/s"_s,
            .threshold = 100,
            .utilisation = 0.7,
            .quotient = 612.0 / 70.0,
            .wish = 9,
            .result = 9,
            .captions = {u"load, 6 s panic window"_s, u"threshold × utilisation"_s}};
}

Gauge panicGauge()
{
    return {.reserved = GaugePlace{4, u"min 4"_s},
            .maximum = GaugePlace{40, u"max 40"_s},
            .panic = GaugePlace{8, u"panic ≥ 8 = 2 × ready"_s},
            .wish = GaugePlace{9, u"wish 9"_s},
            .result = 9,
            .rangeCaption = u"allowed range, no clamp"_s};
}

Formula cutFormula()
{
    return {.load = 3592,
            .loadUnit = u"req/s"_s,
            .threshold = 100,
            .utilisation = 0.7,
            .quotient = 51.31,
            .wish = 52,
            .result = 40,
            .captions = {u"load, 6 s panic window"_s, u"cut by the maximum"_s}};
}

Gauge cutGauge()
{
    return {.reserved = GaugePlace{8, u"min 8"_s},
            .maximum = GaugePlace{40, u"max 40"_s},
            .ready = GaugePlace{26, u"ready 26"_s},
            .formerMaximum = GaugePlace{60, u"60 in r4"_s},
            .wish = GaugePlace{52, u"wish 52"_s},
            .result = 40,
            .cutCaption = u"−12"_s};
}

Gauge longGauge()
{
    return {.reserved = GaugePlace{4, u"Reservierte Instanzen 4"_s},
            .maximum = GaugePlace{11, u"Höchstzahl der Instanzen 11"_s},
            .panic = GaugePlace{8, u"Panikmodus ab 8 = 2 × bereite Instanzen"_s},
            .ready = GaugePlace{5, u"bereite Instanzen 5"_s},
            .wish = GaugePlace{10, u"gewünschte Instanzen 10"_s},
            .result = 9,
            .rangeCaption = u"zulässiger Bereich, keine Begrenzung"_s,
            .cutCaption = u"durch Begrenzung −1"_s};
}

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

} // namespace

class ExplainTest final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void writesFigures_data();
    void writesFigures();
    void quotientIsWrittenSoThatRoundingUpIsTrue();
    void formulaShowsUnknownAsDash();
    void formulaMovesLongCaptionsBelow();
    void gaugeScale_data();
    void gaugeScale();
    void gaugeCaptionsNeverCoverEachOther_data();
    void gaugeCaptionsNeverCoverEachOther();
    void captionsStandAtTheirPlaceWhenThereIsRoom();
    void gaugeHatchesOnlyWhatWasCut();
    void sentencesAreTextNotMarkup();
    void sentencesWrapAndCanBeSelected();
    void tableGrowsForLongNames();
    void tableReadsAloud();
    void looksAsDesigned_data();
    void looksAsDesigned();
};

void ExplainTest::initTestCase()
{
    QTest::failOnWarning();
    QFont font;
    font.setFamilies({u"Inter"_s, u"Noto Sans CJK SC"_s});
    font.setPixelSize(12);
    font.setFeature("tnum", 1);
    QApplication::setFont(font);
}

void ExplainTest::writesFigures_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("whole") << 9.0 << u"9"_s;
    QTest::newRow("tenths") << 0.7 << u"0.7"_s;
    QTest::newRow("hundredths") << 612.0 / 70.0 << u"8.74"_s;
    QTest::newRow("grouped") << 3592.0 << u"3,592"_s;
    QTest::newRow("zero") << 0.0 << u"0"_s;
    QTest::newRow("not a number") << unknown << u"–"_s;
    QTest::newRow("rounds to whole") << 2.999 << u"3"_s;
}

void ExplainTest::writesFigures()
{
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(numberText(value, QLocale(QLocale::English)), text);
}

void ExplainTest::quotientIsWrittenSoThatRoundingUpIsTrue()
{
    const QLocale english(QLocale::English);
    QCOMPARE(quotientText(8.743, 9, english), u"8.74"_s);
    QCOMPARE(quotientText(12.0, 12, english), u"12"_s);
    QCOMPARE(quotientText(0.0029, 1, english), u"0.003"_s); // two decimals would say that nothing is one
    QCOMPARE(quotientText(6.0001, 7, english), u"6.0001"_s);
    QCOMPARE(quotientText(6.0000001, 7, english), u"> 6"_s);
    QCOMPARE(quotientText({}, 7, english), u"–"_s);
}

void ExplainTest::formulaShowsUnknownAsDash()
{
    FormulaView view;
    view.setLocale(QLocale(QLocale::English));
    view.setFormula({.load = 612, .loadUnit = u"req/s"_s, .threshold = 100});
    QCOMPARE(view.accessibleName(), u"612 req/s / (100 × –) = –, rounded up –"_s);
    view.setFormula(cutFormula());
    QCOMPARE(view.accessibleName(), u"3,592 req/s / (100 × 0.7) = 51.31, rounded up 52, cut to 40"_s);
}

void ExplainTest::formulaMovesLongCaptionsBelow()
{
    FormulaView view;
    Formula formula = panicFormula();
    view.setFormula(formula);
    QVERIFY(!view.areCaptionsBelow(372));
    const int before = view.heightForWidth(372);
    formula.captions = {u"Last im Panikfenster der letzten sechs Sekunden"_s, u"Schwelle × Auslastung"_s};
    view.setFormula(formula);
    QVERIFY(view.areCaptionsBelow(370));
    QVERIFY(view.heightForWidth(370) > before);
    QVERIFY(view.formulaWidth() <= 370);
}

void ExplainTest::gaugeScale_data()
{
    QTest::addColumn<Gauge>("gauge");
    QTest::addColumn<double>("end");
    QTest::newRow("a tenth past the maximum") << panicGauge() << 44.0;
    QTest::newRow("past a former maximum") << cutGauge() << 66.0;
    QTest::newRow("wish beyond the maximum")
        << Gauge{.maximum = GaugePlace{40}, .wish = GaugePlace{100}, .result = 40} << 110.0;
    QTest::newRow("nothing known") << Gauge{} << 1.0;
    QTest::newRow("all at zero") << Gauge{.maximum = GaugePlace{0}, .result = 0} << 1.0;
}

void ExplainTest::gaugeScale()
{
    QFETCH(Gauge, gauge);
    QFETCH(double, end);
    ClampGauge view;
    view.setGauge(gauge);
    view.resize(360, view.heightForWidth(360));
    QVERIFY(std::abs(view.end() - end) < 1e-9);
    const double left = view.xAt(0);
    const double right = view.xAt(end);
    QVERIFY(left >= 0.0 && right <= 360.0);
    QVERIFY(std::abs(view.xAt(end / 2) - (left + right) / 2) < 1e-6);
    QCOMPARE(view.xAt(end * 5), right); // never outside
}

void ExplainTest::gaugeCaptionsNeverCoverEachOther_data()
{
    QTest::addColumn<Gauge>("gauge");
    QTest::addColumn<int>("width");
    for (const int width : {200, 280, 368, 560}) {
        QTest::addRow("panic, %d", width) << panicGauge() << width;
        QTest::addRow("cut, %d", width) << cutGauge() << width;
        QTest::addRow("long words, %d", width) << longGauge() << width;
    }
}

void ExplainTest::gaugeCaptionsNeverCoverEachOther()
{
    QFETCH(Gauge, gauge);
    QFETCH(int, width);
    ClampGauge view;
    view.setGauge(gauge);
    view.resize(width, view.heightForWidth(width));
    const auto captions = view.captions();
    QVERIFY(captions.size() >= 4);
    for (qsizetype i = 0; i < captions.size(); ++i) {
        const QRectF box = captions.at(i).second;
        QVERIFY2(QRectF(view.rect()).adjusted(-0.5, -0.5, 0.5, 0.5).contains(box),
                 qPrintable(captions.at(i).first));
        for (qsizetype j = 0; j < i; ++j) {
            QVERIFY2(!box.intersects(captions.at(j).second),
                     qPrintable(captions.at(i).first + u" covers "_s + captions.at(j).first));
        }
    }
}

void ExplainTest::captionsStandAtTheirPlaceWhenThereIsRoom()
{
    const QList<CaptionPlace> places = placeCaptions({{50, 40}, {200, 30}, {20, 60}}, 0, 300, 8);
    QCOMPARE(places.at(1), (CaptionPlace{185, 0}));
    QCOMPARE(rowCount(places), 1);
    // The first and the third want the same place: one stands left of the other.
    QVERIFY(places.at(2).left + 60 + 8 <= places.at(0).left + 1e-9);
    // Nothing beside something as wide as the gauge.
    QCOMPARE(rowCount(placeCaptions({{50, 90}, {50, 90}}, 0, 100, 8)), 2);
}

void ExplainTest::gaugeHatchesOnlyWhatWasCut()
{
    const ExplainColours colours = coloursOf(u"dark"_s);
    const auto redBetween = [&](const Gauge &gauge, double from, double to) {
        ClampGauge view;
        view.setColours(colours);
        QPalette palette = view.palette();
        palette.setColor(QPalette::Window, colours.page);
        view.setPalette(palette);
        view.setGauge(gauge);
        view.resize(360, view.heightForWidth(360));
        const QImage image = view.grab().toImage();
        int red = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = int(view.xAt(from)) + 8; x < int(view.xAt(to)) - 8; ++x) {
                const QColor pixel = image.pixelColor(x, y);
                red += pixel.red() > 100 && 10 * pixel.red() > 17 * pixel.green() ? 1 : 0;
            }
        }
        return red;
    };
    QVERIFY(redBetween(cutGauge(), 40, 52) > 40);
    QCOMPARE(redBetween(cutGauge(), 8, 24), 0);
    QCOMPARE(redBetween(panicGauge(), 10, 38), 0);
}

void ExplainTest::sentencesAreTextNotMarkup()
{
    SentenceView view;
    view.setColours(coloursOf(u"dark"_s));
    view.setSentences(SentenceView::fromMarked(u"Rule *<b>r5</b>* asked for **9** & more"_s));
    QCOMPARE(view.plainText(), u"Rule <b>r5</b> asked for *9* & more"_s);
    QCOMPARE(view.accessibleName(), view.plainText());
    view.setSelection(0, int(view.plainText().size()));
    QCOMPARE(view.selectedText(), view.plainText());
    const QList<SentencePart> parts = SentenceView::fromMarked(u"in *60 s* after"_s);
    QCOMPARE(parts.size(), 3);
    QCOMPARE(parts.at(1), (SentencePart{u"60 s"_s, SentencePart::Emphasis::Strong}));
}

void ExplainTest::sentencesWrapAndCanBeSelected()
{
    SentenceView view;
    view.setColours(coloursOf(u"dark"_s));
    view.setSentences(SentenceView::fromMarked(
        u"In 6 s the load asked for *9* instances, more than *2 × the 4* ready, so panic mode began."_s));
    QVERIFY(view.heightForWidth(200) > view.heightForWidth(400));
    QVERIFY(view.textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard));
}

void ExplainTest::tableGrowsForLongNames()
{
    InputsTable table;
    table.setHead({u"Inputs"_s, u"Value"_s, u"Asked for"_s});
    table.setRows({{.name = u"Instances ready"_s, .value = u"4"_s}});
    const int one = table.heightForWidth(368);
    QCOMPARE(one, 24 + 24 + 1);
    table.setRows({{.name = u"Durchschnittliche Last im Panikfenster der letzten sechs Sekunden"_s,
                    .value = u"612"_s,
                    .unit = u"Anfragen/s"_s,
                    .askedText = u"Panikmodus beginnt erst ab 8"_s}});
    QVERIFY(table.heightForWidth(368) > one);
}

void ExplainTest::tableReadsAloud()
{
    InputsTable table;
    table.setLocale(QLocale(QLocale::English));
    table.setHead({u"Inputs"_s, u"Value"_s, u"Asked for"_s});
    table.setRows(
        {{.name = u"Load"_s, .value = u"612"_s, .unit = u"req/s"_s, .asked = 9}, {.name = u"Memory"_s}});
    QCOMPARE(table.accessibleName(), u"Inputs"_s);
    QCOMPARE(table.accessibleDescription(), u"Load: 612 req/s, → 9\nMemory: –, –"_s);
}

void ExplainTest::looksAsDesigned_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("look");
    for (const QString &theme : {u"dark"_s, u"light"_s}) {
        for (const QString &look : {u"panic"_s, u"cut"_s, u"zh"_s, u"long"_s, u"unknown"_s}) {
            QTest::addRow("%s %s", qPrintable(look), qPrintable(theme)) << theme << look;
        }
    }
}

void ExplainTest::looksAsDesigned()
{
    QFETCH(QString, theme);
    QFETCH(QString, look);
    const ExplainColours colours = coloursOf(theme);
    QWidget panel;
    QPalette palette = panel.palette();
    palette.setColor(QPalette::Window, theme == u"dark"_s ? QColor(0x1b, 0x1d, 0x21) : QColor(Qt::white));
    panel.setPalette(palette);
    auto *layout = new QVBoxLayout(&panel);
    layout->setContentsMargins(0, 12, 0, 12);
    layout->setSpacing(12);
    auto *box = new ExplainBox;
    auto *sentences = new SentenceView;
    auto *inputs = new InputsTable;
    for (QWidget *part : {static_cast<QWidget *>(box), static_cast<QWidget *>(sentences)}) {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(16, 0, 16, 0);
        row->addWidget(part);
        layout->addLayout(row);
    }
    layout->addWidget(inputs);
    layout->addStretch();
    box->setColours(colours);
    sentences->setColours(colours);
    inputs->setColours(colours);
    inputs->setSidePadding(16);
    box->setFormula(look == u"cut"_s ? cutFormula() : panicFormula());
    box->setGauge(look == u"cut"_s ? cutGauge() : panicGauge());
    inputs->setHead({u"Inputs"_s, u"Value"_s, u"Asked for"_s});
    inputs->setRows(
        {{.name = u"Load, panic window 6 s"_s, .value = u"612"_s, .unit = u"req/s"_s, .asked = 9},
         {.name = u"Load, stable window 60 s"_s, .value = u"261"_s, .unit = u"req/s"_s, .asked = 4},
         {.name = u"Instances ready"_s, .value = u"4"_s, .askedText = u"panic at ≥ 8"_s},
         {.name = u"Reserved / maximum"_s, .value = u"4 / 40"_s, .askedText = u"not reached"_s},
         {.name = u"Warm pool node20-std"_s,
          .value = u"18"_s,
          .unit = u"idle"_s,
          .askedText = u"5 claimed"_s}});
    sentences->setSentences(SentenceView::fromMarked(u"In 6 s the load asked for *9* instances, more than *2 "
                                                     u"× the 4* ready, so panic mode began; the count "
                                                     u"will not fall until *60 s* after the last panic. Five "
                                                     u"instances came from the warm pool in *0.8 s*. "
                                                     u"*1,272* requests waited, none failed."_s));
    if (look == u"cut"_s) {
        inputs->setHead({u"Limits met"_s, u"Value"_s, u"Took away"_s});
        inputs->setRows(
            {{.name = u"Maximum, rule render-peak r5"_s,
              .value = u"40"_s,
              .valueTone = Tone::Warn,
              .askedText = u"12"_s,
              .askedTone = Tone::Normal},
             {.name = u"Warm pool node20-std"_s,
              .value = u"0"_s,
              .unit = u"idle"_s,
              .valueTone = Tone::Warn,
              .askedText = u"11 late"_s,
              .askedTone = Tone::Normal},
             {.name = u"Node capacity shanghai"_s, .value = u"86"_s, .unit = u"%"_s, .askedText = u"0"_s}});
    } else if (look == u"zh"_s) {
        Formula formula = panicFormula();
        formula.loadUnit = u"次/秒"_s;
        formula.captions = {u"负载，6 秒恐慌窗口"_s, u"阈值 × 阈值使用率"_s};
        box->setFormula(formula);
        box->setGauge({.reserved = GaugePlace{4, u"最小 4"_s},
                       .maximum = GaugePlace{40, u"最大 40"_s},
                       .panic = GaugePlace{8, u"恐慌 ≥ 8 = 2 × 就绪"_s},
                       .result = 9,
                       .rangeCaption = u"允许范围，未被限制"_s});
        sentences->setSentences(SentenceView::fromMarked(
            u"6 秒内的负载需要 *9* 个实例，超过就绪数 *4 的 2 倍*，进入恐慌模式；最后一次触发后 *60 "
            u"秒*内不缩容。"
            u"从资源池认领 5 个实例，用时 *0.8 秒*。*1,272* 个请求曾等待，无失败。"_s));
        inputs->setHead({u"输入"_s, u"数值"_s, u"得出"_s});
        inputs->setRows(
            {{.name = u"负载，恐慌窗口 6 秒"_s, .value = u"612"_s, .unit = u"次/秒"_s, .asked = 9},
             {.name = u"就绪实例"_s, .value = u"4"_s, .askedText = u"≥ 8 触发恐慌"_s}});
    } else if (look == u"long"_s) {
        Formula formula = panicFormula();
        formula.captions = {u"Last im Panikfenster der letzten 6 s"_s,
                            u"Schwelle je Instanz × Zielauslastung"_s};
        box->setFormula(formula);
        box->setGauge(longGauge());
        inputs->setRows({{.name = u"Durchschnittliche Last im Panikfenster der letzten sechs Sekunden"_s,
                          .value = u"612"_s,
                          .unit = u"Anfragen/s"_s,
                          .asked = 9},
                         {.name = u"Bereite Instanzen"_s,
                          .value = u"4"_s,
                          .askedText = u"Panikmodus beginnt erst ab 8"_s}});
    } else if (look == u"unknown"_s) {
        box->setFormula({.loadUnit = u"req/s"_s, .threshold = 100, .captions = {u"load was not recorded"_s}});
        box->setGauge({.reserved = GaugePlace{4, u"min 4"_s}, .maximum = GaugePlace{40, u"max 40"_s}});
        inputs->setRows({{.name = u"Load, panic window 6 s"_s, .unit = u"req/s"_s}});
    }
    panel.resize(424, panel.heightForWidth(424));
    const QImage image = panel.grab().toImage();
    QVERIFY(image.height() >= panel.minimumSizeHint().height());
    // The dot of the result, or nothing where it is not known.
    bool hasBad = false;
    bool hasLoad = false;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            hasBad = hasBad || image.pixel(x, y) == colours.badText.rgb();
            hasLoad = hasLoad || image.pixel(x, y) == colours.load.rgb();
        }
    }
    QVERIFY(hasLoad);
    QCOMPARE(hasBad, look == u"cut"_s || look == u"long"_s);
    const QString directory = qEnvironmentVariable("NEST_LOOK_DIR");
    if (!directory.isEmpty()) {
        QVERIFY(image.save(QDir(directory).filePath(u"explain-%1-%2.png"_s.arg(look, theme))));
    }
}

QTEST_MAIN(ExplainTest)
#include "tst_explainview.moc"
