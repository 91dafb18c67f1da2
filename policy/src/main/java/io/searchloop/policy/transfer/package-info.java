/**
 * A release on its way from one cluster to another: one file that needs no Kafka to be read and
 * checked, and the manifest it gets in the other log.
 *
 * <pre>
 *   policy.releases.v1 + policy.chunks.v1 of A --> ReleaseFile --Placement in B--> manifest, artifact
 * </pre>
 *
 * Entry: {@link io.searchloop.policy.transfer.ReleaseFile}. Immutable; any thread. See
 * docs/adr/0067.
 */
@NullMarked
package io.searchloop.policy.transfer;

import org.jspecify.annotations.NullMarked;
