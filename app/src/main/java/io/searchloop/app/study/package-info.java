/**
 * Questions about training that one command answers again.
 *
 * <pre>
 *   dataset -- SupervisedWarmStart (long, brief, none) --> policies -- ValidityCourse (GRPO) --> ValidityReport
 *                                                             \-- UnforcedGrammar: does it still end a rewrite by itself?
 * </pre>
 *
 * <pre>
 *   dataset -- train.TrainRun (warm start, then each RewritingMethod) --> policy directories
 *           -- evaluation.Evaluation (test queries, beside what needs no learning) --> RewritingReport
 * </pre>
 *
 * <pre>
 *   log of clicks -- first weeks: train.TrainRun (warm start, clicks) --> policy directories
 *                 -- following weeks: ClickArms, evaluation.ClickComparison --> ClickReport
 * </pre>
 *
 * <pre>
 *   teacher -- StudentSchool (supervised, forward KL, reverse KL) --> students
 *           -- StudentExam (held-out queries), evaluation.Evaluation --> DistillationReport
 * </pre>
 *
 * <pre>
 *   dataset.CatalogueChange -- PreferencePhase before (DPO under one judge), then after
 *           -- judge.JudgedPolicy (another judge) --> PreferenceReport
 * </pre>
 *
 * <pre>
 *   dataset -- OnlineRun (launcher.EmbeddedLoop under an OnlineScenario) --> releases
 *           -- OnlineJudge, ShopWorth (what each is worth to the shop) --> OnlineReport
 * </pre>
 *
 * Entries: {@link io.searchloop.app.study.ValidityStudy}, {@link
 * io.searchloop.app.study.RewritingStudy}, {@link io.searchloop.app.study.ClickStudy}, {@link
 * io.searchloop.app.study.DistillationStudy}, {@link io.searchloop.app.study.PreferenceStudy},
 * {@link io.searchloop.app.study.OnlineStudy}. Runs on the caller's thread.
 */
@NullMarked
package io.searchloop.app.study;

import org.jspecify.annotations.NullMarked;
