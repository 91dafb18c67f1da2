package io.searchloop.trainer;

import io.searchloop.schemas.LearningMetrics;
import io.searchloop.schemas.Minibatch;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.intake.ReceivedMinibatch;
import io.searchloop.trainer.intake.RefusalReason;
import io.searchloop.trainer.metrics.TrainerMetrics;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.publish.GateSettings;
import io.searchloop.trainer.publish.GateVerdict;
import io.searchloop.trainer.publish.PolicyHistory;
import io.searchloop.trainer.warmstart.WarmStart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The learning loop: minibatch, checks, step, and every few steps a release with the offsets it
 * learned from. {@link #run} reads as the loop does.
 *
 * <p>A crash at any point resumes: releases and minibatch offsets commit together, and the release
 * names a checkpoint that was on disk before. What was trained since is trained again, bit by bit
 * alike on one thread. A checkpoint that is lost is rebuilt from the released chunks. A rollback in
 * the control log puts weights and optimiser back to the version it names and begins a lineage;
 * offsets never rewind.
 *
 * <p>Everything runs on the thread that calls {@link #run}, which owns the network and every
 * tensor; {@link #status} and {@link #close} are for any thread.
 */
public final class Trainer implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Trainer.class);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** ONNX Runtime overflows Java's default of 1 MiB, which ends the process without a word. */
  private static final long STACK_BYTES = 16L << 20;

  private final TrainerConfig config;
  private final GateSettings gate;
  private final WarmStart warmStart;
  private final TrainerPorts ports;
  private final CheckpointStore checkpoints;
  private final InstantSource clock;
  private final StatusBoard status = new StatusBoard();
  private final TrainerMetrics metrics = new TrainerMetrics();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean started;
  private volatile boolean stopping;

  /**
   * @param warmStart first policy; its tokenizer is that of every release, its network stays the
   *     caller's and is only read
   * @param ports closed when the loop ends
   * @param checkpoints where weights and optimiser are kept between releases
   */
  public Trainer(
      TrainerConfig config,
      GateSettings gate,
      WarmStart warmStart,
      TrainerPorts ports,
      CheckpointStore checkpoints,
      InstantSource clock) {
    this.config = config;
    this.gate = gate;
    this.warmStart = warmStart;
    this.ports = ports;
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  /** A thread to run on, not started; its stack is large enough for native graph optimisers. */
  public Thread thread() {
    return new Thread(null, this, "trainer", STACK_BYTES);
  }

  /** Runs until {@link #close}, or fails with what stopped it. */
  @Override
  public void run() {
    started = true;
    LibTorch.initialise(config.threads());
    try (ports;
        TrainingSession session =
            TrainingSession.resume(config, gate, warmStart, ports, checkpoints, clock)) {
      note(session);
      while (!stopping) {
        PolicyHistory history = ports.policyLog().poll();
        obeyRollback(session, history);
        status.phase(TrainerStatus.Phase.WAITING);
        ports.minibatches().poll(PATIENCE).ifPresent(received -> learn(session, received));
        ports.minibatches().waiting().ifPresent(metrics::waiting);
        if (session.window().due(config, clock.instant())) {
          release(session, history);
        }
      }
      status.phase(TrainerStatus.Phase.STOPPED);
    } catch (WakeupException e) {
      status.phase(TrainerStatus.Phase.STOPPED);
    } catch (RuntimeException | Error e) {
      log.error("Trainer stopped", e);
      status.failed(e);
      metrics.failed();
      throw e;
    } finally {
      ended.countDown();
    }
  }

  private void obeyRollback(TrainingSession session, PolicyHistory history) {
    if (history.head().lineage() == session.line().lineage()) {
      return;
    }
    long withdrawn = session.rewind(history);
    status.withdrawn(RefusalReason.WITHDRAWN.key(), withdrawn);
    metrics.withdrawn(RefusalReason.WITHDRAWN.key(), withdrawn);
    metrics.rolledBack();
    note(session);
    log.info(
        "Rolled back to policyVersion={} step={}, lineage={}, {} minibatches withdrawn",
        session.line().parentVersion(),
        session.step(),
        session.line().lineage(),
        withdrawn);
  }

  private void learn(TrainingSession session, ReceivedMinibatch received) {
    status.phase(TrainerStatus.Phase.LEARNING);
    Instant begun = clock.instant();
    Lesson lesson = session.learn(received);
    logRefusal(received, lesson);
    status.lesson(lesson);
    count(lesson, Duration.between(begun, clock.instant()));
    note(session);
    ports.curve().add(point(session, received, lesson));
  }

  /** A kind the algorithm does not learn from is expected traffic; everything else is not. */
  private static void logRefusal(ReceivedMinibatch received, Lesson lesson) {
    if (!lesson.trained() && !lesson.reason().equals(RefusalReason.OTHER_ALGORITHM.key())) {
      log.warn("Minibatch {} refused: {}, {}", received.offset(), lesson.reason(), lesson.detail());
    }
  }

  private void count(Lesson lesson, Duration took) {
    if (lesson.trained()) {
      metrics.trained(took, lesson.figures(), lesson.dropped());
    } else {
      metrics.refused(took, lesson.reason(), lesson.figures());
    }
  }

  private void release(TrainingSession session, PolicyHistory history) {
    status.phase(TrainerStatus.Phase.RELEASING);
    long trained = session.window().trained();
    Instant begun = clock.instant();
    GateVerdict verdict = session.release(history);
    Instant ended = clock.instant();
    if (verdict instanceof GateVerdict.Refused) {
      status.withdrawn(RefusalReason.GATE.key(), trained);
      metrics.withdrawn(RefusalReason.GATE.key(), trained);
      metrics.gateRefused(Duration.between(begun, ended));
    } else {
      metrics.released(Duration.between(begun, ended), ended);
    }
    status.verdict(verdict);
    note(session);
  }

  private void note(TrainingSession session) {
    status.rebuilds(session.rebuilds());
    status.position(session.line(), session.step(), session.window().next());
    metrics.position(
        session.step(),
        session.line().lineage(),
        session.line().parentVersion(),
        session.rebuilds());
  }

  private LearningMetrics point(
      TrainingSession session, ReceivedMinibatch received, Lesson lesson) {
    Map<String, Double> values = new TreeMap<>(lesson.figures());
    lesson.dropped().forEach((reason, count) -> values.put("dropped." + reason, (double) count));
    if (!lesson.trained()) {
      values.put("refused." + lesson.reason(), 1.0);
    }
    Minibatch minibatch = received.minibatch();
    return LearningMetrics.newBuilder()
        .setStep(session.step())
        .setMinibatch(received.offset())
        .setKind(minibatch == null ? "" : minibatch.getKind().name())
        .setTimestamp(clock.instant())
        .setLineage(session.line().lineage())
        .setValues(values)
        .build();
  }

  /** What the trainer is doing; safe from any thread. */
  public TrainerStatus status() {
    return status.snapshot();
  }

  /** What it counts; safe from any thread. */
  public TrainerMetrics metrics() {
    return metrics;
  }

  /** Whether the loop has not failed; safe from any thread. */
  public boolean live() {
    return status().phase() != TrainerStatus.Phase.FAILED;
  }

  /** Asks the loop to end after the step at hand; safe from any thread. */
  void stop() {
    stopping = true;
    ports.minibatches().wakeup();
  }

  /** Ends the loop and waits until it has; safe from any other thread. */
  @Override
  public void close() {
    stop();
    try {
      if (started) {
        ended.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
