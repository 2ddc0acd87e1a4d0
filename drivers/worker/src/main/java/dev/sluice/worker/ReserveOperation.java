// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.hadoop.yarn.client.api.YarnClient;

/** {@code reserve}: an application id that the ResourceManager gives to nobody else. */
final class ReserveOperation implements Operation {
    @Override
    public JsonNode answer(JsonNode request) throws Exception {
        try (YarnClient client = YarnClient.createYarnClient()) {
            client.init(Hadoop.configuration());
            client.start();
            return Channel.object()
                    .put(
                            "application",
                            client.createApplication()
                                    .getNewApplicationResponse()
                                    .getApplicationId()
                                    .toString());
        }
    }
}
