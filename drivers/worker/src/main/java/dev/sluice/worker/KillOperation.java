// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.client.api.impl.YarnClientImpl;

/** {@code kill}: ends an application; one that has ended already stays as it is. */
final class KillOperation implements Operation {
    @Override
    public JsonNode answer(JsonNode request) throws Exception {
        ApplicationId id = ApplicationId.fromString(request.path("application").asText());
        try (YarnClient client = new YarnClientImpl()) {
            client.init(Hadoop.configuration());
            client.start();
            client.killApplication(id, request.path("reason").asText());
            return Channel.object().put("application", id.toString());
        }
    }
}
