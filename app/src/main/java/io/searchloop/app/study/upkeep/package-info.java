/**
 * Does a reward model go stale under the policy that it trains?
 *
 * <pre>
 *   warm start --PolicyPages--> pages of train queries --SimulatedLabels--> RelevanceTrainer --> f
 *        |                                                                                       |
 *        \--PolicyTraining (GRPO on f), a stage at a time: f frozen, or learned anew --> policies
 *                                                                                       |
 *                     pages of test queries, human judgments --UpkeepExam--> UpkeepReport
 * </pre>
 *
 * Entry: {@link io.searchloop.app.study.upkeep.UpkeepStudy}. Runs on the caller's thread.
 */
@NullMarked
package io.searchloop.app.study.upkeep;

import org.jspecify.annotations.NullMarked;
