// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;

/** One kind of request. */
interface Operation {
    /**
     * Answers a request. Leaves nothing behind that the next request could see.
     *
     * @throws ProgramFault when what the user wrote is wrong
     */
    JsonNode answer(JsonNode request) throws Exception;
}
