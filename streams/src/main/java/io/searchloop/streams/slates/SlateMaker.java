package io.searchloop.streams.slates;

import io.searchloop.policy.rewrite.GroupKey;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.schemas.HeadSlate;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SlateCandidate;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.PolicySessionException;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.metrics.ServingMetrics;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples the slate of one query with the policy that is promoted, and hands it to all workers.
 * What it has written and not read back yet is not written again. One thread.
 */
public final class SlateMaker {
  private static final Logger log = LoggerFactory.getLogger(SlateMaker.class);

  private final PolicySlot active;
  private final LongSupplier epoch;
  private final PromptSource prompts;
  private final RewriteSampler sampler;
  private final int size;
  private final SlateStore store;
  private final SlateLog slates;
  private final String worker;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ServingMetrics metrics;
  private final Set<Digest> written = ConcurrentHashMap.newKeySet();
  private @Nullable Generation current;

  /**
   * @param active slot of the promoted version
   * @param epoch epoch of the catalogue that is searched
   * @param prompts what the policy is asked for a query and a locale
   * @param size rollouts in a slate
   * @param worker name to write slates under
   * @param random draws the rollouts
   */
  public SlateMaker(
      PolicySlot active,
      LongSupplier epoch,
      PromptSource prompts,
      RewriteSampler sampler,
      int size,
      SlateStore store,
      SlateLog slates,
      String worker,
      InstantSource clock,
      RandomGenerator random,
      ServingMetrics metrics) {
    this.active = active;
    this.epoch = epoch;
    this.prompts = prompts;
    this.sampler = sampler;
    this.size = size;
    this.store = store;
    this.slates = slates;
    this.worker = worker;
    this.clock = clock;
    this.random = random;
    this.metrics = metrics;
  }

  /** Settings of a sampler that the log-probabilities of its rollouts depend on. */
  public static String fingerprint(RewriteSampler sampler) {
    return "temperature=" + sampler.settings().temperature();
  }

  /** Generation that would be filled now; empty while no policy serves. */
  Optional<Generation> generation() {
    return active.identity().map(identity -> Generation.of(identity, epoch.getAsLong()));
  }

  /**
   * Fills the slate of a query unless it is there, or on its way.
   *
   * @param context a query and its locale, nothing of a shopper
   */
  public void fill(QueryContext context) {
    Optional<PolicyLease> held = active.acquire();
    if (held.isEmpty()) {
      return;
    }
    try (PolicyLease lease = held.get()) {
      fill(lease, epoch.getAsLong(), context);
    } catch (PolicySessionException | ArithmeticException e) {
      metrics.slate("session_error", 1);
      log.warn("Slate not filled: reason={}", e.getMessage());
    }
  }

  /** Writes some of the tombstones that are due. */
  void retire(int limit) {
    store.takeRetired(limit).forEach(slates::retire);
  }

  private void fill(PolicyLease lease, long catalogueEpoch, QueryContext context) {
    PolicyIdentity identity = lease.identity();
    Generation generation = Generation.of(identity, catalogueEpoch);
    if (!generation.equals(current)) {
      store.searches(catalogueEpoch);
      written.clear();
      current = generation;
    }
    int[] prompt = prompts.of(lease.policy().format(), context);
    String groupKey = GroupKey.of(context, prompt, catalogueEpoch, identity.lineage());
    Digest digest = Digest.of(groupKey, fingerprint(sampler));
    if (store.settled(identity, catalogueEpoch, groupKey) || !written.add(digest)) {
      return;
    }
    List<Rollout> rollouts =
        sampler.sample(lease.policy(), prompt, size, random, Deadline.NONE).orElseThrow();
    Slate slate = Slate.of(identity, groupKey, rollouts);
    rollouts.forEach(rollout -> metrics.sampled(rollout.valid()));
    metrics.slate("filled", 1);
    slates.append(
        new SlateKey(generation, digest, Slate.hashOf(slate.slateId())),
        record(generation, context, groupKey, slate),
        () -> written.remove(digest));
  }

  private HeadSlate record(
      Generation generation, QueryContext context, String groupKey, Slate slate) {
    return HeadSlate.newBuilder()
        .setPolicyVersion(generation.version())
        .setLineage(generation.lineage())
        .setCatalogueEpoch(generation.epoch())
        .setQuery(context.query())
        .setLocale(context.locale())
        .setGroupKey(groupKey)
        .setSampler(fingerprint(sampler))
        .setSlateId(slate.slateId())
        .setCandidates(slate.rollouts().stream().map(SlateMaker::candidate).toList())
        .setFilledAt(clock.instant())
        .setFilledBy(worker)
        .build();
  }

  private static SlateCandidate candidate(Rollout rollout) {
    return SlateCandidate.newBuilder()
        .setTokenIds(Packed.ints(rollout.tokens()))
        .setLogProbs(Packed.floats(rollout.logProbs()))
        .build();
  }
}
