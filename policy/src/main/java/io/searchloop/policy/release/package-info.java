/**
 * What a release is: the artifact (graph, tokenizer, dimensions), its manifest and provenance, and
 * the chunks it travels in. Entry: {@link io.searchloop.policy.release.ReleaseManifest}. Immutable.
 */
@NullMarked
package io.searchloop.policy.release;

import org.jspecify.annotations.NullMarked;
