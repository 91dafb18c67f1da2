/**
 * A large policy's manners for a small one: the student answers, the teacher says what it would
 * have said, and the student moves towards it (MiniELM, arXiv 2501.18056).
 *
 * <pre>
 *   queries -- sampling.PolicyDecoder (student, or teacher for forward KL) --> answers
 *   answers -- loss.DistillationStep (student and teacher read them) --------> student moves
 *   held-out queries -- Agreement --> how often both answer alike
 * </pre>
 *
 * Entry: {@link io.searchloop.trainer.distillation.Distillation}. Runs on the caller's thread, who
 * owns both policies.
 */
@NullMarked
package io.searchloop.trainer.distillation;

import org.jspecify.annotations.NullMarked;
