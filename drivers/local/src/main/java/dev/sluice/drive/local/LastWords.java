// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a process of Flink ended, from the end of its log. Only what the machine lacks is told: other
 * lines may hold what a program wrote, secrets too.
 */
final class LastWords {
    private static final int TAIL = 1 << 16;
    private static final Pattern LACK = Pattern.compile(
            "(?:java\\.net\\.BindException|java\\.lang\\.OutOfMemoryError): [^\\r\\n]{1,200}"
                    + "|No space left on device");

    private LastWords() {}

    /** What it said last of a port, memory or a disk; empty when it said nothing of that kind. */
    static Optional<String> of(Path logs, Role role) {
        Optional<String> last = Optional.empty();
        Matcher lack = LACK.matcher(tail(logs.resolve(role.label() + ".log")));
        while (lack.find()) {
            last = Optional.of(lack.group().strip());
        }
        return last;
    }

    private static String tail(Path file) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(TAIL, log.length())];
            log.seek(log.length() - bytes.length);
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException nothingWritten) {
            return "";
        }
    }
}
