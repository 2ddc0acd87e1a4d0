// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a process may do. A process has one role for all its life. */
enum Role {
    /** Lives long, may be given credentials, never loads a class or runs a line of a user. */
    DEPLOY {
        @Override
        Map<String, Operation> operations() {
            Map<String, Operation> operations = new TreeMap<>();
            operations.put("parse", new ParseOperation());
            operations.put("metadata", new MetadataOperation());
            operations.put("kubernetes", new KubernetesOperation());
            return Collections.unmodifiableMap(operations);
        }
    },
    /** As DEPLOY, with Hadoop's classes and for one Hadoop cluster. */
    YARN {
        @Override
        Map<String, Operation> operations() {
            Map<String, Operation> operations = new TreeMap<>();
            operations.put("reserve", new LoggedIn(new ReserveOperation()));
            operations.put("submit", new LoggedIn(new SubmitOperation()));
            operations.put("kill", new LoggedIn(new KillOperation()));
            operations.put("metadata", new LoggedIn(new MetadataOperation()));
            return Collections.unmodifiableMap(operations);
        }
    },
    /** Loads a user's classes for one request, has no credentials, and is killed afterwards. */
    COMPILE {
        @Override
        Map<String, Operation> operations() {
            return Collections.singletonMap("compile", new CompileOperation());
        }
    };

    abstract Map<String, Operation> operations();
}
