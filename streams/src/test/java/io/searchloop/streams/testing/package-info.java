/**
 * What the tests of several packages share: a policy small enough to build in a millisecond, a
 * clock that stands still, a broker and a registry in process. Entry: {@link
 * io.searchloop.streams.testing.TinyPolicy}.
 */
@NullMarked
package io.searchloop.streams.testing;

import org.jspecify.annotations.NullMarked;
