package io.searchloop.app.study;

/**
 * One start and what GRPO made of it. All shares in [0, 1].
 *
 * @param start warm, brief or cold
 * @param seed of weights, pairs and sampling
 * @param supervisedSteps steps of its warm start
 * @param servedValidity greedy, under the grammar that workers force
 * @param freeValidity sampled without it, before GRPO
 * @param freeValidityAfter the same after GRPO
 * @param rewardBefore mean reward of the first tenth of the GRPO steps
 * @param rewardAfter of the last tenth
 * @param flatShare groups in which all rollouts earned the same, so that nothing was learned
 * @param refusedSteps steps that the trainer's divergence bounds refused
 */
public record ValidityRow(
    String start,
    long seed,
    int supervisedSteps,
    double servedValidity,
    double freeValidity,
    double freeValidityAfter,
    double rewardBefore,
    double rewardAfter,
    double flatShare,
    int refusedSteps) {}
