package io.searchloop.trainer.distillation;

/**
 * How far a student has come.
 *
 * @param step optimiser steps so far
 * @param steps of the whole run
 * @param tokenDivergence nats per answer token, mean since the last report, in the direction that
 *     is trained
 */
public record DistillationProgress(int step, int steps, double tokenDivergence) {}
