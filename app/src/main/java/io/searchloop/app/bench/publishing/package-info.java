/**
 * How long a release takes from the trainer's memory to a worker's, and how many bytes it is: whole
 * and as a delta upon the one before. Entry: {@link
 * io.searchloop.app.bench.publishing.PublishBench}, run by one thread.
 */
@NullMarked
package io.searchloop.app.bench.publishing;

import org.jspecify.annotations.NullMarked;
