package io.searchloop.trainer.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Counters and figures of one trainer, in a registry of its own. Counters only grow: a minibatch
 * that trained and was withdrawn later is counted as trained and as refused.
 */
public final class TrainerMetrics {
  /** Content type of {@link #text}. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter trained =
      counter("searchloop_trainer_minibatches_trained_total", "Minibatches that changed weights");
  private final Counter refused =
      counter(
          "searchloop_trainer_minibatches_refused_total",
          "Minibatches that did not, or whose change was taken back",
          "reason");
  private final Counter dropped =
      counter(
          "searchloop_trainer_sequences_dropped_total",
          "Sequences left out of trained minibatches",
          "reason");
  private final Counter releases =
      counter("searchloop_trainer_releases_total", "Versions released");
  private final Counter refusals =
      counter("searchloop_trainer_gate_refusals_total", "Candidates that the release gate refused");
  private final Counter rollbacks =
      counter("searchloop_trainer_rollbacks_total", "Rollbacks obeyed");
  private final Gauge rebuilds =
      gauge("searchloop_trainer_checkpoint_rebuilds", "Lost checkpoints rebuilt since the start");
  private final Histogram stepSeconds =
      seconds("searchloop_trainer_step_seconds", "Time from a minibatch to its verdict");
  private final Histogram releaseSeconds =
      seconds("searchloop_trainer_release_seconds", "Time of checkpoint, export, gate and commit");
  private final Gauge step = gauge("searchloop_trainer_step", "Optimiser steps in this lineage");
  private final Gauge lineage = gauge("searchloop_trainer_lineage", "Lineage trained in");
  private final Gauge version =
      gauge("searchloop_trainer_policy_version", "Newest release of this trainer, -1 for none");
  private final Gauge lag =
      gauge("searchloop_trainer_minibatches_waiting", "Minibatches on the topic, not yet read");
  private final Gauge lastRelease =
      gauge("searchloop_trainer_last_release_timestamp_seconds", "When a version was released");
  private final Gauge failed =
      gauge("searchloop_trainer_failed", "1 once the loop has stopped with an error");
  private final Map<String, Gauge> figures =
      Map.of(
          "loss", gauge("searchloop_trainer_loss", "Loss of the last minibatch"),
          "reference_kl",
              gauge("searchloop_trainer_kl_nats", "Divergence per token from the warm start"),
          "ess", gauge("searchloop_trainer_effective_sample_ratio", "Effective share of sequences"),
          "staleness",
              gauge("searchloop_trainer_staleness_steps", "Mean age of what was learnt from"),
          "grad_norm", gauge("searchloop_trainer_gradient_norm", "Length before clipping"),
          "logprob_gap",
              gauge("searchloop_trainer_logprob_gap_nats", "Worker against trainer, same weights"));

  /** A minibatch trained the weights. */
  public void trained(Duration took, Map<String, Double> found, Map<String, Long> left) {
    trained.inc();
    stepSeconds.observe(took.toNanos() / NANOS_PER_SECOND);
    show(found);
    left.forEach((reason, count) -> dropped.labelValues(reason).inc(count));
  }

  /** A minibatch changed nothing. */
  public void refused(Duration took, String reason, Map<String, Double> found) {
    refused.labelValues(reason).inc();
    stepSeconds.observe(took.toNanos() / NANOS_PER_SECOND);
    show(found);
  }

  /** What minibatches had changed was taken back. */
  public void withdrawn(String reason, long minibatches) {
    if (minibatches > 0) {
      refused.labelValues(reason).inc(minibatches);
    }
  }

  /** A rollback was obeyed. */
  public void rolledBack() {
    rollbacks.inc();
  }

  /** A version is on the release log. */
  public void released(Duration took, Instant now) {
    releases.inc();
    releaseSeconds.observe(took.toNanos() / NANOS_PER_SECOND);
    lastRelease.set(now.toEpochMilli() / MILLIS_PER_SECOND);
  }

  /** The gate refused a candidate. */
  public void gateRefused(Duration took) {
    refusals.inc();
    releaseSeconds.observe(took.toNanos() / NANOS_PER_SECOND);
  }

  /** Where training stands. */
  public void position(long atStep, long inLineage, long newest, long rebuilt) {
    step.set((double) atStep);
    lineage.set((double) inLineage);
    version.set((double) newest);
    rebuilds.set((double) rebuilt);
  }

  /** So many minibatches wait to be read. */
  public void waiting(long minibatches) {
    lag.set((double) minibatches);
  }

  /** The loop has stopped with an error. */
  public void failed() {
    failed.set(1);
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

  private void show(Map<String, Double> found) {
    figures.forEach(
        (name, gauge) -> {
          Double value = found.get(name);
          if (value != null) {
            gauge.set(value);
          }
        });
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private Gauge gauge(String name, String help) {
    return Gauge.builder().name(name).help(help).register(registry);
  }

  private Histogram seconds(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicUpperBounds(.01, .03, .1, .3, 1, 3, 10, 30, 100)
        .register(registry);
  }
}
