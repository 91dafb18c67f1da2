package io.searchloop.jobs.health;

import io.searchloop.learning.experiment.VisitorOutcome;

/**
 * A visitor whose window is over. Public for Flink's serializers.
 *
 * @param candidateVersion the trial
 * @param outcome what they did
 */
public record TrialVisitor(long candidateVersion, VisitorOutcome outcome) {}
