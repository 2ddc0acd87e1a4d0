// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.reconcile.lock.LockChange;
import dev.sluice.reconcile.lock.LockOutcome;
import dev.sluice.spec.SpecError;
import dev.sluice.spec.read.LockFile;
import dev.sluice.spec.yaml.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code sluice lock} did, for programs. */
final class LockJson {
    private LockJson() {}

    static String write(List<LockOutcome> changed, List<SpecError> findings) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("formatVersion", "1.0");
        root.put("locks", changed.stream().map(LockJson::lock).toList());
        root.put("errors", findings.stream().map(LockJson::finding).toList());
        return JsonWriter.write(root);
    }

    private static Map<String, Object> lock(LockOutcome outcome) {
        Map<String, Object> lock = new LinkedHashMap<>();
        lock.put("file", outcome.after().path());
        lock.put("job", outcome.job());
        lock.put("changes", outcome.changes().stream().map(LockJson::change).toList());
        return lock;
    }

    private static Map<String, Object> change(LockChange change) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("coordinate", change.coordinate());
        map.put("change", change.word());
        map.put("sha256", change.after().map(LockJson::digest));
        map.put("was", change.before().map(LockJson::digest));
        map.put("needs", change.after().flatMap(LockFile.Row::needs).orElse(List.of()));
        return map;
    }

    private static String digest(LockFile.Row row) {
        return row.digest().hex();
    }

    private static Map<String, Object> finding(SpecError finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rule", finding.rule());
        map.put("file", finding.location().file());
        map.put("line", finding.location().line());
        map.put("column", finding.location().column());
        map.put("job", finding.job());
        map.put("message", finding.message());
        map.put("nextStep", finding.nextStep());
        return map;
    }
}
