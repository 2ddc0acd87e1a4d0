// SPDX-License-Identifier: Apache-2.0
package dev.sluice.reconcile.crash;

import static java.util.Objects.requireNonNull;

import dev.sluice.reconcile.proxy.Fault;
import dev.sluice.reconcile.proxy.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** A session cluster; between controllers and its JobManager stands a proxy. */
final class SessionGround implements Ground {
    private final Path folder;
    private final Setting setting;
    private final ClusterPlace place;
    private final FaultProxy proxy;
    private final FlinkEyes flink;

    private SessionGround(Path folder, Setting setting, ClusterPlace place, URI address)
            throws IOException {
        this.folder = requireNonNull(folder, "folder is null");
        this.setting = requireNonNull(setting, "setting is null");
        this.place = requireNonNull(place, "place is null");
        this.proxy = new FaultProxy(address);
        this.flink = new FlinkEyes(address);
    }

    /** From now on controllers that start reach Flink through the proxy. */
    static SessionGround stepBetween(Path folder, Setting setting) throws IOException {
        String file = "clusters/main/flink-" + setting.flinkVersion() + "/cluster.json";
        ClusterPlace place = new ClusterPlace(CrashWorld.data(folder).resolve(file));
        SessionGround ground = new SessionGround(folder, setting, place, place.address());
        place.route(ground.proxy.port());
        return ground;
    }

    @Override
    public FlinkEyes eyes() {
        return flink;
    }

    FaultProxy proxy() {
        return proxy;
    }

    @Override
    public void hear(Observer observer) {
        proxy.hear(observer::hear);
    }

    @Override
    public void follow() throws IOException {
        URI address = place.address();
        if (address.getPort() != proxy.port()) {
            flink.lookAt(address);
            proxy.leadTo(address);
        }
    }

    /** By the proxy, or by the driver where Flink is not asked. */
    @Override
    public void loseAnswer(StepKind kind) throws IOException {
        Optional<Pattern> request = setting.request(kind);
        if (request.isPresent()) {
            proxy.once(asked -> request.get().matcher(asked.line()).matches(), Fault.answerLost());
        } else {
            TrappedDriver.loseAnswer(folder, kind);
        }
    }

    @Override
    public boolean isSpent() {
        return proxy.isSpent() && !Files.exists(TrappedDriver.losing(folder));
    }

    @Override
    public void heal() throws IOException {
        proxy.heal();
        follow();
        place.route(proxy.port());
    }

    /** Whoever looks for the cluster from now on asks it directly. */
    void leaveProxy() throws IOException {
        place.route(flink.port());
    }

    /**
     * Ends the JobManager, as {@code kill -9} does. Whoever starts it again asks it without the proxy.
     */
    void killJobManager() throws IOException {
        leaveProxy();
        place.killJobManager();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
