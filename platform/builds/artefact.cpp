// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/builds/artefact.h"

#include "platform/builds/diskfiles.h"
#include "platform/builds/packagejson.h"
#include "platform/builds/paths.h"
#include "platform/builds/tararchive.h"

#include <QCryptographicHash>

#include <zstd.h>

#include <algorithm>
#include <filesystem>
#include <format>
#include <memory>

namespace nest::builds {

namespace {

namespace fs = std::filesystem;

constexpr int compressionLevel = 9; // written once, read at each deployment
constexpr int quickLevel = 3;       // for many packages, which would take half a minute otherwise
constexpr std::size_t longTar = 32UL * 1024 * 1024;
// All content, and at most 2.5 KiB of headers and padding a file.
constexpr std::size_t maxTarBytes = artefactLimits.bytes + artefactLimits.files * 2'560;

std::string digestOf(std::string_view bytes)
{
    return QCryptographicHash::hash(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())),
                                    QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

bool isDigest(std::string_view text)
{
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<std::string> compressed(std::string_view plain)
{
    std::string frame(ZSTD_compressBound(plain.size()), '\0');
    const auto size = ZSTD_compress(frame.data(), frame.size(), plain.data(), plain.size(),
                                    plain.size() > longTar ? quickLevel : compressionLevel);
    if (ZSTD_isError(size)) {
        return failure("builds/artefact",
                       std::format("The artefact could not be compressed: {}.", ZSTD_getErrorName(size)));
    }
    frame.resize(size);
    return frame;
}

/// In steps, so that a frame that lies about its size cannot ask for more memory than the limit.
Result<std::string> decompressed(std::string_view frame)
{
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
    std::string plain;
    std::string step(ZSTD_DStreamOutSize(), '\0');
    ZSTD_inBuffer input{frame.data(), frame.size(), 0};
    std::size_t left = 1;
    while (left != 0 && (input.pos < input.size || left == 1)) {
        ZSTD_outBuffer output{step.data(), step.size(), 0};
        const auto before = input.pos;
        left = ZSTD_decompressStream(context.get(), &output, &input);
        if (ZSTD_isError(left) || plain.size() + output.pos > maxTarBytes) {
            return failure("builds/bad-artefact", "The artefact cannot be unpacked: it is no Zstd file, or "
                                                  "too large. Build the function again.");
        }
        plain.append(step.data(), output.pos);
        if (output.pos == 0 && input.pos == before) {
            break; // cut off: the digest will not match
        }
    }
    return plain;
}

} // namespace

ArtefactStore::ArtefactStore(std::string dataDirectory)
    : m_artefacts(dataDirectory + "/artefacts"), m_unpacked(dataDirectory + "/unpacked")
{}

std::string ArtefactStore::archivePath(const std::string &digest) const
{
    return m_artefacts + '/' + digest + ".tar.zst";
}

std::string ArtefactStore::folderPath(const std::string &digest) const
{
    return m_unpacked + '/' + digest;
}

Result<Artefact> ArtefactStore::pack(const BuildFiles &files) const
{
    auto complete = withPackageType(files);
    if (auto checked = checkFiles(complete, artefactLimits); !checked) {
        return std::unexpected(checked.error());
    }
    const auto tar = writeTar(complete);
    if (!tar) {
        return std::unexpected(tar.error());
    }
    Artefact artefact{digestOf(*tar), 0};
    const auto path = archivePath(artefact.digest);
    std::error_code none;
    if (const auto size = fs::file_size(path, none); !none) {
        artefact.bytes = static_cast<std::int64_t>(size);
        return artefact;
    }
    const auto frame = compressed(*tar);
    if (!frame) {
        return std::unexpected(frame.error());
    }
    artefact.bytes = static_cast<std::int64_t>(frame->size());
    if (auto written = writeFileAtomically(path, *frame); !written) {
        return std::unexpected(written.error());
    }
    return artefact;
}

Result<std::string> ArtefactStore::unpack(const std::string &digest) const
{
    if (!isDigest(digest)) {
        return failure("builds/no-artefact", std::format("'{}' is no digest of an artefact.", digest));
    }
    auto folder = folderPath(digest);
    std::error_code ignored;
    if (fs::is_directory(folder, ignored)) {
        return folder;
    }
    const auto frame = readWholeFile(archivePath(digest), maxTarBytes);
    if (!frame) {
        return failure("builds/no-artefact",
                       std::format("The artefact {} is not there: {} Build the function again.",
                                   digest.substr(0, 12), frame.error().detail));
    }
    const auto tar = decompressed(*frame);
    if (!tar) {
        return std::unexpected(tar.error());
    }
    if (digestOf(*tar) != digest) {
        return failure(
            "builds/bad-artefact",
            std::format("The artefact {} was changed on disk: its digest does not match. Build the "
                        "function again.",
                        digest.substr(0, 12)));
    }
    const auto files = readTar(*tar);
    if (!files) {
        return std::unexpected(files.error());
    }
    if (auto written = writeFolderAtomically(folder, *files); !written) {
        return std::unexpected(written.error());
    }
    return folder;
}

void ArtefactStore::removeLeftovers() const
{
    for (const auto &parent : {m_artefacts, m_unpacked}) {
        std::error_code error;
        for (const auto &entry : fs::directory_iterator(parent, error)) {
            if (isTemporaryName(entry.path().filename().string())) {
                removeTree(entry.path().string());
            }
        }
    }
}

} // namespace nest::builds
