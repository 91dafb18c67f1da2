/**
 * How reports are spelled in files.
 *
 * <p>Entry: {@link io.searchloop.app.json.ReportJson}. Pure functions; any thread.
 */
@NullMarked
package io.searchloop.app.json;

import org.jspecify.annotations.NullMarked;
