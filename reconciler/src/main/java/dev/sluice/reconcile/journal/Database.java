// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.journal;

import dev.sluice.reconcile.journal.JournalException.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The SQLite file: one connection that writes, one transaction at a time, and read-only connections
 * that never wait for it (WAL). A committed write has reached the disk ({@code synchronous=FULL}).
 *
 * <p>The path is fixed by the data directory; nobody's text ever becomes a JDBC URL.
 */
final class Database implements AutoCloseable {
    /** Work inside one transaction. */
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    private final Path file;
    private final Duration busyTimeout;
    private final Optional<Connection> writer;
    private final ReentrantLock writing = new ReentrantLock();
    private final ConcurrentLinkedDeque<Connection> idleReaders = new ConcurrentLinkedDeque<>();

    private Database(Path file, Duration busyTimeout, Optional<Connection> writer) {
        this.file = file;
        this.busyTimeout = busyTimeout;
        this.writer = writer;
    }

    /** Opens the file for writing and reading; it must exist, if only as an empty file. */
    static Database open(Path file, Duration busyTimeout) {
        try {
            Connection writer = connect(file, writing(busyTimeout));
            return new Database(file, busyTimeout, Optional.of(writer));
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    /** Opens the file for reading alone; another process may write to it meanwhile. */
    static Database openToRead(Path file, Duration busyTimeout) {
        return new Database(file, busyTimeout, Optional.empty());
    }

    /** Runs the work in one IMMEDIATE transaction: all of it is durable afterwards, or none. */
    <T> T write(Work<T> work) {
        Session session = new Session(writer.orElseThrow(
                () -> new IllegalStateException("this journal was opened to be read only")));
        writing.lock();
        try {
            session.script("BEGIN IMMEDIATE");
            T result = work.run(session);
            session.script("COMMIT");
            return result;
        } catch (SQLException e) {
            rollBack(session, e);
            throw failure(file, e);
        } catch (RuntimeException e) {
            rollBack(session, e);
            throw e;
        } finally {
            writing.unlock();
        }
    }

    /** Runs the work on a consistent view of what is committed. */
    <T> T read(Work<T> work) {
        try {
            Connection idle = idleReaders.pollFirst();
            Connection reader = idle == null ? connect(file, reading(busyTimeout)) : idle;
            return readWith(reader, work);
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private <T> T readWith(Connection reader, Work<T> work) throws SQLException {
        try {
            Session session = new Session(reader);
            session.script("BEGIN");
            T result = work.run(session);
            session.script("COMMIT");
            idleReaders.addFirst(reader);
            return result;
        } catch (SQLException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Runs a statement that may not stand inside a transaction, such as VACUUM INTO. */
    void alone(Work<Void> work) {
        try (Connection connection = connect(file, writing(busyTimeout))) {
            work.run(new Session(connection));
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            for (Connection reader : idleReaders) {
                reader.close();
            }
            if (writer.isPresent()) {
                writer.get().close();
            }
        } catch (SQLException e) {
            throw failure(file, e);
        } finally {
            writing.unlock();
        }
    }

    private static void rollBack(Session session, Exception cause) {
        try {
            session.script("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * The driver's own transactions stay off: after each commit it would begin the next one at once,
     * and an IMMEDIATE one would then lock out every other process for ever.
     */
    private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    private static SQLiteConfig writing(Duration busyTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteConfig reading(Duration busyTimeout) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) busyTimeout.toMillis());
        config.setReadOnly(true);
        return config;
    }

    static JournalException failure(Path file, SQLException cause) {
        Problem problem = problem(cause);
        String advice = switch (problem) {
            case BUSY -> "another process is writing to it; the step waits and is tried again";
            case FULL -> "there is no room for it; free space on the disk";
            case CORRUPT ->
                "the file is damaged; keep it, restore the newest backup as"
                        + " journal.db and start again";
            case NEWER, LEASE_LOST, STALE, OTHER -> "look at the cause, then start again";
        };
        String text = "journal " + file + ": " + cause.getMessage() + ": " + advice;
        return new JournalException(problem, text, cause);
    }

    private static Problem problem(SQLException cause) {
        if (!(cause instanceof SQLiteException sqlite)) {
            return Problem.OTHER;
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (code.code & 0xff) {
            case 5, 6 -> Problem.BUSY;
            case 8, 13 -> Problem.FULL;
            case 11, 26 -> Problem.CORRUPT;
            default -> Problem.OTHER;
        };
    }
}
