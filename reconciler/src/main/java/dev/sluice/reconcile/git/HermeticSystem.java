// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.git;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS.FileStoreAttributes;
import org.eclipse.jgit.util.SystemReader;

/**
 * What JGit may know of the machine: nothing. No {@code /etc/gitconfig}, no {@code ~/.gitconfig},
 * no environment variable, no git program; its own notes go into the data directory.
 */
public final class HermeticSystem extends SystemReader {
    private static final Duration TIME_STAMPS = Duration.ofSeconds(2);

    private final File notes;

    private HermeticSystem(Path directory) {
        notes = directory.resolve("jgit.config").toFile();
        setPlatformChecker();
    }

    /** Makes it JGit's view of this process. JGit has one for the whole JVM, so has this program. */
    public static void install(Path directory) {
        SystemReader.setInstance(new HermeticSystem(directory));
        FileStoreAttributes.setBackground(true);
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    /** No variable is set: JGit's contract says so with null. */
    @Override
    public String getenv(String variable) {
        return null;
    }

    @Override
    public String getProperty(String key) {
        return System.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new FileBasedConfig(parent, notes, fs);
    }

    @Override
    @SuppressWarnings("deprecation")
    public long getCurrentTime() {
        return System.currentTimeMillis();
    }

    @Override
    @SuppressWarnings("deprecation")
    public int getTimezone(long when) {
        return TimeZone.getTimeZone("UTC").getOffset(when) / 60_000;
    }

    /**
     * Nothing is configured, except that a file system's time stamps are called coarse. JGit would
     * find that out by writing to every file system it sees for seconds; to believe two seconds
     * costs only a few files looked at twice.
     */
    private static final class EmptyConfig extends FileBasedConfig {
        EmptyConfig(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            clear();
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section, String subsection, String name, long otherwise, TimeUnit unit) {
            if (section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)) {
                return unit.convert(TIME_STAMPS);
            }
            return super.getTimeUnit(section, subsection, name, otherwise, unit);
        }
    }
}
