/**
 * What a running loop looks like from its topics.
 *
 * <pre>
 *   topics --TopicTail--> RewardBoard, Examples, DeadLetters, PolicyLog, ServedVersions
 *                              |  once a second            |  when asked
 *   groups ----------------> LoopPicture            timeline, points, examples, letters
 * </pre>
 *
 * <p>Entry: {@link io.searchloop.app.console.view.LoopView}, whose one thread reads. All memory is
 * bounded; what is forgotten is counted.
 */
@NullMarked
package io.searchloop.app.console.view;

import org.jspecify.annotations.NullMarked;
