// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/exitreason.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace nest::keeper {
namespace {

constexpr int signalBase = 128;

// What V8, libc, bwrap and the JVM say when the data segment is full.
constexpr std::array<std::string_view, 7> memoryWords{"heap out of memory",
                                                      "process out of memory",
                                                      "Cannot allocate memory",
                                                      "std::bad_alloc",
                                                      "Array buffer allocation failed",
                                                      "MemoryError",
                                                      "java.lang.OutOfMemoryError"};

bool speaksOfMemory(const std::string &errors)
{
    return std::ranges::any_of(
        memoryWords, [&errors](std::string_view words) { return errors.find(words) != std::string::npos; });
}

std::string memoryLimit(const BoxEnd &end)
{
    return "memory limit of " + std::to_string(end.memoryMegabytes) + " MB";
}

std::string signalWords(int number)
{
    const char *name = ::sigabbrev_np(number);
    const char *description = ::sigdescr_np(number);
    if (name == nullptr || description == nullptr) {
        return "signal " + std::to_string(number);
    }
    return std::string("signal SIG") + name + " (" + description + ")";
}

} // namespace

ExitReason exitReason(const BoxEnd &end)
{
    const int code =
        WIFSIGNALED(end.waitStatus) ? signalBase + WTERMSIG(end.waitStatus) : WEXITSTATUS(end.waitStatus);
    const bool wasUnasked = end.asked == AskedToEnd::No || end.asked == AskedToEnd::Drained;
    if (wasUnasked && end.outOfMemory == OutOfMemory::OwnLimit) {
        return {memoryLimit(end), code};
    }
    if (wasUnasked && end.outOfMemory == OutOfMemory::Machine) {
        return {"the machine had no memory left", code};
    }
    switch (end.asked) {
    case AskedToEnd::TimeLimit:
        return {"time limit of " + std::to_string(end.timeoutSeconds) + " s", code};
    case AskedToEnd::Excess:
        return {end.excess, code};
    case AskedToEnd::Killed:
        return {"killed by request", code};
    case AskedToEnd::Drained:
        return {code == 0 ? "drained" : "drained, then exit code " + std::to_string(code), code};
    case AskedToEnd::No:
        break;
    }
    if (code != 0 && speaksOfMemory(end.lastErrors)) {
        return {memoryLimit(end), code};
    }
    if (code > signalBase && code < signalBase + NSIG) {
        return {signalWords(code - signalBase), code};
    }
    return {"exit code " + std::to_string(code), code};
}

} // namespace nest::keeper
