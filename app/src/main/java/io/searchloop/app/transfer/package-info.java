/**
 * Releases out of one cluster and into another: {@code policy export} and {@code policy import} of
 * a file. Entries: {@link io.searchloop.app.transfer.ReleaseExport} and {@link
 * io.searchloop.app.transfer.ReleaseImport}. One thread an instance. See docs/adr/0067.
 */
@NullMarked
package io.searchloop.app.transfer;

import org.jspecify.annotations.NullMarked;
