// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import dev.sluice.runner.Interpreter;
import dev.sluice.runner.ScriptFailure;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code parse}: every mistake of a SQL script that can be known without connectors and functions. */
final class ParseOperation implements Operation {
    @Override
    public JsonNode answer(JsonNode request) {
        ObjectNode result = Channel.object();
        ArrayNode problems = result.putArray("problems");
        Interpreter interpreter = new Interpreter(ParsingTarget.create());
        for (ScriptFailure failure : interpreter.check(request.path("script").asText())) {
            problems.addObject()
                    .put("line", failure.line())
                    .put("column", failure.column())
                    .put("message", failure.detail());
        }
        return result;
    }
}
