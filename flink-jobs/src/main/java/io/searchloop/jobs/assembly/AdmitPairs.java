package io.searchloop.jobs.assembly;

import io.searchloop.learning.preference.PairAdmission;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RewardTuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Watches what each rewrite of a query earns and emits a pair when one has become credibly better
 * than another. The two then start again from nothing, so that no impression argues twice.
 *
 * <p>Rewards of the short window only: corrections do not move a pair. Keyed by group key; one task
 * thread. A rewrite is forgotten within an hour after its last impression's long window.
 */
@SuppressWarnings("NullAway.Init") // Flink opens the function before the first record
final class AdmitPairs extends KeyedProcessFunction<String, RewardTuple, TrainingItem> {
  private static final long serialVersionUID = 1L;
  private static final long CLEANING_INTERVAL_MS = Duration.ofHours(1).toMillis();

  private final AssemblyConfig config;
  private final Duration retention;
  private transient PairAdmission admission;
  private transient MapState<String, RewriteArm> arms;
  private transient Counter admitted;

  /** A rewrite found to differ, and how. */
  private record Match(String key, RewriteArm arm, PairAdmission.Preference preference) {}

  AdmitPairs(AssemblyConfig config, Duration retention) {
    this.config = config;
    this.retention = retention;
  }

  @Override
  public void open(OpenContext context) {
    admission = config.pairAdmission();
    arms =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "rewrites", Types.STRING, TypeInformation.of(RewriteArm.class)));
    admitted = getRuntimeContext().getMetricGroup().counter("pairs_admitted");
  }

  @Override
  public void processElement(RewardTuple tuple, Context context, Collector<TrainingItem> items)
      throws Exception {
    if (!tuple.getTrainable() || tuple.getSequence() != 0) {
      return;
    }
    String key = HexFormat.of().formatHex(Packed.bytes(tuple.getTokenIds()));
    RewriteArm known = arms.get(key);
    RewriteArm arm = known == null ? RewriteArm.first(tuple) : known.plus(tuple);
    Optional<Match> match = bestMatch(key, arm);
    if (match.isPresent()) {
      Match other = match.get();
      items.collect(TrainingItem.pair(tuple.getLineage(), pair(tuple, arm, other)));
      admitted.inc();
      arms.put(other.key(), other.arm().restarted());
      arm = arm.restarted();
    }
    arms.put(key, arm);
    context.timerService().registerEventTimeTimer(cleaningAfter(arm.lastImpression()));
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TrainingItem> items)
      throws Exception {
    List<String> expired = new ArrayList<>();
    for (Map.Entry<String, RewriteArm> entry : arms.entries()) {
      if (cleaningAfter(entry.getValue().lastImpression()) <= time) {
        expired.add(entry.getKey());
      }
    }
    for (String key : expired) {
      arms.remove(key);
    }
  }

  /** The rewrite whose order against this one is most certain; ties by key, to be reproducible. */
  private Optional<Match> bestMatch(String key, RewriteArm arm) throws Exception {
    Match best = null;
    for (Map.Entry<String, RewriteArm> entry : arms.entries()) {
      if (entry.getKey().equals(key)) {
        continue;
      }
      Optional<PairAdmission.Preference> preference =
          admission.judge(arm.statistics(), entry.getValue().statistics());
      if (preference.isPresent()) {
        Match match = new Match(entry.getKey(), entry.getValue(), preference.get());
        best = best == null || clearer(match, best) ? match : best;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean clearer(Match a, Match b) {
    int order = Double.compare(a.preference().flipProbability(), b.preference().flipProbability());
    return order < 0 || (order == 0 && a.key().compareTo(b.key()) < 0);
  }

  private static PreferencePair pair(RewardTuple tuple, RewriteArm arm, Match other) {
    PairAdmission.Preference preference = other.preference();
    RewriteArm preferred = preference.firstPreferred() ? arm : other.arm();
    RewriteArm rejected = preference.firstPreferred() ? other.arm() : arm;
    return PreferencePair.newBuilder()
        .setPairId(
            "pair/" + preferred.latest().getRolloutId() + "/" + rejected.latest().getRolloutId())
        .setGroupKey(tuple.getGroupKey())
        .setQuery(tuple.getQuery())
        .setPromptTokens(tuple.getPromptTokens())
        .setPreferred(preferred.representative())
        .setRejected(rejected.representative())
        .setMargin(preference.margin())
        .setFlipProbability(preference.flipProbability())
        .setPreferredImpressions(preferred.statistics().count())
        .setRejectedImpressions(rejected.statistics().count())
        .build();
  }

  /** Cleaning runs on the hour, so that a busy query has few timers. */
  private long cleaningAfter(long lastImpression) {
    long expiry = lastImpression + retention.toMillis();
    return (Math.floorDiv(expiry, CLEANING_INTERVAL_MS) + 1) * CLEANING_INTERVAL_MS;
  }
}
