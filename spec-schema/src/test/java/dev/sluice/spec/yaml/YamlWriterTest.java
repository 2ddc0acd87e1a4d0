// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sluice.spec.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class YamlWriterTest {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "a b",
            "yes",
            "No",
            "null",
            "1.20",
            "010",
            "1:30",
            "0x1f",
            "a: b",
            "- a",
            "#",
            "a #b",
            "'",
            "\"",
            "a\nb",
            "a\nb\n",
            "a\n\n\n",
            "\n",
            "\na",
            " a\nb\n",
            "a\tb\n",
            "a\rb",
            "{",
            "[x]",
            "*a",
            "&a",
            "!t",
            "%",
            "@",
            "`",
            "|",
            "a \nb \n",
            "\u4e2d\n\u4e2d\n",
            "\u0007\n",
            "\ufeff\n",
            "y",
            "~",
            "=",
            "<<",
            "a@b.c",
            "x".repeat(200));

    @Test
    void bothOurReaderAndOneOfYaml11ReadBackWhatIsWritten() {
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            Map<String, Object> map = map(random, 3);

            String yaml = YamlWriter.write(map);

            assertEquals(JsonWriter.write(map), JsonWriter.write(ours(yaml)), yaml);
            assertEquals(map, new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml), yaml);
        }
    }

    @Test
    void aPersonCanReadIt() {
        Map<String, Object> map = new TreeMap<>();
        map.put("args", List.of("--topic", "on", Map.of("k", 1)));
        map.put("flink", Map.of("version", "1.20"));
        map.put("sql", "SELECT 1;\n\n-- 'done'\n");
        map.put("empty", Map.of());

        assertEquals("""
                args:
                  - "--topic"
                  - "on"
                  - k: 1
                empty: {}
                flink:
                  version: "1.20"
                sql: |
                  SELECT 1;

                  -- 'done'
                """, YamlWriter.write(map));
    }

    private static Object ours(String yaml) {
        Findings findings = new Findings();
        Node.Mapping root = new YamlReader(YamlLimits.DEFAULT)
                .read("a", yaml.getBytes(StandardCharsets.UTF_8), findings)
                .orElseThrow(() -> new AssertionError(findings.toList() + "\n" + yaml));
        return NodeValues.of(root);
    }

    private static Map<String, Object> map(Random random, int depth) {
        Map<String, Object> map = new TreeMap<>();
        int size = 1 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            String key = TEXTS.get(random.nextInt(TEXTS.size()));
            map.put(key.isEmpty() || key.equals("<<") ? "k" : key, value(random, depth - 1));
        }
        return map;
    }

    private static Object value(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 5 : 3);
        if (kind == 3) {
            return map(random, depth);
        }
        if (kind == 4) {
            List<Object> list = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                list.add(value(random, depth - 1));
            }
            return list;
        }
        return kind == 0 ? (Object) random.nextInt(1000) : TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
