// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
package nest.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** When this process was started, in whole clock ticks of the kernel (10 ms). The JDK's own answer is in seconds. */
final class ProcessStart {
    private static final int TICKS_A_SECOND = 100;
    private static final int START_FIELD = 19; // counted after the name, which may hold anything

    private ProcessStart() {}

    static long unixMs() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            long ticks = Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_FIELD]);
            double uptime = Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]);
            return System.currentTimeMillis() - Math.round(uptime * 1000) + ticks * 1000 / TICKS_A_SECOND;
        } catch (IOException | RuntimeException error) {
            return 0;
        }
    }
}
