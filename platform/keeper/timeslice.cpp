// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keeper/timeslice.h"

#include <sched.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace nest::keeper {
namespace {

void setSliceOfThread(pid_t thread, std::chrono::nanoseconds slice)
{
    sched_attr attributes{};
    if (::sched_getattr(thread, &attributes, sizeof attributes, 0) == 0) { // its policy and niceness stay
        attributes.sched_runtime = static_cast<std::uint64_t>(slice.count());
        ::sched_setattr(thread, &attributes, 0);
    }
}

} // namespace

void setSlice(pid_t process, std::chrono::nanoseconds slice)
{
    std::error_code error;
    const auto folder = "/proc/" + std::to_string(process) + "/task";
    for (auto task = std::filesystem::directory_iterator(folder, error);
         !error && task != std::filesystem::directory_iterator(); task.increment(error)) {
        setSliceOfThread(static_cast<pid_t>(std::atoi(task->path().filename().c_str())), slice);
    }
}

void setOwnSlice(std::chrono::nanoseconds slice)
{
    setSliceOfThread(0, slice);
}

std::chrono::nanoseconds sliceOf(pid_t process)
{
    sched_attr attributes{};
    const bool isThere = ::sched_getattr(process, &attributes, sizeof attributes, 0) == 0;
    return std::chrono::nanoseconds(isThere ? attributes.sched_runtime : 0);
}

} // namespace nest::keeper
