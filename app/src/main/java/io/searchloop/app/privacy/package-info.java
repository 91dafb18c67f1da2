/**
 * Has a visitor forgotten, and says what of them is left where.
 *
 * <pre>
 *   names -- {@link io.searchloop.app.privacy.TrailReader} --> searches, events, tuples, minibatches
 *   names -- {@link io.searchloop.app.privacy.Eraser} --> erasures on the event topic --> RewardJob
 *   minibatches -- {@link io.searchloop.app.privacy.TaughtVersions} --> versions, and the one before
 *   topics -- {@link io.searchloop.app.privacy.Expiry} --> when what cannot be deleted is gone
 * </pre>
 *
 * <p>Scans as a trace does (docs/adr/0037); why so: docs/adr/0065. One thread.
 */
@NullMarked
package io.searchloop.app.privacy;

import org.jspecify.annotations.NullMarked;
