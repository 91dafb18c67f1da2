package io.searchloop.app.bench.attribution;

/**
 * What a process that may be killed says of its job, one line a change.
 *
 * @param restoredFrom number of the checkpoint it went on from; -1 when it began anew
 * @param completed checkpoints it has completed since
 */
record JobProgress(long restoredFrom, long completed) {}
