package io.searchloop.trainer;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.publish.ReleaseEntry;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which checkpoints are worth their disk: what training continues from, what is served, the warm
 * start, the newest releases, the last promoted ones, and whatever an operator once rolled back to.
 * A rollback to any other version is still possible, from its chunks and with a fresh optimiser.
 *
 * @param newest how many of the newest releases, and of the last promoted ones
 */
record CheckpointRetention(int newest) {

  /** Hashes of the checkpoints to keep. */
  Set<String> keep(PolicyHistory history, TrainingLine line) {
    Set<String> keep = new HashSet<>();
    keep.add(line.checkpoint());
    Stream.of(
            history.first().stream(),
            history.released(history.head().activeVersion()).stream(),
            last(history.releases().stream().filter(ReleaseEntry::released).toList()),
            last(decided(history, ControlEntry.Action.PROMOTE)),
            decided(history, ControlEntry.Action.ROLLBACK).stream())
        .flatMap(entries -> entries)
        .forEach(entry -> keep.add(entry.manifest().checkpoint()));
    return keep;
  }

  private Stream<ReleaseEntry> last(List<ReleaseEntry> entries) {
    return entries.stream()
        .sorted(Comparator.comparingLong(ReleaseEntry::version).reversed())
        .limit(newest);
  }

  private static List<ReleaseEntry> decided(PolicyHistory history, ControlEntry.Action action) {
    return history.controls().stream()
        .filter(control -> control.action() == action)
        .flatMap(control -> history.released(control.policyVersion()).stream())
        .distinct()
        .toList();
  }
}
