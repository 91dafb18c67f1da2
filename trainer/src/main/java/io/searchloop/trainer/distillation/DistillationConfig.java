package io.searchloop.trainer.distillation;

import io.searchloop.schemas.config.Setting;
import io.searchloop.trainer.loss.DistillationLoss;

/**
 * How a student learns from its teacher, keys {@code trainer.distillation.*}.
 *
 * @param loss direction of the divergence; it also decides whose answers are read
 * @param steps optimiser steps
 * @param batch answers of a step
 * @param refreshEvery steps that share one export of the sampling student; above one the answers
 *     lag behind the weights by fewer steps than that
 * @param learningRate peak, after a linear warm-up of a twentieth, then a line to zero
 * @param threads threads of a tensor operation; one makes runs bit-equal
 * @param seed of the queries' order and of sampling
 */
public record DistillationConfig(
    @Setting(value = "reverse-kl", help = "reverse-kl or forward-kl") DistillationLoss loss,
    @Setting(value = "1000", help = "optimiser steps") int steps,
    @Setting(value = "32", help = "answers of a step") int batch,
    @Setting(value = "4", help = "steps that share one export of the sampling student")
        int refreshEvery,
    @Setting(value = "0.0005", help = "peak learning rate") double learningRate,
    @Setting(value = "1", help = "threads of a tensor operation") int threads,
    @Setting(value = "1", help = "seed of queries and answers") long seed) {
  public DistillationConfig {
    if (steps < 1 || batch < 1 || refreshEvery < 1 || threads < 1 || !(learningRate > 0)) {
      throw new IllegalArgumentException(
          ("steps %d, batch %d, refresh-every %d, threads %d, learning-rate %s; expected all above"
                  + " zero")
              .formatted(steps, batch, refreshEvery, threads, learningRate));
    }
  }
}
