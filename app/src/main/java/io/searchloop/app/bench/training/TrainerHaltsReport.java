package io.searchloop.app.bench.training;

import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.bench.BenchReport;
import io.searchloop.app.bench.TransactionMarkers;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A trainer that was killed many times beside one that never was.
 *
 * @param command the command line
 * @param started when
 * @param finished when
 * @param machine processors, memory, Java
 * @param trainerFlags Java's flags of the process that was killed
 * @param plan what was asked for
 * @param lives each life that ended by a kill
 * @param minibatches minibatches on the log
 * @param steps optimiser steps in the last release
 * @param releases releases that both runs agree on, warm start included
 * @param refusals refusals that both runs agree on
 * @param trainedAgain minibatches trained once more because a kill came before their release
 * @param differences where the two runs differ, one sentence each
 * @param finalCheckpoint hash of what the uninterrupted run ended with: weights, optimiser,
 *     randomness, lineage and position
 * @param transactions how transactions ended, by topic
 * @param checkpointFiles checkpoints left on disk
 * @param audit the audit of the killed run's topics
 */
public record TrainerHaltsReport(
    List<String> command,
    Instant started,
    Instant finished,
    Map<String, String> machine,
    List<String> trainerFlags,
    TrainerHaltsPlan plan,
    List<Life> lives,
    long minibatches,
    long steps,
    long releases,
    long refusals,
    long trainedAgain,
    List<String> differences,
    String finalCheckpoint,
    Map<String, TransactionMarkers> transactions,
    long checkpointFiles,
    AuditReport audit)
    implements BenchReport {

  /**
   * From a start to a kill.
   *
   * @param atWork whether it was killed at work, or while it started
   * @param killedAfterMs after its first minibatch, or after its start
   * @param trained minibatches it trained or refused, as far as it could tell of them
   */
  public record Life(boolean atWork, long killedAfterMs, long trained) {}

  public TrainerHaltsReport {
    lives = List.copyOf(lives);
    differences = List.copyOf(differences);
  }

  /** Whether the kills left no trace. */
  @Override
  public boolean met() {
    return differences.isEmpty() && audit.clean() && audit.minibatches() == minibatches;
  }

  /** The answer in a few sentences. */
  @Override
  public List<String> conclusions() {
    long aborted = transactions.values().stream().mapToLong(TransactionMarkers::aborted).sum();
    long atWork = lives.stream().filter(Life::atWork).count();
    return List.of(
        "%d kills, %d of them at work; %,d minibatches trained again, %d transactions aborted."
            .formatted(lives.size(), atWork, trainedAgain, aborted),
        "%,d minibatches, %,d accounted for; %d releases and %d refusals, %d differences to the"
                .formatted(minibatches, audit.minibatches(), releases, refusals, differences.size())
            + " uninterrupted run.",
        met()
            ? "Clean: every release equals that of the uninterrupted run bit by bit, to step "
                + steps
                + " and checkpoint "
                + finalCheckpoint
                + "."
            : "NOT CLEAN. "
                + String.join(" ", differences)
                + " "
                + String.join(" ", audit.violations()));
  }
}
