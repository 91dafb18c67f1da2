package io.searchloop.trainer.offline;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.trainer.network.NetworkConfig;
import java.util.Map;

/** Judges a policy by something other than its reward, on queries it does not learn from. */
@FunctionalInterface
public interface Validation {
  /** Judges nothing. */
  Validation NONE = (policy, network) -> Map.of();

  /** Figures by name. */
  Map<String, Double> judge(PolicyArtifact policy, NetworkConfig network);
}
