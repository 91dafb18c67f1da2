/** Elements, numbers and times. No texts of shoppers ever become markup: they are text nodes. */

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
  return element;
}

export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
export const $ = id => document.getElementById(id);

/** Replaces the children when what they show has changed, and keeps the focus on the same key. */
export function show(parent, shown, make) {
  const signature = JSON.stringify(shown);
  if (parent.dataset.signature === signature) return;
  parent.dataset.signature = signature;
  const key = document.activeElement?.closest('[data-key]')?.dataset.key;
  const held = key !== undefined && parent.contains(document.activeElement);
  parent.replaceChildren(...[make()].flat(Infinity).filter(child => child !== null && child !== undefined));
  if (held) parent.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({preventScroll: true});
}

const MINUS = '\u2212';
const number = (value, digits) =>
  (value < 0 ? MINUS : '') + Math.abs(value).toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});

export const count = value => number(value, 0);
export const figure = (value, digits = 3) => value === null || value === undefined ? '–' : number(value, digits);
export const rate = value => value >= 100 ? number(value, 0) : value >= 10 || value === 0 ? number(value, value === 0 ? 0 : 1) : number(value, 2);
export const share = value => number(100 * value, value > 0 && value < 0.1 ? 1 : 0) + ' %';

/** A gate figure is anything from 0.0000003 to 1000. */
export function brief(value) {
  if (value === 0 || Math.abs(value) >= 100) return number(value, 0);
  return Math.abs(value) < 0.001 ? value.toExponential(1).replace('-', MINUS) : number(value, Math.abs(value) < 1 ? 4 : 2);
}

export const interval = mean =>
  mean.low === null ? figure(mean.mean) : `${figure(mean.mean)} [${figure(mean.low)}, ${figure(mean.high)}]`;

const two = part => String(part).padStart(2, '0');
export function clock(instant) {
  const at = new Date(instant);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}
export function moment(instant) {
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return at.toDateString() === new Date().toDateString() ? clock(instant) : `${day} ${clock(instant)}`;
}
export const time = instant => h('time', {datetime: instant, title: instant}, moment(instant));
export const version = value => value < 0 ? 'none' : String(value);
export const lineage = value => value < 0 ? 'first' : String(value);

export function table(element, caption, heads, rows) {
  return [
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, heads.map(head => h('th', {scope: 'col', class: head.number ? 'n' : null}, head.text ?? head)))),
    h('tbody', {}, rows.map(row => h('tr', row.attributes ?? {}, (row.cells ?? row).map((cell, i) =>
      h('td', {class: heads[i].number ? 'n' : heads[i].class ?? null}, cell)))))
  ];
}

const SAID_MS = 12_000;
let hush;

/** Says what has happened where everybody sees it, for a while, and to screen readers. */
export function announce(text) {
  clearTimeout(hush);
  $('said').textContent = text;
  hush = setTimeout(() => $('said').replaceChildren(), SAID_MS);
}
