// SPDX-License-Identifier: Apache-2.0
package dev.sluice.drive.session;

import dev.sluice.spec.JobSpec;
import dev.sluice.spec.Program;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which secrets a job refers to, and where. */
public final class SecretNames {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([^}]+)\\}");

    private SecretNames() {}

    /** Names in the SQL of the job. */
    public static SortedSet<String> ofSql(JobSpec spec) {
        return spec.program() instanceof Program.Sql sql ? of(sql.text()) : new TreeSet<>();
    }

    /**
     * Names in the configuration and the arguments of the job. A session cluster shows both to
     * everyone who reaches it, so no secret may stand there.
     */
    public static SortedSet<String> ofPlainPlaces(JobSpec spec) {
        SortedSet<String> names = of(spec.configuration().values().toString());
        if (spec.program() instanceof Program.Jar jar) {
            names.addAll(of(jar.args().toString()));
        }
        return names;
    }

    private static SortedSet<String> of(String text) {
        SortedSet<String> names = new TreeSet<>();
        for (MatchResult found : REFERENCE.matcher(text).results().toList()) {
            names.add(found.group(1));
        }
        return names;
    }
}
