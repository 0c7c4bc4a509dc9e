// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/secrets/vault.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace nest::secrets {

namespace {

constexpr std::size_t keyBytes = 32;
constexpr std::size_t nonceBytes = 12;
constexpr std::size_t tagBytes = 16;
constexpr std::size_t shownKeyDigits = 12;
constexpr std::string_view form = "1:";

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char *bytesOf(std::string &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

const unsigned char *bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

std::string hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4];
        text += digits[byte & 0xf];
    }
    return text;
}

std::optional<std::string> fromHex(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string bytes;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
        const auto high = digits.find(text[i]);
        const auto low = digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) {
            return std::nullopt;
        }
        bytes += static_cast<char>((high << 4) | low);
    }
    return text.size() % 2 == 0 ? std::optional(bytes) : std::nullopt;
}

/// Which key it is; of 256 random bits a digest tells nothing.
std::string nameOf(const std::string &key)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    const auto text = "nest secrets key " + key;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return hex({reinterpret_cast<const char *>(digest.data()), size}).substr(0, shownKeyDigits);
}

std::string base64(std::string_view bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size = EVP_EncodeBlock(bytesOf(text), bytesOf(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> fromBase64(std::string_view text)
{
    std::string bytes(text.size() / 4 * 3 + 1, '\0');
    const int size = text.size() % 4 == 0
                         ? EVP_DecodeBlock(bytesOf(bytes), bytesOf(text), static_cast<int>(text.size()))
                         : -1;
    if (size < 0) {
        return std::nullopt;
    }
    std::size_t padding = 0;
    while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=') {
        ++padding;
    }
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

/// What the value belongs to; neither part has a line end.
std::string ownerOf(std::string_view function, std::string_view name)
{
    return std::string(function) + '\n' + std::string(name);
}

Error cannotUse(const std::string &keyFile, const char *what, int code)
{
    return {"secrets/key",
            "The key of the secrets, " + keyFile + ", cannot be " + what + ": " + std::strerror(code) + ".",
            {}};
}

Error unreadable(std::string_view function, std::string_view name, const std::string &why)
{
    return {"secrets/unreadable",
            "The secret " + std::string(name) + " of '" + std::string(function) + "' cannot be read: " + why,
            {}};
}

Error cannotSeal()
{
    return {"secrets/key", "The value could not be encrypted: OpenSSL refused. Nothing was written.", {}};
}

} // namespace

Result<std::optional<std::string>> Vault::readKey()
{
    if (!m_key.empty()) {
        return m_key;
    }
    const int file = ::open(m_keyFile.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return errno == ENOENT ? Result<std::optional<std::string>>(std::nullopt)
                               : std::unexpected(cannotUse(m_keyFile, "read", errno));
    }
    std::string text(2 * keyBytes + 2, '\0');
    const auto size = ::read(file, text.data(), text.size());
    const int code = errno;
    ::fchmod(file, 0600); // put back from a backup it may be open to others
    ::close(file);
    if (size < 0) {
        return std::unexpected(cannotUse(m_keyFile, "read", code));
    }
    text.resize(static_cast<std::size_t>(size));
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
        text.pop_back();
    }
    auto key = fromHex(text);
    if (!key || key->size() != keyBytes) {
        return failure("secrets/key",
                       "The key of the secrets, " + m_keyFile +
                           ", is damaged: it is one line of 64 hexadecimal digits. Put it back from "
                           "a backup; or move it away, and set each secret again.");
    }
    m_key = std::move(*key);
    return m_key;
}

Result<> Vault::makeKey()
{
    std::string key(keyBytes, '\0');
    if (RAND_bytes(bytesOf(key), static_cast<int>(keyBytes)) != 1) {
        return std::unexpected(cannotSeal());
    }
    // Whole or not at all: under another name first, then linked, which never overwrites.
    const auto made = m_keyFile + ".new";
    ::unlink(made.c_str());
    const int file = ::open(made.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return std::unexpected(cannotUse(m_keyFile, "made", errno));
    }
    const auto text = hex(key) + '\n';
    const bool isWritten =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    int code = errno;
    ::close(file);
    const bool isThere = isWritten && ::link(made.c_str(), m_keyFile.c_str()) == 0;
    code = isWritten && !isThere ? errno : code;
    ::unlink(made.c_str());
    if (!isThere) {
        return std::unexpected(cannotUse(m_keyFile, "made", code));
    }
    const auto folder = m_keyFile.substr(0, m_keyFile.rfind('/') + 1);
    if (const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); handle >= 0) {
        ::fsync(handle); // a value sealed with a key that a power cut takes away would be lost
        ::close(handle);
    }
    m_key = std::move(key);
    return {};
}

Result<std::string> Vault::seal(std::string_view function, std::string_view name, std::string_view value)
{
    const auto key = readKey();
    if (!key) {
        return std::unexpected(key.error());
    }
    if (!*key) {
        if (auto made = makeKey(); !made) {
            return std::unexpected(made.error());
        }
    }
    std::string out(nonceBytes + value.size() + tagBytes, '\0');
    const auto owner = ownerOf(function, name);
    const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    auto *nonce = bytesOf(out);
    auto *body = nonce + nonceBytes;
    const bool isSealed =
        cipher && RAND_bytes(nonce, static_cast<int>(nonceBytes)) == 1 &&
        EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytesOf(std::string_view(m_key)),
                           nonce) == 1 &&
        EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytesOf(std::string_view(owner)),
                          static_cast<int>(owner.size())) == 1 &&
        EVP_EncryptUpdate(cipher.get(), body, &size, bytesOf(value), static_cast<int>(value.size())) == 1 &&
        EVP_EncryptFinal_ex(cipher.get(), body + size, &size) == 1 &&
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tagBytes),
                            body + value.size()) == 1;
    if (!isSealed) {
        return std::unexpected(cannotSeal());
    }
    return std::string(form) + nameOf(m_key) + ':' + base64(out);
}

Result<std::string> Vault::open(std::string_view function, std::string_view name, std::string_view sealed)
{
    const std::string damaged =
        "what the store has of it is damaged. Set it again, or put the store back from a backup.";
    const auto mark = sealed.find(':', form.size());
    const auto bytes = mark == std::string_view::npos ? std::nullopt : fromBase64(sealed.substr(mark + 1));
    if (!sealed.starts_with(form) || !bytes || bytes->size() < nonceBytes + tagBytes) {
        return std::unexpected(unreadable(function, name, damaged));
    }
    const auto key = readKey();
    if (!key) {
        return std::unexpected(unreadable(function, name, key.error().detail));
    }
    if (!*key) {
        return std::unexpected(unreadable(function, name,
                                          "its key is gone. Put " + m_keyFile +
                                              " back from a backup, or set the secret again."));
    }
    if (sealed.substr(form.size(), mark - form.size()) != nameOf(m_key)) {
        return std::unexpected(unreadable(function, name,
                                          "it was encrypted with another key than " + m_keyFile +
                                              " has. Put that one back and restart nestd, or set the secret "
                                              "again."));
    }
    std::string value(bytes->size() - nonceBytes - tagBytes, '\0');
    std::string tag = bytes->substr(bytes->size() - tagBytes);
    const auto owner = ownerOf(function, name);
    const auto *nonce = bytesOf(std::string_view(*bytes));
    const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    const bool isOpen = cipher &&
                        EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr,
                                           bytesOf(std::string_view(m_key)), nonce) == 1 &&
                        EVP_DecryptUpdate(cipher.get(), nullptr, &size, bytesOf(std::string_view(owner)),
                                          static_cast<int>(owner.size())) == 1 &&
                        EVP_DecryptUpdate(cipher.get(), bytesOf(value), &size, nonce + nonceBytes,
                                          static_cast<int>(value.size())) == 1 &&
                        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tagBytes),
                                            bytesOf(tag)) == 1 &&
                        EVP_DecryptFinal_ex(cipher.get(), bytesOf(value) + size, &size) == 1;
    if (!isOpen) {
        return std::unexpected(unreadable(function, name, damaged));
    }
    return value;
}

} // namespace nest::secrets
