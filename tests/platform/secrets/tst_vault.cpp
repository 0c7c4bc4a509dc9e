// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Values of secrets: sealed and opened, the key file and what happens without it, and lines without them.

#include "platform/secrets/redaction.h"
#include "platform/secrets/sealedsecret.h"
#include "platform/secrets/vault.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <time.h>

#include <algorithm>

using namespace nest::secrets;
using namespace Qt::StringLiterals;

class VaultTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void keyIsTheOwnersAloneAndIsKept();
    void sealedValueBelongsToItsNameAndFunction();
    void whatWasChangedDoesNotOpen();
    void sayWhatToDoWithoutTheKey();
    void neverOverwritesADamagedKey();
    void storedTextSurvivesNonsense();
    void linesLoseTheValues_data();
    void linesLoseTheValues();
    void longValuesAreHiddenAsFarAsTheyGo_data();
    void longValuesAreHiddenAsFarAsTheyGo();
    void everyLineOfAChainOfCertificatesIsHidden();
    void linesCostTheirLengthWhateverTheSecrets_data();
    void linesCostTheirLengthWhateverTheSecrets();
    void sameValuesShareOneRedaction();

private:
    QTemporaryDir m_folder;
    std::string keyFile(const char *name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }
};

void VaultTest::opensWhatItSealed_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("two bytes") << QByteArray("xy");
    QTest::newRow("three bytes") << QByteArray("xyz");
    QTest::newRow("words") << QByteArray("pass word \"quoted\" 密码\n");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3);
    QTest::newRow("32 KiB") << QByteArray(32 * 1024, 'v');
}

void VaultTest::opensWhatItSealed()
{
    QFETCH(const QByteArray, value);
    Vault vault(keyFile("same"));
    const auto text = value.toStdString();
    const auto sealed = vault.seal("shop", "PASSWORD", text);
    QVERIFY2(sealed, sealed ? "" : sealed.error().detail.c_str());
    if (value.size() > 4) {
        QVERIFY(!sealed->contains(text));
    }
    QVERIFY(*sealed != *vault.seal("shop", "PASSWORD", text)); // a nonce of its own each time
    Vault later(keyFile("same"));
    const auto opened = later.open("shop", "PASSWORD", *sealed);
    QVERIFY2(opened, opened ? "" : opened.error().detail.c_str());
    QCOMPARE(*opened, text);
}

void VaultTest::keyIsTheOwnersAloneAndIsKept()
{
    const auto path = QString::fromStdString(keyFile("own"));
    Vault vault(path.toStdString());
    QVERIFY(!QFile::exists(path)); // made at the first use
    QVERIFY(vault.seal("shop", "A", "value"));
    QFile file(path);
    constexpr auto owners = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
    QCOMPARE(file.permissions(), owners);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto before = file.readAll();
    QCOMPARE(before.size(), 65);
    QVERIFY(!QFile::exists(path + u".new"_s));
    QVERIFY(file.setPermissions(owners | QFile::ReadOther)); // as after a careless copy
    Vault later(path.toStdString());
    QVERIFY(later.seal("shop", "B", "value"));
    QCOMPARE(QFile(path).permissions(), owners);
    file.seek(0);
    QCOMPARE(file.readAll(), before);
}

void VaultTest::sealedValueBelongsToItsNameAndFunction()
{
    Vault vault(keyFile("bound"));
    const auto sealed = vault.seal("shop", "A", "value");
    QVERIFY(sealed);
    QCOMPARE(vault.open("shop", "B", *sealed).error().type, "secrets/unreadable");
    QCOMPARE(vault.open("shopA", "", *sealed).error().type, "secrets/unreadable");
    QVERIFY(vault.open("shop", "A", *sealed));
}

void VaultTest::whatWasChangedDoesNotOpen()
{
    Vault vault(keyFile("changed"));
    const auto sealed = *vault.seal("shop", "A", "value");
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        auto other = sealed;
        other[at] = other[at] == 'A' ? 'B' : 'A';
        const auto opened = vault.open("shop", "A", other);
        QVERIFY2(!opened || *opened == "value", other.c_str()); // base64's last digit has spare bits
        if (!opened) {
            QCOMPARE(opened.error().type, "secrets/unreadable");
        }
        QVERIFY(!vault.open("shop", "A", sealed.substr(0, at)));
    }
}

void VaultTest::sayWhatToDoWithoutTheKey()
{
    Vault vault(keyFile("gone"));
    const auto sealed = *vault.seal("shop", "A", "value");
    QVERIFY(QFile::remove(QString::fromStdString(keyFile("gone"))));
    Vault without(keyFile("gone"));
    const auto gone = without.open("shop", "A", sealed);
    QVERIFY(!gone);
    QVERIFY2(gone.error().detail.starts_with("The secret A of 'shop' cannot be read: its key is gone."),
             gone.error().detail.c_str());
    QVERIFY(gone.error().detail.contains("set the secret again"));
    const auto anew = without.seal("shop", "A", "value"); // set again, under a new key
    QVERIFY(anew);
    QCOMPARE(*without.open("shop", "A", *anew), "value");
    const auto other = without.open("shop", "A", sealed);
    QVERIFY2(!other && other.error().detail.contains("encrypted with another key"),
             other.error().detail.c_str());
}

void VaultTest::neverOverwritesADamagedKey()
{
    QFile file(QString::fromStdString(keyFile("damaged")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("half of a k");
    file.close();
    Vault vault(keyFile("damaged"));
    const auto sealed = vault.seal("shop", "A", "value");
    QVERIFY(!sealed);
    QCOMPARE(sealed.error().type, "secrets/key");
    QVERIFY2(sealed.error().detail.contains("64 hexadecimal digits"), sealed.error().detail.c_str());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "half of a k");
    Vault nowhere(keyFile("no/such/folder"));
    QCOMPARE(nowhere.seal("shop", "A", "value").error().type, "secrets/key");
}

void VaultTest::storedTextSurvivesNonsense()
{
    const SealedSecret secret{"1:a:b", "2026-03-01T10:58:26.204Z", "ada"};
    QVERIFY(decode(encode(secret)) == secret);
    for (const char *text : {"", "{", "[]", "{\"sealed\":3}", "null"}) {
        QVERIFY(decode(text) == SealedSecret{});
    }
}

void VaultTest::linesLoseTheValues_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("left");
    QTest::newRow("twice") << QByteArray("hunter22") << QByteArray("a hunter22 hunter22.")
                           << QByteArray("a ••• •••.");
    QTest::newRow("short ones stay") << QByteArray("abcde") << QByteArray("abcdef") << QByteArray("abcdef");
    QTest::newRow("six bytes") << QByteArray("abcdef") << QByteArray("abcdef") << QByteArray("•••");
    QTest::newRow("in JSON") << QByteArray("qu\"o\\te\n1") << QByteArray(R"({"message":"qu\"o\\te\n1!"})")
                             << QByteArray(R"({"message":"•••!"})");
    QTest::newRow("a line of a key") << QByteArray("-----BEGIN-----\r\nMIIabcdef\r\n-----END-----\r\n")
                                     << QByteArray("MIIabcdef") << QByteArray("•••");
    QTest::newRow("letters beyond ASCII")
        << QByteArray("密码是这个") << QByteArray("x密码是这个y") << QByteArray("x•••y");
    QTest::newRow("the mark itself") << QByteArray("•••") << QByteArray("a•••b") << QByteArray("a•••b");
}

void VaultTest::linesLoseTheValues()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, left);
    // Another one that lies within the first is no way to leave a part of it.
    const Redaction redaction({{"A", value.toStdString()}, {"B", value.left(6).toStdString()}});
    auto text = line.toStdString();
    redaction.apply(text);
    QCOMPARE(QByteArray::fromStdString(text), left);
    QVERIFY(Redaction().isEmpty());
}

void VaultTest::longValuesAreHiddenAsFarAsTheyGo_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("left");
    QByteArray value; // of 1,000 bytes
    for (int i = 0; i < 250; ++i) {
        value += QByteArray::number(1000 + i);
    }
    QTest::newRow("whole") << "a " + value + " b" << QByteArray("a ••• b");
    QTest::newRow("cut at its end") << "a " + value.left(700) << QByteArray("a •••");
    QTest::newRow("then another text") << value.left(700) + "b" << QByteArray("•••b");
    QTest::newRow("a little of it") << value.mid(4, 200) << value.mid(4, 200);
    QTest::newRow("another one that begins like it") << value.left(400) + "other" << QByteArray("•••other");
    QTest::newRow("its short one") << value.left(100) + "x" << "•••" + value.mid(80, 20) + "x";
    // Its first two bytes are those of the character that WIDE has there.
    QTest::newRow("within a character") << value.left(300) + "寂" << QByteArray("•••");
    QTest::newRow("overlapping") << QByteArray("overlapping") << QByteArray("•••");
    QTest::newRow("one after the other") << QByteArray("overlaplapping") << QByteArray("••••••");
}

void VaultTest::longValuesAreHiddenAsFarAsTheyGo()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, left);
    std::string value;
    for (int i = 0; i < 250; ++i) {
        value += std::to_string(1000 + i);
    }
    const Redaction redaction({{"LONG", value},
                               {"OTHER", value.substr(0, 300) + std::string(300, 'o')},
                               {"SHORT", value.substr(0, 80)},
                               {"WIDE", value.substr(0, 300) + "密码密码"},
                               {"ONE", "overlap"},
                               {"TWO", "lapping"}});
    auto text = line.toStdString();
    redaction.apply(text);
    QCOMPARE(QByteArray::fromStdString(text), left);
}

void VaultTest::everyLineOfAChainOfCertificatesIsHidden()
{
    std::string chain;
    while (chain.size() + 65 <= 32 * 1024) {
        auto line = std::to_string(chain.size()) + std::string(64, 'M');
        chain += line.substr(0, 64) + '\n';
    }
    const Redaction redaction({{"CHAIN", chain}});
    for (std::size_t at = 0; at < chain.size(); at += 65) {
        auto line = "read " + chain.substr(at, 64);
        redaction.apply(line);
        QCOMPARE(line, std::string("read •••"));
    }
}

void VaultTest::linesCostTheirLengthWhateverTheSecrets_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("what");
    QByteArray words;
    while (words.size() < 8 * 1024) {
        words += "order " + QByteArray::number(words.size()) + " paid by card; ";
    }
    QTest::newRow("many short lines") << words << QByteArray("lines");
    QTest::newRow("texts that nearly fit everywhere") << QByteArray(8 * 1024, 'a') << QByteArray("alike");
    QTest::newRow("texts that begin with each other") << QByteArray(8 * 1024, 'a') << QByteArray("nested");
}

void VaultTest::linesCostTheirLengthWhateverTheSecrets()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, what);
    constexpr std::size_t most = 32 * 1024;
    std::map<std::string, std::string> values; // the most that a function may have
    for (int i = 0; i < 64; ++i) {
        const auto figures = std::to_string(1'000'000 + i * 10'000);
        std::string value;
        for (int n = 0; value.size() + 300 < most; ++n) {
            if (what == "lines") {
                value += std::to_string(1'000'000 + i * 10'000 + n) + '\n';
            } else if (what == "alike") {
                value += std::string(200, 'a') + figures + std::to_string(n) + '\n';
            } else {
                value += std::string(static_cast<std::size_t>(6 + (n + i * 4) % 250), 'a') + "\tb\n";
            }
        }
        values["S" + std::to_string(i)] = std::move(value);
    }
    const auto cost = [&line](const Redaction &redaction) {
        const auto now = [] {
            timespec time{};
            ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
            return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
        };
        auto least = 1e12; // microseconds of processor time for one line, undisturbed
        for (int i = 0; i < 5; ++i) {
            auto text = line.toStdString();
            const auto before = now();
            redaction.apply(text);
            least = std::min(least, now() - before);
        }
        return least;
    };
    const auto one = cost(Redaction({{"A", "hunter22"}}));
    const auto all = cost(Redaction(values));
    qInfo("one secret %.0f µs, the most %.0f µs", one, all);
    // 250 times as many bytes of secrets as of the line, in some ten thousand texts.
    QVERIFY2(all < 60 * one, qPrintable(QString::number(all / one)));
}

void VaultTest::sameValuesShareOneRedaction()
{
    Redactions redactions;
    const auto first = redactions.of("shop", {{"A", "hunter22"}});
    const auto other = redactions.of("shop", {{"A", "hunter23"}});
    QCOMPARE(redactions.of("shop", {{"A", "hunter22"}}), first);
    QCOMPARE(redactions.of("shop", {{"A", "hunter23"}}), other);
    QVERIFY(first != other);
    QVERIFY(redactions.of("mall", {{"A", "hunter22"}}) != first);
}

QTEST_GUILESS_MAIN(VaultTest)
#include "tst_vault.moc"
