package io.searchloop.trainer;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.export.ReducedGraph;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.warmstart.WarmStart;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weights to what workers get, with their origin written into the graph, so that a file somebody
 * finds says where it comes from. Nothing in it depends on time or on offsets of the release log: a
 * trainer that repeats itself after a crash makes the same bytes.
 *
 * @param warmStart its tokenizer and dimensions are those of every release
 * @param precision weights of the graph
 */
record ArtifactExporter(WarmStart warmStart, GraphPrecision precision) {

  /**
   * The artifact of a network.
   *
   * @param line what it was trained from
   * @param step its own step
   * @param checkpoint hash of what it is exported from
   * @param provenance settings, build and minibatches behind it
   */
  byte[] export(
      PolicyNetwork network,
      TrainingLine line,
      long step,
      String checkpoint,
      PolicyProvenance provenance) {
    Map<String, String> metadata = new TreeMap<>();
    provenance.config().forEach((key, value) -> metadata.put("training." + key, value));
    metadata.put("release.origin", provenance.origin());
    metadata.put("release.step", Long.toString(step));
    metadata.put("release.lineage", Long.toString(line.lineage()));
    metadata.put("release.checkpoint", checkpoint);
    metadata.put("release.from-minibatch", Long.toString(provenance.fromMinibatch()));
    metadata.put("release.to-minibatch", Long.toString(provenance.toMinibatch()));
    metadata.put("build", provenance.codeVersion());
    byte[] onnx = ReducedGraph.of(OnnxExporter.export(network, metadata), precision);
    return new PolicyArtifact(warmStart.spec(), warmStart.tokenizer(), onnx).toBytes();
  }
}
