#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# kubernetes-taskmanager.sh [-Dkey=value...]: what the JobManager wrote into the pod of a TaskManager.
. "$(dirname "$0")/process.sh"
mapfile -t memory < <(resources GET_TM_RESOURCE_PARAMS "$@")
[ "${#memory[@]}" -ge 1 ] || exit 1
# shellcheck disable=SC2086  # a list of options
exec java -XX:TieredStopAtLevel=1 ${memory[0]} "${opens[@]}" "${logging[@]}" -cp "$classes" \
    org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner --configDir "$conf" "$@"
