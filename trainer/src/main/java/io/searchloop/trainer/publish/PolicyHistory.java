package io.searchloop.trainer.publish;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What has been released, refused and decided so far. Immutable.
 *
 * @param releases release log in offset order
 * @param controls control log in offset order
 * @param head what the control log adds up to
 */
public record PolicyHistory(
    List<ReleaseEntry> releases, List<ControlEntry> controls, PolicyHead head) {
  /** Before the first release. */
  public static final PolicyHistory EMPTY = of(List.of(), List.of());

  public PolicyHistory {
    releases = List.copyOf(releases);
    controls = List.copyOf(controls);
  }

  /** The history of two logs. */
  public static PolicyHistory of(List<ReleaseEntry> releases, List<ControlEntry> controls) {
    Map<Long, Long> lineages = new HashMap<>();
    releases.stream()
        .filter(ReleaseEntry::released)
        .forEach(entry -> lineages.put(entry.version(), entry.manifest().lineage()));
    return new PolicyHistory(
        releases,
        controls,
        ControlLog.fold(
                controls,
                version -> {
                  Long lineage = lineages.get(version);
                  return lineage == null ? OptionalLong.empty() : OptionalLong.of(lineage);
                })
            .head());
  }

  /** The first release, whose weights are the anchor of all training. */
  public Optional<ReleaseEntry> first() {
    return releases.stream().filter(ReleaseEntry::released).findFirst();
  }

  /** The newest record, release or refusal. */
  public Optional<ReleaseEntry> newest() {
    return releases.isEmpty() ? Optional.empty() : Optional.of(releases.get(releases.size() - 1));
  }

  /** The newest release of the current lineage, else the one its rollback went back to. */
  public Optional<ReleaseEntry> base() {
    Optional<ReleaseEntry> ofLineage =
        releases.stream()
            .filter(entry -> entry.released() && entry.manifest().lineage() == head.lineage())
            .reduce((earlier, later) -> later);
    return ofLineage.or(this::rollbackTarget);
  }

  private Optional<ReleaseEntry> rollbackTarget() {
    return controls.stream()
        .filter(entry -> entry.offset() == head.lineage())
        .findFirst()
        .flatMap(entry -> released(entry.policyVersion()));
  }

  /** A release by its version; empty when there is none, or it is a refusal. */
  public Optional<ReleaseEntry> released(long version) {
    return releases.stream()
        .filter(entry -> entry.version() == version && entry.released())
        .findFirst();
  }
}
