/** The last searches: what was typed, what the policy made of it, what was found, what came of it. */

import {$, clock, figure, h, show} from './dom.js';

const ARMS = {policy: 'learning policy', reference: 'warm start', identity: 'as typed', canary: 'on trial'};
const ACTIONS = {click: 'clicked', add_to_cart: 'into the cart', remove_from_cart: 'out of the cart', purchase: 'bought', refund: 'returned'};
const SHOWN = 8;
let paused = false;
let traced = () => {};
let again = () => {};

export function onTrace(trace) {
  traced = trace;
}

function rewrites(example) {
  if (example.served.length === 0) return h('span', {class: 'fine'}, example.arm === 'identity' ? 'not rewritten' : 'no rewrite');
  return [example.served.map(text => h('mark', {}, text === example.query ? text + ' (unchanged)' : text || '(empty)')),
    example.others.length ? h('span', {class: 'fine'}, ` and ${example.others.length} not shown`) : null];
}

function outcomes(example) {
  if (example.outcomes.length === 0) return h('span', {class: 'fine'}, 'nothing yet');
  return h('ul', {class: 'plain'}, example.outcomes.slice(0, 4).map(outcome =>
    h('li', {}, h('b', {}, ACTIONS[outcome.action] ?? outcome.action), ` ${outcome.product}${outcome.position ? `, place ${outcome.position}` : ''}`)),
    example.outcomes.length > 4 ? h('li', {class: 'fine'}, `and ${example.outcomes.length - 4} more`) : null);
}

function row(example) {
  return h('li', {},
    h('div', {class: 'typed'},
      h('q', {}, example.query),
      example.correction ? h('span', {class: 'fine'}, `spelt ${example.correction}`) : null,
      h('span', {class: 'fine'}, `${clock(example.at)}, ${ARMS[example.arm] ?? example.arm}${example.version < 0 ? '' : ` v${example.version}`}`)),
    h('div', {}, h('span', {class: 'unseen'}, 'Rewritten: '), rewrites(example)),
    h('div', {class: 'results'}, example.results.length === 0 ? h('span', {class: 'fine'}, 'nothing found')
      : h('ol', {class: 'plain'}, example.results.slice(0, 3).map(title => h('li', {}, title)),
        example.result_count > 3 ? h('li', {class: 'fine'}, `of ${example.result_count}`) : null)),
    h('div', {}, outcomes(example)),
    h('div', {class: 'n earned'}, h('span', {title: 'reward so far'}, example.reward === null ? '–' : figure(example.reward, 2)),
      h('button', {type: 'button', class: 'quiet small', 'data-key': 't' + example.query_id, 'aria-label': `Trace the search for ${example.query}`,
        onclick: () => traced(example.query_id)}, 'Trace')));
}

export const wanted = () => `/api/examples?limit=${SHOWN}&with_outcome=${$('with-outcome').checked}`;

export function onWanted(ask) {
  again = ask;
}

export function examples(found) {
  if (paused) return;
  show($('examples'), found, () => found.length === 0 ? h('li', {class: 'none'}, 'No search yet.') : found.map(row));
}

$('with-outcome').addEventListener('change', () => again());
$('pause').addEventListener('click', event => {
  paused = !paused;
  event.target.setAttribute('aria-pressed', String(paused));
  event.target.textContent = paused ? 'Go on' : 'Pause';
});
