// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.cli;

import dev.sluice.drive.artifacts.Progress;
import dev.sluice.reconcile.config.ControllerConfig;
import dev.sluice.reconcile.service.Installation;
import dev.sluice.reconcile.service.Service;
import dev.sluice.reconcile.text.DownloadLine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sluice run}: the controller as a service. */
@Command(
        name = "run",
        description = "Follow the branch for ever and serve the status page.",
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        ControllerConfig wanted = config.read();
        Progress progress =
                new DownloadLine(command.commandLine().getErr(), System.console() != null);
        Service service = Service.start(
                wanted,
                Installation.own()
                        .choosing(wanted.javaHomes())
                        .clusters(wanted.dataDirectory(), wanted.credentials(), progress));
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        command.commandLine()
                .getErr()
                .println("sluice: following " + wanted.branch() + ", page at " + service.page());
        service.awaitEnd();
        // Asked to end, the process is ending already and this code is not used.
        command.commandLine().getErr().println("sluice: the loop has ended, see the log");
        return ExitCode.WORLD_FAILED;
    }
}
