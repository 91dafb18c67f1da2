/**
 * Does a policy that sees what a shopper typed before foresee what the shopper types next?
 * Simulated sessions; real catalogue, queries and judgments.
 *
 * <pre>
 *   Dataset -- SessionSimulator (train side) --&gt; SessionLessons -- SessionSchool --&gt; a student for each ContextKind
 *           -- SessionSimulator (test side) -- NextQueryExam (students, and what needs none) --&gt; SessionReport
 * </pre>
 *
 * <p>Entry: {@link io.searchloop.app.study.sessions.SessionStudy}. Runs on the caller's thread. ADR
 * 0048.
 */
@NullMarked
package io.searchloop.app.study.sessions;

import org.jspecify.annotations.NullMarked;
