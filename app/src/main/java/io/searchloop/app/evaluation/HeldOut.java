package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.policy.release.PolicyDirectory;
import java.util.Map;

/**
 * Keeps what evaluates apart from what trains: sides of a split are drawn by its seed, so that a
 * policy of another split has seen most test queries of this one.
 */
public final class HeldOut {
  /** Key of a policy's provenance: name of the dataset that it was trained on. */
  public static final String DATASET = "dataset";

  /** Key of a policy's provenance: seed of the split that it was trained on. */
  public static final String SPLIT = "split";

  private HeldOut() {}

  /**
   * Refuses a policy that was trained on another split of a dataset. One that does not say on which
   * is let through: earlier versions did not.
   *
   * @throws IllegalArgumentException naming both splits
   */
  static void require(PolicyDirectory policy, Dataset dataset) {
    Map<String, String> made = policy.manifest().provenance().config();
    String trained = made.get(SPLIT);
    String judged = Long.toString(dataset.split().seed());
    if (trained != null && dataset.name().equals(made.get(DATASET)) && !trained.equals(judged)) {
      throw new IllegalArgumentException(
          "%s was trained on split %s of %s, found split %s: it has learned from test queries. Judge it under --split-seed %s, or train one for this split."
              .formatted(policy.path(), trained, dataset.name(), judged, trained));
    }
  }
}
