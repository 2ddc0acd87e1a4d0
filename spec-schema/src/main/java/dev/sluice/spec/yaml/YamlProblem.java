// SPDX-License-Identifier: Apache-2.0
package dev.sluice.spec.yaml;

import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** The parser's complaint in the words of somebody who does not write parsers. */
record YamlProblem(String message, String nextStep) {
    private record Known(String part, String meaning, String nextStep) {}

    private static final List<Known> KNOWN = List.of(
            new Known(
                    "'\\t(TAB)'", "found a tab where only spaces may indent", "indent with spaces"),
            new Known(
                    "mapping values are not allowed",
                    "found ': ' inside a value",
                    "put the value in quotes, or correct the indentation"),
            new Known(
                    "could not find expected ':'",
                    "expected 'key: value', found no ':'",
                    "add the ':', or correct the indentation"),
            new Known(
                    "<block end>",
                    "the indentation does not fit the lines above",
                    "align the line with its neighbours"),
            new Known(
                    "found unexpected end of stream", "a quote is never closed", "close the quote"),
            new Known(
                    "but found '<stream end>'",
                    "a list [...] or map {...} is never closed",
                    "close the bracket"),
            new Known(
                    "that cannot start any token",
                    "found a character that cannot begin a value",
                    "put the value in quotes"),
            new Known(
                    "expected ',' or",
                    "a list [...] or map {...} is never closed, or lacks a comma",
                    "close the bracket or add the comma"));

    static YamlProblem of(MarkedYAMLException broken) {
        String problem = String.valueOf(broken.getProblem());
        String context = broken.getContext() == null ? "" : broken.getContext() + ", ";
        return KNOWN.stream()
                .filter(known -> problem.contains(known.part()))
                .findFirst()
                .map(known ->
                        new YamlProblem("not valid YAML: " + known.meaning(), known.nextStep()))
                .orElseGet(() -> new YamlProblem(
                        "not valid YAML: " + context + problem, "correct the YAML at this place"));
    }
}
