// SPDX-License-Identifier: Apache-2.0
package dev.sluice.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.web.view.Payloads;
import dev.sluice.web.view.SampleView;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser. */
class BrowserIT {
    private static final String ALL = String.join(" ", Payloads.CORPUS).replace("\u0000", "");

    @TempDir
    Path folder;

    private Chromium chromium;

    @BeforeEach
    void findBrowser() {
        chromium = Chromium.installed(folder);
    }

    @ParameterizedTest
    @CsvSource({"/, Jobs", "/jobs/payments/orders, payments/orders", "/environment, Environment"})
    void noTextOfTheViewRunsAsAScript(String path, String title) {
        try (StatusServer server = Visitor.serve(Payloads.everywhere(ALL))) {
            String dom = chromium.dom(new Visitor(server.port()).address(path));

            assertTrue(dom.contains("<title>" + title + " · "), dom);
            assertFalse(dom.contains("<title>pwned"), dom);
            assertFalse(dom.contains("<script"), dom);
            assertTrue(dom.contains("&lt;script&gt;document.title='pwned'&lt;/script&gt;"), dom);
        }
    }

    /** Shows that the test above can fail: the same texts do run where nobody escapes them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theSameTextsRunOnAPageThatDoesNotEscapeThem(int number) throws IOException {
        HttpServer careless = careless("<title>fine</title><p>" + Payloads.CORPUS.get(number));
        try {
            String dom = chromium.dom(
                    URI.create("http://127.0.0.1:" + careless.getAddress().getPort() + "/"));

            assertTrue(dom.contains("<title>pwned"), dom);
        } finally {
            careless.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, fleet, 1280, 900",
        "/jobs/payments/orders, job, 1280, 1500",
        "/, phone, 500, 1200"
    })
    void thePageIsPaintedInOurColours(String path, String name, int width, int height)
            throws IOException {
        try (StatusServer server = Visitor.serve(SampleView.prod())) {
            URI address = new Visitor(server.port()).address(path);

            Path file = chromium.picture(address, name + ".png", width, height);

            BufferedImage picture = ImageIO.read(file.toFile());
            assertEquals(width, picture.getWidth());
            assertEquals(height, picture.getHeight());
            Set<Integer> colours = colours(picture);
            assertTrue(colours.contains(0xfff6f7f8), "the ground colour of the stylesheet");
            assertTrue(colours.size() > 50, "only " + colours.size() + " colours");
        }
    }

    private static Set<Integer> colours(BufferedImage picture) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                colours.add(picture.getRGB(x, y));
            }
        }
        return colours;
    }

    private static HttpServer careless(String page) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
