/**
 * Topics read whole, as the audit and the command line need them. Entry: {@link
 * io.searchloop.app.log.TopicLog}. One thread an instance.
 */
@NullMarked
package io.searchloop.app.log;

import org.jspecify.annotations.NullMarked;
