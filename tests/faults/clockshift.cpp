// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Loaded before libc into a nestd under test: adds the seconds that stand in the file $NEST_TEST_CLOCK to the
// time of day. The clock that nobody sets is left alone, as when a machine's clock is corrected.

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>

namespace {

using Read = int (*)(clockid_t, timespec *);

Read realRead()
{
    static const Read s_read = reinterpret_cast<Read>(::dlsym(RTLD_NEXT, "clock_gettime"));
    return s_read;
}

long shift()
{
    static const char *const s_path = ::getenv("NEST_TEST_CLOCK");
    long seconds = 0;
    if (FILE *file = s_path != nullptr ? ::fopen(s_path, "re") : nullptr) {
        if (::fscanf(file, "%ld", &seconds) != 1) {
            seconds = 0;
        }
        ::fclose(file);
    }
    return seconds;
}

} // namespace

extern "C" int clock_gettime(clockid_t clock, timespec *time) noexcept
{
    const int result = realRead()(clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        time->tv_sec += shift();
    }
    return result;
}

extern "C" int gettimeofday(timeval *time, void *) noexcept
{
    timespec exact{};
    const int result = ::clock_gettime(CLOCK_REALTIME, &exact);
    time->tv_sec = exact.tv_sec;
    time->tv_usec = exact.tv_nsec / 1000;
    return result;
}

extern "C" time_t time(time_t *out) noexcept
{
    timespec exact{};
    ::clock_gettime(CLOCK_REALTIME, &exact);
    if (out != nullptr) {
        *out = exact.tv_sec;
    }
    return exact.tv_sec;
}
