// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.schema;

import java.util.List;

/** What a pattern of the schemas means to a person. */
record Form(String expected, String nextStep) {
    private record Known(String part, Form form) {}

    private static final List<Known> KNOWN = List.of(
            new Known("[0-9]+)?/[0-9]+", new Form("an amount and a window", "write it as 5/10m")),
            new Known(
                    "ms|s|m|min|h|d",
                    new Form("a duration", "write a number and a unit, such as 30s or 10m")),
            new Known(
                    "^[a-z][-a-z0-9]{0,19}/",
                    new Form("a job as team/name", "write it as payments/orders")),
            new Known(
                    "^[1-9][0-9]*\\.",
                    new Form(
                            "a Flink minor version",
                            "write two numbers in quotes, such as \"1.20\"")),
            new Known(
                    "^[0-9a-f]{40}$",
                    new Form("a commit id of 40 hex digits", "copy it from git log")),
            new Known("^[0-9a-f]{64}$", new Form("a SHA-256 of 64 hex digits", "run sluice lock")),
            new Known(
                    "^[0-9a-f]{32}$",
                    new Form("a Flink job id of 32 hex digits", "copy it from Flink's page")),
            new Known(
                    "^application_",
                    new Form(
                            "a YARN application id", "write it as application_1700000000000_0001")),
            new Known("^CVE-", new Form("the id of a CVE record", "write it as CVE-2026-35194")),
            new Known("^absent$", new Form("a map, or the word absent", "write absent or a map")),
            new Known(
                    "^hdfs://",
                    new Form("a URL of HDFS", "write it as hdfs://lake/files/rules.json")),
            new Known(
                    "^https?://",
                    new Form("an http or https address", "begin with http:// or https://")),
            new Known(
                    "^[0-9]{4}-",
                    new Form(
                            "a day or an instant in UTC",
                            "write it as 2026-12-31 or 2026-12-31T18:00:00Z")),
            new Known(
                    "^[A-Za-z][A-Za-z0-9_-]*(",
                    new Form(
                            "a variable name",
                            "use letters, digits, - and _, groups joined by dots")),
            new Known(
                    "^[a-z0-9](",
                    new Form("a Kubernetes name", "use lower-case letters, digits and -")),
            new Known(
                    "^[a-z][-a-z0-9]*$",
                    new Form(
                            "a name",
                            "use lower-case letters, digits and -, beginning with a letter")),
            new Known(
                    "[^{}]+",
                    new Form(
                            "a number, true or false, or one variable",
                            "remove the quotes, or write ${name}")));

    static Form of(String pattern) {
        return KNOWN.stream()
                .filter(known -> pattern.contains(known.part()))
                .map(Known::form)
                .findFirst()
                .orElse(new Form("text that matches " + pattern, "correct the text"));
    }
}
