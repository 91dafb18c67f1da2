/**
 * What the fuzz targets share. A target stands in the package of what it reads, because many
 * readers are nobody else's business; it asserts that a reader refuses with the exception it
 * documents and with nothing else, within {@link io.searchloop.fuzzing.Bounds}, and that what it
 * reads it writes back the same.
 */
package io.searchloop.fuzzing;
