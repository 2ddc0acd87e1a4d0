// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The controllers of one world, one at a time. */
final class Controllers {
    private final ControllerJava java;
    private final Path folder;
    private final String repository;
    private Mistake mistake = Mistake.NONE;
    private Optional<ControllerProcess> current = Optional.empty();

    Controllers(ControllerJava java, Path folder, String repository) {
        this.java = requireNonNull(java, "java is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.repository = requireNonNull(repository, "repository is null");
    }

    /** The mistake that those started from now on make. */
    void make(Mistake made) {
        mistake = made;
    }

    /** One that is to die there runs, which may be the one that runs already. */
    void running(String where) throws IOException {
        if (current.filter(now -> now.isAlive() && now.where().equals(where)).isEmpty()) {
            kill();
            start(where);
        }
    }

    void start(String where) throws IOException {
        current = Optional.of(ControllerProcess.start(java, folder, repository, where, mistake));
    }

    /** Ends the first one, from which those after it learn to start faster. */
    void endFirst() throws IOException {
        kill();
        java.makeArchive();
    }

    void kill() {
        current.ifPresent(ControllerProcess::kill);
        current = Optional.empty();
    }

    boolean isAlive() {
        return current.filter(ControllerProcess::isAlive).isPresent();
    }

    /** The one that ends within that time; empty when it does not. */
    Optional<Process> ended(Duration patience) throws InterruptedException {
        ControllerProcess dying = current.orElseThrow();
        if (!dying.endsWithin(patience)) {
            return Optional.empty();
        }
        current = Optional.empty();
        return Optional.of(dying.process());
    }

    /** What it said last, for whoever has to find out what happened. */
    String words() {
        return current.map(Controllers::words).orElse("no controller");
    }

    private static String words(ControllerProcess process) {
        try {
            return (process.isAlive() ? "alive\n" : "dead\n") + process.lastWords();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
