/**
 * The contract between trainer and workers: what both must compute alike. Knows no Kafka, Flink,
 * ONNX Runtime or libtorch.
 */
@NullMarked
package io.searchloop.policy;

import org.jspecify.annotations.NullMarked;
