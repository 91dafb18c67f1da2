package io.searchloop.app.bench.attribution;

import org.jspecify.annotations.Nullable;

/**
 * Answer to a run order.
 *
 * @param figures what the run took; null when it failed
 * @param problem why it failed; empty otherwise
 */
record RunReply(@Nullable RunFigures figures, String problem) {}
