/** Fixtures shared by the tests of all modules. Entry: {@link io.searchloop.testkit.Eventually}. */
@NullMarked
package io.searchloop.testkit;

import org.jspecify.annotations.NullMarked;
