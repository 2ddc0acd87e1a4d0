// SPDX-License-Identifier: Apache-2.0
package dev.sluice.worker;

import java.io.File;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;

/** The cluster that this process was started for; its folder of configuration is its environment. */
final class Hadoop {
    private static final String[] FILES = {"core-site.xml", "hdfs-site.xml", "yarn-site.xml"};

    private Hadoop() {}

    static YarnConfiguration configuration() {
        File folder = new File(System.getenv("HADOOP_CONF_DIR"));
        YarnConfiguration configuration = new YarnConfiguration();
        for (String name : FILES) {
            File file = new File(folder, name);
            if (file.isFile()) {
                configuration.addResource(new Path(file.toURI()));
            }
        }
        return configuration;
    }
}
