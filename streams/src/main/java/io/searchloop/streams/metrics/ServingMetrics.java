package io.searchloop.streams.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.searchloop.streams.activation.ActivationListener;
import io.searchloop.streams.activation.LoadTimes;
import io.searchloop.streams.activation.PolicyIdentity;
import io.searchloop.streams.activation.PolicyState;
import io.searchloop.streams.feed.FeedListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Counters, gauges and latencies of one worker, in a registry of its own. */
public final class ServingMetrics implements ActivationListener, FeedListener {
  /** Content type of {@link #text}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final int SERVER_ERROR = 500;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      counter("searchloop_requests_total", "Answers given", "endpoint", "status");
  private final Histogram seconds =
      Histogram.builder()
          .name("searchloop_request_seconds")
          .help("Time from arrival to answer")
          .labelNames("endpoint")
          .classicUpperBounds(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5)
          .register(registry);
  private final Counter decisions = counter("searchloop_decisions_total", "Decisions made", "arm");
  private final Counter fallbacks =
      counter("searchloop_fallbacks_total", "Queries answered unrewritten instead", "reason");
  private final Counter rollouts =
      counter("searchloop_rollouts_total", "Candidates sampled", "valid");
  private final Counter multileaved =
      counter("searchloop_multileaved_total", "Pages merged, or why one list was shown", "outcome");
  private final Counter slates =
      counter("searchloop_slates_total", "What became of slates of head queries", "outcome");
  private final Gauge slatesHeld = gauge("searchloop_slates_held", "Slates in memory");
  private final Gauge slateBytes = gauge("searchloop_slate_bytes", "Bytes of their content");
  private final Counter engineOnly =
      counter("searchloop_engine_only_total", "Tail queries sampled for the engine", "outcome");
  private final Counter signals =
      counter("searchloop_signals_total", "Records acknowledged by Kafka", "topic");
  private final Counter signalsLost =
      counter(
          "searchloop_signal_lost_total", "Records that never reached Kafka", "topic", "reason");
  private final Counter events =
      counter("searchloop_events_total", "Storefront events received", "outcome");
  private final Counter skipped =
      counter("searchloop_records_skipped_total", "Records no feed could use", "topic", "reason");
  private final Counter activations =
      counter("searchloop_policy_activations_total", "Releases put to work", "slot");
  private final Counter rejections =
      counter(
          "searchloop_policy_rejections_total", "Releases refused by this worker", "slot", "fault");
  private final Histogram loadSeconds =
      Histogram.builder()
          .name("searchloop_policy_load_seconds")
          .help("Time from wanting a release to having it ready, by phase")
          .labelNames("phase")
          .classicUpperBounds(.01, .03, .1, .3, 1, 3, 10, 30)
          .register(registry);
  private final Counter retirements =
      counter("searchloop_policy_retirements_total", "Sessions closed", "slot");
  private final Gauge version =
      gauge("searchloop_policy_version", "Offset of the serving release", "slot");
  private final Gauge step = gauge("searchloop_policy_step", "Trainer step of it", "slot");
  private final Gauge lineage = gauge("searchloop_policy_lineage", "Lineage it serves in", "slot");
  private final Counter ruled =
      counter("searchloop_rules_applied_total", "What the shop's rules decided", "rule", "on");
  private final Counter ruleFiles =
      counter("searchloop_rules_read_total", "Times that the file of rules was read", "outcome");
  private final Gauge rules = gauge("searchloop_rules", "Rules that apply");
  private final Gauge rulesStale =
      gauge("searchloop_rules_stale", "1 while the file is not what applies");
  private final Gauge epoch = gauge("searchloop_catalogue_epoch", "Catalogue epoch searched");
  private final Gauge products = gauge("searchloop_catalogue_products", "Products in it");

  /** Shows how long Kafka has been silent, asked whenever metrics are read. Call once. */
  public void kafkaSilence(Supplier<Duration> silence) {
    GaugeWithCallback.builder()
        .name("searchloop_kafka_silent_seconds")
        .help("Time since Kafka last answered a feed; a fraction of a second while it is there")
        .callback(gauge -> gauge.call(silence.get().toMillis() / MILLIS_PER_SECOND))
        .register(registry);
  }

  /** An answer was given. */
  public void answered(String endpoint, int status, Duration took) {
    requests.labelValues(endpoint, Integer.toString(status)).inc();
    seconds.labelValues(endpoint).observe(took.toNanos() / NANOS_PER_SECOND);
  }

  /** A decision was handed over to be logged. */
  public void decided(String arm) {
    decisions.labelValues(arm).inc();
  }

  /** A query is answered without a rewrite, although its arm would have rewritten it. */
  public void fellBack(String reason) {
    fallbacks.labelValues(reason).inc();
  }

  /** A candidate was sampled. */
  public void sampled(boolean valid) {
    rollouts.labelValues(Boolean.toString(valid)).inc();
  }

  /** A page was merged, or a single list was shown instead for a reason. */
  public void multileaved(String outcome) {
    multileaved.labelValues(outcome).inc();
  }

  /** Slates were filled, stored, drawn from or missed, dropped for a reason, or forgotten. */
  public void slate(String outcome, long count) {
    slates.labelValues(outcome).inc(count);
  }

  /** So many slates are in memory now. */
  public void slatesHeld(long count, long sizeBytes) {
    slatesHeld.set((double) count);
    slateBytes.set((double) sizeBytes);
  }

  /** A tail query was sampled for the engine to judge, or dropped for a reason. */
  public void engineOnly(String outcome) {
    engineOnly.labelValues(outcome).inc();
  }

  /** A record is safe in Kafka. */
  public void signalSent(String topic) {
    signals.labelValues(topic).inc();
  }

  /** A record will never reach Kafka. */
  public void signalLost(String topic, String reason) {
    signalsLost.labelValues(topic, reason).inc();
  }

  /** A storefront event was accepted, or refused for a reason. */
  public void event(String outcome) {
    events.labelValues(outcome).inc();
  }

  /**
   * A rule of the shop decided.
   *
   * @param rule kind of the rule
   * @param on what: query, rollout, correction or suggestion
   */
  public void ruled(String rule, String on) {
    ruled.labelValues(rule, on).inc();
  }

  /** The rules of a file apply from now on. */
  public void rulesRead(long count) {
    ruleFiles.labelValues("read").inc();
    rules.set((double) count);
    rulesStale.set(0);
  }

  /** A changed file of rules is wrong or gone; the rules before stay. */
  public void rulesRefused() {
    ruleFiles.labelValues("refused").inc();
    rulesStale.set(1);
  }

  /** A catalogue epoch is searched from now on. */
  public void catalogue(long newEpoch, long size) {
    epoch.set((double) newEpoch);
    products.set((double) size);
  }

  @Override
  public void skipped(String topic, String reason) {
    skipped.labelValues(topic, reason).inc();
  }

  @Override
  public void activated(String slot, PolicyIdentity identity) {
    activations.labelValues(slot).inc();
    version.labelValues(slot).set((double) identity.version());
    step.labelValues(slot).set((double) identity.step());
    lineage.labelValues(slot).set((double) identity.lineage());
  }

  @Override
  public void rejected(String slot, PolicyState.Rejected rejected) {
    rejections.labelValues(slot, rejected.fault().label()).inc();
  }

  @Override
  public void loaded(PolicyIdentity identity, LoadTimes times) {
    times
        .byPhase()
        .forEach(
            (phase, took) ->
                loadSeconds.labelValues(phase).observe(took.toNanos() / NANOS_PER_SECOND));
  }

  @Override
  public void retired(String slot, PolicyIdentity identity) {
    retirements.labelValues(slot).inc();
  }

  /** Answers given so far. */
  public long requests() {
    return byLabel(requests, "endpoint").values().stream().mapToLong(Long::longValue).sum();
  }

  /** Answers with a server error. */
  public long failures() {
    return requests.collect().getDataPoints().stream()
        .filter(point -> Integer.parseInt(point.getLabels().get("status")) >= SERVER_ERROR)
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  /** Fall-backs by reason. */
  public Map<String, Long> fallbacks() {
    return byLabel(fallbacks, "reason");
  }

  /** Pages drawn to be merged, by outcome. */
  public Map<String, Long> multileaved() {
    return byLabel(multileaved, "outcome");
  }

  /** Slates by outcome. */
  public Map<String, Long> slates() {
    return byLabel(slates, "outcome");
  }

  /** Engine-only sampling by outcome. */
  public Map<String, Long> engineOnly() {
    return byLabel(engineOnly, "outcome");
  }

  /** What rules decided, by kind of rule. */
  public Map<String, Long> ruled() {
    return byLabel(ruled, "rule");
  }

  /** Times that the file of rules was read, by outcome. */
  public Map<String, Long> rulesReadings() {
    return byLabel(ruleFiles, "outcome");
  }

  /** Decisions by arm. */
  public Map<String, Long> decisions() {
    return byLabel(decisions, "arm");
  }

  /** Records lost, by topic. */
  public Map<String, Long> signalsLost() {
    return byLabel(signalsLost, "topic");
  }

  /** Activations by slot. */
  public Map<String, Long> activations() {
    return byLabel(activations, "slot");
  }

  /** Everything, in Prometheus' text format. */
  public String text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private Gauge gauge(String name, String help, String... labels) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private static Map<String, Long> byLabel(Counter counter, String label) {
    Map<String, Long> sums = new TreeMap<>();
    for (CounterDataPointSnapshot point : counter.collect().getDataPoints()) {
      sums.merge(point.getLabels().get(label), (long) point.getValue(), Long::sum);
    }
    return sums;
  }
}
