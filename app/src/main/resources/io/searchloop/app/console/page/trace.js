/** One search from end to end: its decision, what made it, what it earned, what learned from it. */

import {$, figure, h, share, table, time, version, lineage} from './dom.js';
import {get} from './api.js';

const form = $('trace-form');

function block(title, ...content) {
  return h('section', {class: 'block'}, h('h3', {}, title), ...content);
}

function grid(caption, heads, rows) {
  const element = h('table', {});
  element.append(...table(element, caption, heads, rows));
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption}, element);
}

const number = text => ({text, number: true});

function decision(found) {
  return block('Decided',
    h('p', {}, h('q', {}, found.query), ' at ', time(found.at), `, arm ${found.arm} (${share(found.arm_propensity)} of visitors), ${found.mode.toLowerCase()}, `,
      `version ${version(found.policy_version)}, step ${found.step}, lineage ${lineage(found.lineage)}, temperature ${figure(found.temperature, 2)}.`),
    found.candidates.length === 0 ? h('p', {class: 'fine'}, 'Nothing was rewritten.')
      : grid('Rollouts', ['Rewrite', 'Shown', 'Learned from', number('Tokens'), number('Log-probability')],
        found.candidates.map(candidate => [h('mark', {}, candidate.rewrite || '(empty)'), candidate.served ? 'yes' : 'no',
          !candidate.valid ? 'no, breaks the format' : candidate.trainable ? 'yes' : 'no', String(candidate.tokens), figure(candidate.log_prob, 2)])));
}

function release(found, trainedOn) {
  if (!found) return block('Made by', h('p', {}, 'no release: the query went as it was typed.'));
  return block('Made by',
    h('p', {}, `Version ${found.version}, ${found.origin}, committed `, time(found.committed_at), `, trained on minibatches [${found.from_minibatch}, ${found.to_minibatch}).`,
      found.ancestors.length ? ` It comes from ${found.ancestors.slice(0, 8).join(', ')}${found.ancestors.length > 8 ? ' …' : ''}.` : ''),
    trainedOn.length === 0 ? null : h('p', {class: 'fine'}, `Minibatches since the release before: ${trainedOn.map(one => one.offset).join(', ')}.`));
}

function body(trace) {
  return [
    ...trace.decisions.map(decision),
    release(trace.release, trace.trained_on),
    block('Happened', trace.events.length === 0 ? h('p', {class: 'fine'}, 'No event.')
      : grid('Events', ['Time', 'Event', 'Product', number('Place')],
        trace.events.map(event => [time(event.at), event.action, event.object_id, event.position ? String(event.position) : '']))),
    block('Earned', trace.tuples.length === 0 ? h('p', {class: 'fine'}, 'Nothing yet: tuples come when the short window closes.')
      : grid('Reward tuples', ['Rollout', number('Sequence'), number('Reward'), 'Of what'],
        trace.tuples.map(tuple => [h('code', {}, tuple.rollout_id), String(tuple.sequence), figure(tuple.reward),
          Object.entries(tuple.terms).map(([name, value]) => `${name} ${figure(value, 2)}`).join(', ') || tuple.signal]))),
    block('Taught', trace.learned_from.length === 0 ? h('p', {class: 'fine'}, 'No minibatch holds its rollouts, or not yet.')
      : grid('Minibatches', [number('Minibatch'), 'Kind', 'Became', number('Members'), number('Advantage')],
        trace.learned_from.map(one => [String(one.offset), one.kind.toLowerCase(), one.version < 0 ? one.outcome : `version ${one.version}, ${one.outcome}`,
          String(one.members.length), one.members.map(member => figure(member.advantage, 2)).join(', ')])))
  ];
}

export async function trace(queryId) {
  form.elements.query_id.value = queryId;
  $('traced').replaceChildren(h('p', {class: 'fine'}, 'Reading the topics …'));
  $('trace').scrollIntoView({block: 'start'});
  try {
    $('traced').replaceChildren(...body(await get('/api/trace?query_id=' + encodeURIComponent(queryId))));
  } catch (problem) {
    $('traced').replaceChildren(h('p', {class: 'problem'}, problem.message));
  }
}

form.addEventListener('submit', event => {
  event.preventDefault();
  trace(form.elements.query_id.value.trim());
});
