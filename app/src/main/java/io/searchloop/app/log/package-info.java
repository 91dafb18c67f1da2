/**
 * The logs an operator reads and writes: releases and control records as a history, chunks, reward
 * configurations. Entry: {@link io.searchloop.app.log.PolicyHistory}. One thread an instance.
 */
@NullMarked
package io.searchloop.app.log;

import org.jspecify.annotations.NullMarked;
