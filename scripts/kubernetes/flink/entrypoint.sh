#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs what Flink's native mode wrote into the pod.
exec "$@"
