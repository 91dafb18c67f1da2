/**
 * The jobs as they run: fed from the topics, and started on a Flink cluster by {@code flink run}.
 *
 * <pre>
 *   flink run -c ...RewardJobMain -- {@link io.searchloop.jobs.launch.JobLauncher}: settings, checkpoints
 *                                      -- {@link io.searchloop.jobs.launch.KafkaJobs}: topics --> job
 * </pre>
 *
 * <p>The embedded launcher takes the same {@code KafkaJobs} and {@code ExactlyOnce}. Main classes
 * run on the client's thread, before anything is on the cluster.
 */
@NullMarked
package io.searchloop.jobs.launch;

import org.jspecify.annotations.NullMarked;
