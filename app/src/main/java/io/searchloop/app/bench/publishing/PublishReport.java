package io.searchloop.app.bench.publishing;

import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.Spread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a release takes to serve, what deltas save, and what a long log costs a start.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param plan what was asked for
 * @param served releases from artifact to serving session, whole and as deltas
 * @param deltas bytes of training releases, by learning rate
 * @param starts starts of a worker behind few and many releases
 */
public record PublishReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    PublishPlan plan,
    List<Served> served,
    List<Deltas> deltas,
    List<Start> starts)
    implements BenchReport {

  /**
   * Releases of one kind; seconds, except for bytes.
   *
   * @param kind keyframe or delta
   * @param artifactBytes what workers end up with
   * @param carriedBytes what is cut into pieces
   * @param diskBytes what the chunk topic grew by: compressed, as it is sent
   * @param pack deciding and encoding
   * @param produce the transaction
   * @param fetch reading the pieces
   * @param verify signature, delta, hash
   * @param open opening the session
   * @param test the self-test, which warms
   * @param total from the artifact to serving, promotion included
   */
  public record Served(
      String kind,
      long artifactBytes,
      Spread carriedBytes,
      Spread diskBytes,
      Spread pack,
      Spread produce,
      Spread fetch,
      Spread verify,
      Spread open,
      Spread test,
      Spread total) {}

  /**
   * Releases of one training run.
   *
   * @param size network by parameters
   * @param learningRate of its updates
   * @param updates between two releases
   * @param artifactBytes of a keyframe
   * @param weights bfloat16 weights; two bytes each are the least a keyframe can be
   * @param changed share of weights that changed from release to release
   * @param deltaBytes of a delta
   * @param each bytes of each delta, in order
   */
  public record Deltas(
      String size,
      double learningRate,
      int updates,
      long artifactBytes,
      long weights,
      Spread changed,
      Spread deltaBytes,
      List<Integer> each) {
    public Deltas {
      each = List.copyOf(each);
    }

    /** Bytes of a delta as a share of the weights' two bytes each. */
    public double ofWeights() {
      return deltaBytes.median() / (weights * (double) Short.BYTES);
    }

    /** Bytes of a delta as a share of a keyframe. */
    public double ofKeyframe() {
      return deltaBytes.median() / artifactBytes;
    }
  }

  /**
   * A worker's start.
   *
   * @param releases in the log
   * @param seconds until it serves
   * @param besidesLoading of these, what was not spent on the release that serves
   */
  public record Start(int releases, double seconds, double besidesLoading) {}

  public PublishReport {
    served = List.copyOf(served);
    deltas = List.copyOf(deltas);
    starts = List.copyOf(starts);
  }

  /** The answer in a few sentences. */
  @Override
  public List<String> conclusions() {
    List<String> lines = new ArrayList<>();
    for (Served each : served) {
      lines.add(
          text(
              "%s of %.1f MB (%.2f MB carried, %.2f MB on disk): served %.2f s after its export"
                  + " (%.2f-%.2f): pack %.2f, produce %.2f, fetch %.2f, verify %.2f, open %.2f, test %.2f.",
              each.kind(),
              each.artifactBytes() / 1e6,
              each.carriedBytes().median() / 1e6,
              each.diskBytes().median() / 1e6,
              each.total().median(),
              each.total().min(),
              each.total().max(),
              each.pack().median(),
              each.produce().median(),
              each.fetch().median(),
              each.verify().median(),
              each.open().median(),
              each.test().median()));
    }
    for (Deltas each : deltas) {
      lines.add(
          text(
              "%s at learning rate %s, %d updates a release, %d releases: %.2f %% of weights change,"
                  + " a delta is %,.0f bytes (%,.0f-%,.0f): %.2f %% of two bytes a weight, %.2f %% of"
                  + " the keyframe.",
              each.size(),
              each.learningRate(),
              each.updates(),
              each.each().size(),
              100 * each.changed().median(),
              each.deltaBytes().median(),
              each.deltaBytes().min(),
              each.deltaBytes().max(),
              100 * each.ofWeights(),
              100 * each.ofKeyframe()));
    }
    for (Start each : starts) {
      lines.add(
          text(
              "Start behind %,d releases: %.2f s, of these %.2f s besides the release itself.",
              each.releases(), each.seconds(), each.besidesLoading()));
    }
    return lines;
  }

  private static String text(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }
}
