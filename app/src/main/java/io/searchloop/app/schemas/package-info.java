/**
 * What a schema registry knows, as a file and back: records name schemas by id, so a registry that
 * was lost must come back with the ids it had. Entry: {@link
 * io.searchloop.app.schemas.SchemaBackup}. One thread.
 */
@NullMarked
package io.searchloop.app.schemas;

import org.jspecify.annotations.NullMarked;
