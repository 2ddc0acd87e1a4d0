// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import dev.sluice.runner.SqlTarget;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.SqlParserException;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.operations.Operation;

/**
 * A target that runs nothing: statements are parsed, and checked against the tables and views of the
 * same script as long as all of them are known.
 *
 * <p>Only what is certain is a mistake. Connectors, formats, functions and catalogs are not here, so
 * whatever Flink says for want of them is passed over; what it says with a place in the text, of a
 * script whose every name is defined in the script, is certain.
 */
final class ParsingTarget implements SqlTarget {
    private static final Pattern PLACED = Pattern.compile("line \\d+, column \\d+");
    private static final Pattern TABLE_OR_VIEW =
            Pattern.compile("(?is)CREATE\\s+(TEMPORARY\\s+)?(TABLE|VIEW)\\b.*");

    private final TableEnvironmentInternal tables;
    private boolean isComplete = true;
    private boolean isOtherDialect;

    private ParsingTarget(TableEnvironmentInternal tables) {
        this.tables = tables;
    }

    static ParsingTarget create() {
        EnvironmentSettings settings =
                EnvironmentSettings.newInstance().inStreamingMode().build();
        return new ParsingTarget((TableEnvironmentInternal) TableEnvironment.create(settings));
    }

    @Override
    public void set(String key, String value) {
        if (key.equals("table.sql-dialect")) {
            isOtherDialect = !value.equalsIgnoreCase("default");
        }
    }

    @Override
    public void define(String statement) {
        boolean isKnown = false;
        try {
            List<Operation> operations = parse(statement);
            if (TABLE_OR_VIEW.matcher(statement).matches()) {
                operations.forEach(tables::executeInternal);
                isKnown = true;
            }
        } catch (SqlParserException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throwIfCertain(e);
        } finally {
            // What this statement defines, or where names lead from here on, is not known.
            isComplete &= isKnown;
        }
    }

    @Override
    public void insert(String statement) {
        try {
            parse(statement);
        } catch (SqlParserException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throwIfCertain(e);
        }
    }

    private List<Operation> parse(String statement) {
        return isOtherDialect ? Collections.emptyList() : tables.getParser().parse(statement);
    }

    private void throwIfCertain(Throwable failure) {
        Throwable root = failure;
        boolean isPlaced = false;
        for (Throwable next = failure; next != null; next = next.getCause()) {
            root = next;
            isPlaced |= PLACED.matcher(String.valueOf(next.getMessage())).find();
        }
        if (root instanceof StackOverflowError || isOfParser(root)) {
            throw new ValidationException("the statement is nested too deep to be parsed");
        }
        if (isComplete && isPlaced) {
            throw new ValidationException(failure.getMessage(), failure);
        }
    }

    /** Flink's parser turns a stack that is too small into a failure of its own. */
    private static boolean isOfParser(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return failure instanceof NullPointerException
                && frames.length > 0
                && frames[0].getClassName().endsWith(".CalciteParser");
    }
}
