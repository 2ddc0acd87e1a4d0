// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.drive.Place;
import dev.sluice.reconcile.journal.ChainCheck;
import dev.sluice.reconcile.journal.Journal;
import dev.sluice.reconcile.journal.Restore;
import dev.sluice.reconcile.service.StateCensus;
import dev.sluice.reconcile.text.Periods;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice journal ...}: care for the file that must not be lost. */
@Command(
        name = "journal",
        description = "Verify, back up, restore or prune the journal.",
        mixinStandardHelpOptions = true)
public final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(
                command.commandLine(), "expected verify, backup, restore or prune");
    }

    @Command(
            name = "verify",
            description = "Read the whole history and check that nothing in it was changed.",
            mixinStandardHelpOptions = true)
    int verify(
            @Mixin ConfigOption config,
            @Option(
                            names = "--head",
                            paramLabel = "HASH",
                            description = "A newest hash noted earlier; fails if it is gone.")
                    Optional<String> head)
            throws IOException {
        try (Journal journal = Journal.view(config.read().dataDirectory())) {
            ChainCheck check = journal.verifyChain();
            if (check instanceof ChainCheck.Broken broken) {
                err("history was changed at link " + broken.sequence() + ": " + broken.what());
                return ExitCode.WORLD_FAILED;
            }
            if (head.isPresent() && !journal.remembers(head.get())) {
                err("history was cut off: hash " + head.get() + " is gone");
                return ExitCode.WORLD_FAILED;
            }
            say((ChainCheck.Intact) check, "intact");
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "backup",
            description = "Write a consistent, checked copy, beside a running controller too.",
            mixinStandardHelpOptions = true)
    int backup(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "FILE", description = "A file that does not exist yet.")
                    Path file)
            throws IOException {
        if (Files.exists(file)) {
            throw new InputWrong(file + " is there already; name another file");
        }
        try (Journal journal = Journal.view(config.read().dataDirectory())) {
            journal.backup(file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        say(Restore.check(file), "backed up to " + file);
        return ExitCode.DONE;
    }

    @Command(
            name = "restore",
            description = "Put a backup in the journal's place; the old files are kept.",
            mixinStandardHelpOptions = true)
    int restore(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "FILE", description = "A file that `backup` has written.")
                    Path file)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputWrong("no file " + file);
        }
        Restore restore = new Restore(config.read().dataDirectory());
        say(restore.from(file, Clock.systemUTC().instant()), "restored from " + file);
        return ExitCode.DONE;
    }

    @Command(
            name = "prune",
            description = "Remove history that is old and needed by nobody.",
            mixinStandardHelpOptions = true)
    int prune(
            @Mixin ConfigOption config,
            @Option(
                            names = "--keep",
                            required = true,
                            paramLabel = "PERIOD",
                            description = "What is younger stays, such as 90d.")
                    String keep)
            throws IOException {
        Duration period = Periods.read(keep)
                .orElseThrow(() -> new InputWrong("expected a period such as 90d, found " + keep));
        Instant now = Clock.systemUTC().instant();
        Path data = config.read().dataDirectory();
        Journal.view(data).close();
        try (Journal journal = Journal.open(data)) {
            journal.requireHere(Place.here(), now);
            new StateCensus(journal).take(now);
            command.commandLine()
                    .getOut()
                    .println(journal.prune(now.minus(period), now) + " rows removed");
        }
        return ExitCode.DONE;
    }

    private void say(ChainCheck.Intact intact, String what) {
        command.commandLine()
                .getOut()
                .println(what + ": " + intact.rows() + " rows, newest hash " + intact.head());
    }

    private void err(String text) {
        command.commandLine().getErr().println("sluice: " + text);
    }
}
