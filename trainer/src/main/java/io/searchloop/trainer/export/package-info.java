/**
 * The policy as workers run it: one ONNX graph with the weights inside, proven equal to the network
 * that was trained.
 *
 * <pre>
 *   PolicyNetwork -> OnnxExporter (OnnxGraph) -> bytes -> ExportParity against libtorch -> release
 *                                                    '-> ReducedGraph (bf16, fp16, int8) -> PrecisionLoss -> release
 *   artifact -> WeightSpans (where a delta finds the weights)
 *   release -> ReleasedWeights -> PolicyNetwork (a checkpoint was lost)
 * </pre>
 *
 * <p>Enter at {@link io.searchloop.trainer.export.OnnxExporter}, whose Javadoc is the contract with
 * the workers. The graph is built by hand from standard operators: there is no tracer in Java, and
 * a graph written down is one that can be read. Thread owner: the trainer thread.
 */
@NullMarked
package io.searchloop.trainer.export;

import org.jspecify.annotations.NullMarked;
