// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * An operation on a cluster that may want Kerberos: the process is logged in with its keytab first, where
 * it was started with one, and again when its ticket grows old.
 */
final class LoggedIn implements Operation {
    private static final String PRINCIPAL = System.getProperty("sluice.kerberos.principal");
    private static final String KEYTAB = System.getProperty("sluice.kerberos.keytab");

    private static boolean isLoggedIn;

    private final Operation operation;

    LoggedIn(Operation operation) {
        this.operation = operation;
    }

    @Override
    public JsonNode answer(JsonNode request) throws Exception {
        if (PRINCIPAL != null) {
            logIn();
        }
        return operation.answer(request);
    }

    /** Requests are answered one after the other, on one thread. */
    private static void logIn() throws Exception {
        if (isLoggedIn) {
            UserGroupInformation.getLoginUser().checkTGTAndReloginFromKeytab();
        } else {
            UserGroupInformation.setConfiguration(Hadoop.configuration());
            UserGroupInformation.loginUserFromKeytab(PRINCIPAL, KEYTAB);
            isLoggedIn = true;
        }
    }
}
