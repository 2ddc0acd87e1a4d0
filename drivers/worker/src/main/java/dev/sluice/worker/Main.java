// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process: {@code Main DEPLOY|YARN|COMPILE}. Ends when its input ends, whatever it is doing, so that it
 * never outlives the process that started it.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        InputStream requests = System.in;
        PrintStream answers =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
        // Flink, its logging and users' programs print; only answers may stand on standard output.
        System.setOut(System.err);
        System.setIn(InputStream.nullInputStream());
        Worker worker = new Worker(Role.valueOf(arguments[0]), new Channel(answers));
        worker.start();
        read(requests, worker);
        // Not exit: a user's shutdown hooks have no say in the end of this process.
        Runtime.getRuntime().halt(0);
    }

    private static void read(InputStream requests, Worker worker) throws Exception {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            worker.accept(line);
        }
    }
}
