/** Configuration as records: defaults stated once, all errors reported at once, no unknown keys. */
@NullMarked
package io.searchloop.schemas.config;

import org.jspecify.annotations.NullMarked;
