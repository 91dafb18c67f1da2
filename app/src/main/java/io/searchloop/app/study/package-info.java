/**
 * Questions about training that one command answers again.
 *
 * <pre>
 *   dataset -- SupervisedWarmStart (long, brief, none) --> policies -- ValidityCourse (GRPO) --> ValidityReport
 *                                                             \-- UnforcedGrammar: does it still end a rewrite by itself?
 * </pre>
 *
 * Entry: {@link io.searchloop.app.study.ValidityStudy}. Runs on the caller's thread.
 */
@NullMarked
package io.searchloop.app.study;

import org.jspecify.annotations.NullMarked;
