/**
 * Which release is active and which is on trial: one pure function folds the control log, so that
 * workers, trainer, jobs and command line can never disagree. Entry: {@link
 * io.searchloop.policy.control.ControlLog}.
 */
@NullMarked
package io.searchloop.policy.control;

import org.jspecify.annotations.NullMarked;
