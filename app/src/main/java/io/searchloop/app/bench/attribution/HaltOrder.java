package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.traffic.TrafficShape;

/**
 * First and only line that a process to be killed reads.
 *
 * @param setup where Flink is and how it works
 * @param traffic what it will read, for the windows
 */
record HaltOrder(FlinkSetup setup, TrafficShape traffic) {}
