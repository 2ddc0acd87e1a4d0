# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Read by the two scripts beside it.
conf=${FLINK_CONF_DIR:-/opt/flink/conf}
export FLINK_CONF_DIR=$conf FLINK_LIB_DIR=/opt/flink/lib FLINK_PLUGINS_DIR=/opt/flink/plugins
classes='/opt/flink/lib/*'
read -r -a opens < /opt/flink/bin/opens
logging=("-Dlog4j.configurationFile=file:$conf/log4j-console.properties" -Dlog.file=/opt/flink/log/flink.log)

# resources GET_JM_RESOURCE_PARAMS|GET_TM_RESOURCE_PARAMS ARGUMENT...: memory, as Flink computes it.
resources() {
    java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "${opens[@]}" -cp "$classes" \
        org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$conf" "${@:2}" |
        sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p'
}
