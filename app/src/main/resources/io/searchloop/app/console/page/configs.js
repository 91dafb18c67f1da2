/** Reward configurations: which there are, and the next one with a preview before it is sent. */

import {$, announce, h, show, time} from './dom.js';
import {get, post} from './api.js';

const COMMON = ['click', 'add-to-cart', 'purchase', 'purchase-cap', 'short-window', 'long-window', 'visitor-cap', 'name'];
const form = $('config-form');
let overview = null;
let previewed = null;

export async function configs(acts) {
  overview = await get('/api/reward-configs');
  list();
  fields();
  form.hidden = !acts;
}

function list() {
  show($('configs'), [overview.configs, overview.refused], () => [
    h('ol', {class: 'configs'}, overview.configs.map((config, i) => h('li', {class: config.in_force ? 'now' : null},
      h('p', {}, h('strong', {}, config.name), i === 0 ? ' from the start' : [' from ', time(config.effective_from)], config.in_force ? h('span', {class: 'tag active'}, 'in force') : null),
      h('p', {class: 'fine'}, (i === 0 ? 'Against the defaults: ' : 'Changed: ') + (config.changes.map(pretty).join(', ') || 'nothing'))))),
    overview.refused.length === 0 ? null : h('p', {class: 'problem'}, `${overview.refused.length} were refused and never in force; see the dead letters.`)
  ].filter(Boolean));
}

/** "short_window_ms: PT30M -> PT10M" for a person. */
const pretty = line => line.replace(/_ms:/, ':').replaceAll('_', ' ').replace('->', '→');

function field(of) {
  const id = `config-${of.name}`;
  return h('div', {class: 'field'},
    h('label', {for: id}, of.name.replaceAll('-', ' ')),
    h('input', {id, name: of.name, value: of.value.replace(/^\[(.*)]$/, '$1'), autocomplete: 'off', spellcheck: 'false', 'aria-describedby': id + '-help'}),
    h('p', {id: id + '-help', class: 'fine'}, of.help));
}

/** Fields are made anew only when another configuration is the last: what is being typed stays. */
function fields() {
  show($('config-fields'), overview.last, () => {
    const of = new Map(overview.fields.map(one => [one.name, one]));
    const rest = overview.fields.filter(one => !COMMON.includes(one.name));
    return [
      h('div', {class: 'fields'}, COMMON.filter(name => of.has(name)).map(name => field(of.get(name)))),
      h('details', {}, h('summary', {}, `${rest.length} more`), h('div', {class: 'fields'}, rest.map(field)))
    ];
  });
}

function wish() {
  const changes = {};
  for (const one of overview.fields) {
    const typed = form.elements[one.name].value.trim();
    if (typed !== one.value.replace(/^\[(.*)]$/, '$1')) changes[one.name] = typed;
  }
  return {changes, effective_from: form.elements.effective_from.value.trim(), expected_last: overview.last};
}

function forget() {
  previewed = null;
  $('preview').replaceChildren();
}

function refuse(problem) {
  $('preview').replaceChildren(h('p', {class: 'problem'}, problem.message));
}

async function preview(event) {
  event.preventDefault();
  forget();
  const wanted = wish();
  if (Object.keys(wanted.changes).length === 0) {
    refuse(new Error('Nothing is changed. Change a value first.'));
    return;
  }
  try {
    const found = await post('/api/reward-configs/preview', wanted);
    previewed = {...wanted, effective_from: found.effective_from};
    $('preview').replaceChildren(h('div', {class: 'preview'},
      h('h3', {}, 'This would change'),
      h('ul', {}, found.changes.filter(line => !line.startsWith('effective_from')).map(line => h('li', {}, pretty(line)))),
      h('p', {}, 'for pages shown from ', time(found.effective_from), ' on. A configuration cannot be taken back, only followed by another.'),
      h('button', {type: 'button', id: 'schedule', onclick: schedule}, 'Schedule it')));
    $('schedule').focus();
  } catch (problem) {
    refuse(problem);
  }
}

async function schedule() {
  const wanted = previewed;
  $('schedule').disabled = true;
  try {
    const written = await post('/api/reward-configs', wanted);
    forget();
    announce(`The new configuration is in force from ${written.effective_from} on. Record ${written.offset} of the reward configurations.`);
    await configs(true);
  } catch (problem) {
    refuse(problem);
  }
}

form.addEventListener('submit', preview);
form.addEventListener('input', forget);
