/**
 * Topics read whole, as jobs do before they start, and audits and the command line. Entry: {@link
 * io.searchloop.schemas.log.TopicLog}. One thread an instance.
 */
@NullMarked
package io.searchloop.schemas.log;

import org.jspecify.annotations.NullMarked;
