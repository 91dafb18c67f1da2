/**
 * Whether a release on trial is worse than the one beside it, asked again after every few visitors.
 *
 * <pre>
 *   {@link io.searchloop.learning.experiment.VisitorOutcome} --&gt; {@link io.searchloop.learning.experiment.CanaryTrial}
 *                        +-- {@link io.searchloop.learning.experiment.SampleRatio}: are the arms as large as they should be?
 *                        +-- {@link io.searchloop.learning.experiment.Comparison} of each {@link io.searchloop.learning.experiment.Metric}, by strata, judged by a {@link io.searchloop.learning.experiment.ConfidenceSequence}
 *                        --&gt; {@link io.searchloop.learning.experiment.TrialVerdict} under {@link io.searchloop.learning.experiment.TrialRules}
 * </pre>
 *
 * <p>{@link io.searchloop.learning.experiment.CanaryTrial} is the entry. Immutable values and pure
 * functions; any thread.
 */
@NullMarked
package io.searchloop.learning.experiment;

import org.jspecify.annotations.NullMarked;
