package io.searchloop.app.bench.freshness;

import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.LearningMetrics;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was seen of clicks on their way, by the ids that provenance links them with:
 *
 * <pre>
 *   click --query_id--> base tuple --rollout_id--> minibatch --offset--> learning curve
 *         release [from, to) of minibatches --version--> promotion --version--> first decision
 * </pre>
 *
 * <p>Filled by one thread; read when that has ended.
 */
final class FreshnessTrail {
  private final Duration window;
  private final Duration lateness;
  private final List<Click> clicks = new ArrayList<>();
  private final Map<String, Tuple> tuples = new HashMap<>();
  private final Map<String, Instant> rewardedAt = new HashMap<>();
  private final Map<String, Long> minibatchOf = new HashMap<>();
  private final Map<Long, Packing> minibatches = new HashMap<>();
  private final Map<Long, Instant> learned = new HashMap<>();
  private final TreeMap<Long, Release> releases = new TreeMap<>();
  private final TreeMap<Long, Instant> promotions = new TreeMap<>();
  private final TreeMap<Long, Instant> firstDecisions = new TreeMap<>();

  /**
   * @param window W1
   * @param lateness by which event time runs behind
   */
  FreshnessTrail(Duration window, Duration lateness) {
    this.window = window;
    this.lateness = lateness;
  }

  /** Takes note of everything that becomes visible. */
  void follow(VisibleRecords records) {
    records
        .on(Topics.EVENTS, this::event)
        .on(Topics.REWARDS, this::tuple)
        .on(Topics.MINIBATCHES, this::minibatch)
        .on(Topics.METRICS, this::lesson)
        .on(Topics.POLICY_RELEASES, this::release)
        .on(Topics.POLICY_CONTROL, this::promotion)
        .on(Topics.DECISIONS, this::decision);
  }

  private void event(VisibleRecords.Sighting<SearchEvent> seen) {
    SearchEvent event = seen.value();
    if (event.getActionName().equals("click")) {
      clicks.add(new Click(event.getQueryId(), event.getTimestamp(), seen.seenAt()));
    }
  }

  private void tuple(VisibleRecords.Sighting<RewardTuple> seen) {
    RewardTuple tuple = seen.value();
    if (tuple.getSequence() == 0 && tuple.getTrainable()) {
      rewardedAt.put(tuple.getRolloutId(), seen.seenAt());
      tuples.put(
          tuple.getQueryId(),
          new Tuple(
              tuple.getRolloutId(),
              tuple.getImpressionTime(),
              tuple.getOutcomeTime(),
              seen.seenAt()));
    }
  }

  private void minibatch(VisibleRecords.Sighting<Minibatch> seen) {
    Minibatch minibatch = seen.value();
    if (minibatch.getKind() != MinibatchKind.GROUPS) {
      return;
    }
    Instant last = Instant.MIN;
    for (RolloutGroup group : minibatch.getGroups()) {
      for (GroupMember member : group.getMembers()) {
        minibatchOf.putIfAbsent(member.getRolloutId(), seen.offset());
        Instant at = rewardedAt.getOrDefault(member.getRolloutId(), Instant.MIN);
        last = at.isAfter(last) ? at : last;
      }
    }
    minibatches.put(seen.offset(), new Packing(last, seen.seenAt()));
  }

  private void lesson(VisibleRecords.Sighting<LearningMetrics> seen) {
    LearningMetrics lesson = seen.value();
    boolean refused =
        lesson.getValues().keySet().stream().anyMatch(name -> name.startsWith("refused."));
    if (!refused) {
      learned.putIfAbsent(lesson.getMinibatch(), lesson.getTimestamp());
    }
  }

  private void release(VisibleRecords.Sighting<PolicyRelease> seen) {
    if (seen.value().getStatus() == ReleaseStatus.RELEASED) {
      releases.put(
          seen.offset(),
          new Release(
              ReleaseManifest.fromJson(Packed.bytes(seen.value().getManifest())), seen.seenAt()));
    }
  }

  private void promotion(VisibleRecords.Sighting<PolicyControl> seen) {
    if (seen.value().getAction() == ControlAction.PROMOTE) {
      promotions.putIfAbsent(seen.value().getPolicyVersion(), seen.seenAt());
    }
  }

  private void decision(VisibleRecords.Sighting<Decision> seen) {
    Decision decision = seen.value();
    if (decision.getArm().equals("policy")) {
      firstDecisions.merge(
          decision.getPolicyVersion(),
          decision.getTimestamp(),
          (one, other) -> one.isBefore(other) ? one : other);
    }
  }

  /** Clicks seen, whatever became of them. */
  int clicks() {
    return clicks.size();
  }

  /** Releases seen. */
  int releases() {
    return releases.size();
  }

  /** Clicks that were rewarded in a base tuple of the policy arm. */
  long rewarded() {
    return clicks.stream().filter(click -> rewardedBy(click).isPresent()).count();
  }

  /** The way of every click that a decision was seen for. */
  List<FreshnessJourney> journeys() {
    return clicks.stream().flatMap(click -> journey(click).stream()).toList();
  }

  /** The tuple of its search, when the click came early enough to be in it. */
  private Optional<Tuple> rewardedBy(Click click) {
    return Optional.ofNullable(tuples.get(click.queryId()))
        .filter(tuple -> !click.at().isAfter(tuple.outcomeTime()));
  }

  private Optional<FreshnessJourney> journey(Click click) {
    Optional<Tuple> tuple = rewardedBy(click);
    Long offset = tuple.map(found -> minibatchOf.get(found.rolloutId())).orElse(null);
    if (offset == null || !learned.containsKey(offset)) {
      return Optional.empty();
    }
    Optional<Map.Entry<Long, Release>> release =
        releases.entrySet().stream()
            .filter(entry -> entry.getValue().accountsFor(offset))
            .findFirst();
    if (release.isEmpty()) {
      return Optional.empty();
    }
    long version = release.get().getKey();
    // A release may be passed over for a later one, which has learned the same and more.
    Map.Entry<Long, Instant> promotion = promotions.ceilingEntry(version);
    Map.Entry<Long, Instant> decision = firstDecisions.ceilingEntry(version);
    if (promotion == null || decision == null) {
      return Optional.empty();
    }
    Packing packing = Objects.requireNonNull(minibatches.get(offset));
    Release of = release.get().getValue();
    return Optional.of(
        FreshnessJourney.through(
            click.at(),
            click.seenAt(),
            tuple.get().impression().plus(window).plus(lateness),
            tuple.get().seenAt(),
            packing.lastTuple(),
            packing.seenAt(),
            Objects.requireNonNull(learned.get(offset)),
            of.lastLearned(learned),
            Instant.ofEpochMilli(of.manifest().provenance().createdAtMs()),
            of.seenAt(),
            promotion.getValue(),
            decision.getValue()));
  }

  private record Click(String queryId, Instant at, Instant seenAt) {}

  private record Tuple(String rolloutId, Instant impression, Instant outcomeTime, Instant seenAt) {}

  private record Packing(Instant lastTuple, Instant seenAt) {}

  private record Release(ReleaseManifest manifest, Instant seenAt) {
    boolean accountsFor(long minibatch) {
      return manifest.provenance().fromMinibatch() <= minibatch
          && minibatch < manifest.provenance().toMinibatch();
    }

    /** When the last of its minibatches was learned. */
    Instant lastLearned(Map<Long, Instant> learned) {
      return learned.entrySet().stream()
          .filter(entry -> accountsFor(entry.getKey()))
          .map(Map.Entry::getValue)
          .max(Instant::compareTo)
          .orElse(Instant.MIN);
    }
  }
}
