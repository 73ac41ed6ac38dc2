// Saving a unit's report row by row. Nothing that was typed is lost: what the server has not taken stands in this browser
// until it has, under the person, the report and the row.

export const form = document.getElementById("report-form");
export const words = document.getElementById("report-words").dataset;
const summary = document.getElementById("report-errors");
const store = `report:${form.dataset.user}:${form.dataset.report}:`;
const [OK, UNAUTHORISED, FORBIDDEN, CONFLICT, INVALID, LOCKED] = [200, 401, 403, 409, 422, 423];
const RETRY_AFTER = 15_000;
const SMALL = 20_000; // a browser refuses to send more than 64 KiB when the page is being left
const states = new Map();
let retry;

const byId = (id) => document.getElementById(id);
export const rows = () => [...form.querySelectorAll("[data-row]")];
export const rowOf = (element) => element.closest("[data-row]");
export const field = (row, kind) => row?.querySelector(`[data-field="${kind}"]`);
const fieldsOf = (row) => [...row.querySelectorAll("[data-field]")];
const isUnsaved = (one) => one.value.trim() !== one.dataset.saved;
export const isDirty = (row) => fieldsOf(row).some(isUnsaved) || row.querySelector('[name^="keep-"]:checked') !== null;
export const isWaiting = (row) => isDirty(row) || Boolean(states.get(row.id)?.busy);
const hasFocus = (row) => row.contains(document.activeElement);
export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, number) => values[number - 1]);
const alertOf = (name) => form.querySelector(`[data-alert="${name}"]`);
const nameOf = (one) => one.getAttribute("aria-label") || one.labels[0].textContent.trim();

// What is said

let quiet = 0;
export async function quietly(deed) {
  quiet += 1;
  await deed();
  quiet -= 1;
}
export function announce(text) {
  if (!quiet) form.querySelector("[data-live]").textContent = text;
}
export function mark(row, text) {
  row.querySelector("[data-status]").textContent = text;
}
function problemIn(one) {
  return `${nameOf(one)}: ${byId(`${one.id}-error`).textContent}`;
}
function showErrors() {
  const items = [...form.querySelectorAll('[aria-invalid="true"]')].map((one) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { className: "ds-link", href: `#${one.id}` });
    link.textContent = problemIn(one);
    item.append(link);
    return item;
  });
  summary.querySelector("ul").replaceChildren(...items);
  summary.hidden = !items.length;
}
function progress() {
  const text = fill(words.progressOf, form.querySelectorAll("[data-answered]").length, rows().length);
  for (const place of document.querySelectorAll("[data-progress]")) place.textContent = text;
}

// What stands in this browser

export function keep(row) {
  const kept = fieldsOf(row)
    .filter(isUnsaved)
    .map((one) => [one.name, one.value, row.querySelector(`[name="base-${one.name}"]`).value]);
  try {
    if (kept.length) localStorage.setItem(store + row.id, JSON.stringify(kept));
    else localStorage.removeItem(store + row.id);
  } catch {
    return; // full, or not allowed: then there is the warning on leaving the page
  }
}
function keptOf(row) {
  try {
    return JSON.parse(localStorage.getItem(store + row.id) || "[]");
  } catch {
    return [];
  }
}
export function isKept(row) {
  const kept = keptOf(row);
  return fieldsOf(row).filter(isUnsaved).every((one) => kept.some(([name, text]) => name === one.name && text === one.value));
}
// A field that the row does not show now: what a miss asked for, or any field when the report is locked.
function addHidden(row, name) {
  const [one, base] = [document.createElement("input"), document.createElement("input")];
  for (const input of [one, base]) input.type = "hidden";
  Object.assign(one.dataset, { field: "hidden", saved: "" });
  [one.name, base.name] = [name, `base-${name}`];
  row.querySelector("th").append(one, base);
  return one;
}
export function restore(row) {
  for (const [name, text, base] of keptOf(row)) {
    const one = row.querySelector(`[name="${name}"]`) || addHidden(row, name);
    if (one.dataset.saved === text.trim()) continue;
    one.value = text;
    row.querySelector(`[name="base-${name}"]`).value = base;
  }
  keep(row);
  if (!isDirty(row)) return;
  mark(row, words.unsaved);
  alertOf("restored").hidden = false;
  if (!field(row, "value")) save(row); // locked: the server keeps it
}

// Saving

function bodyOf(row) {
  const body = new FormData();
  for (const one of row.querySelectorAll("input, textarea")) {
    if (one.type !== "radio" || one.checked) body.set(one.name, one.value);
  }
  return body;
}
const print = (row) => JSON.stringify([...bodyOf(row)]);

// One save at a time for each row; what has been refused is not sent again until it is changed.
export function save(row, { again = false } = {}) {
  const state = states.get(row.id) || states.set(row.id, {}).get(row.id);
  if (state.busy) {
    state.next = true;
    return state.busy;
  }
  if (!isDirty(row) || (!again && state.refused === print(row))) return Promise.resolve();
  state.busy = send(row.id, state).finally(() => {
    const isNext = state.next && !hasFocus(byId(row.id));
    Object.assign(state, { busy: null, next: false });
    return isNext ? save(byId(row.id)) : undefined;
  });
  return state.busy;
}
export async function saveAll(chosen = rows(), options = { again: true }) {
  await Promise.all(chosen.map((row) => save(row, options)));
}
export function tryLater() {
  saveAll(rows().filter((row) => !hasFocus(row)));
}
async function send(id, state, isRetry = false) {
  const row = byId(id);
  const [body, sent] = [bodyOf(row), print(row)];
  keep(row);
  mark(row, words.saving);
  try {
    const headers = { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]").value };
    const request = { method: "POST", body, headers, keepalive: sent.length < SMALL };
    const answer = await fetch(row.dataset.saveUrl, request);
    if (answer.status === FORBIDDEN && !isRetry) {
      return (await renewToken()) ? await send(id, state, true) : failed(row, "session");
    }
    if ([OK, CONFLICT, INVALID, LOCKED].includes(answer.status)) {
      return accept(id, answer.status, await answer.text(), sent, state);
    }
    return failed(row, { [UNAUTHORISED]: "session", [FORBIDDEN]: "refused" }[answer.status] || "offline");
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    return failed(row, "offline");
  }
}
// A new login, perhaps in another tab, has made the page's token worthless. False when it was no login of this person.
async function renewToken() {
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
  const theirs = page.getElementById("report-form");
  if (theirs?.dataset.user !== form.dataset.user) return false;
  const token = theirs.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = token;
  return true;
}
function failed(row, why) {
  keep(row);
  mark(byId(row.id), words.unsaved);
  alertOf(why).hidden = false;
  clearTimeout(retry);
  if (why === "offline") retry = setTimeout(tryLater, RETRY_AFTER);
}
function accept(id, status, html, sent, state) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const [old, fresh] = [byId(id), template.content.querySelector("[data-row]")];
  state.refused = status === OK ? null : print(fresh);
  carry(old, fresh, Object.fromEntries(JSON.parse(sent)));
  steadily(() => {
    if (hasFocus(old) && status !== LOCKED) merge(old, fresh);
    else replace(old, fresh);
    tell(byId(id), status);
  });
}
// The field with the cursor stays where it is on the screen, whatever comes or goes above it.
function steadily(change) {
  const one = document.activeElement;
  const top = one.getBoundingClientRect().top;
  change();
  if (one.dataset.field && one.isConnected) window.scrollBy(0, one.getBoundingClientRect().top - top);
}
// What was typed while the answer was on its way stays.
function carry(old, fresh, sent) {
  for (const one of fieldsOf(old)) {
    const next = fresh.querySelector(`[name="${one.name}"]`);
    if (next && one.value !== sent[one.name]) next.value = one.value;
  }
}
function replace(old, fresh) {
  const hadFocus = hasFocus(old);
  old.replaceWith(fresh);
  if (hadFocus) {
    fresh.tabIndex = -1;
    fresh.focus();
  }
}
// The person is in the row: the field with the cursor stays the same element, all else is replaced around it.
function merge(old, fresh) {
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const mine = old.querySelector(`[data-part="${part.dataset.part}"]`);
    if (mine && !hasFocus(mine)) mine.replaceWith(part);
    else if (mine && document.activeElement.dataset.field) refit(mine, document.activeElement, part);
  }
  for (const extra of ["[data-explanation]", "[data-kept]"]) {
    const [mine, theirs] = [old.querySelector(extra), fresh.querySelector(extra)];
    if (theirs && !mine) old.append(theirs);
    else if (mine && !theirs && !hasFocus(mine)) mine.remove();
  }
  for (const name of ["data-answered", "data-lacks"]) old.toggleAttribute(name, fresh.hasAttribute(name));
  old.className = fresh.className;
}
function refit(mine, one, part) {
  const fresh = part.querySelector("[data-field]");
  if (one.value !== fresh.value) one.value = fresh.value;
  for (const name of ["data-saved", "aria-invalid", "aria-describedby"]) {
    if (fresh.hasAttribute(name)) one.setAttribute(name, fresh.getAttribute(name));
    else one.removeAttribute(name);
  }
  for (const other of [...mine.children]) if (other !== one) other.remove();
  for (const other of [...part.children]) if (other !== fresh) mine.append(other);
}
function tell(row, status) {
  if (status === OK || status === LOCKED) keep(row);
  for (const name of ["session", "offline", "refused"]) alertOf(name).hidden = true;
  if (status === LOCKED) alertOf("locked").hidden = false;
  if (!rows().some(isDirty)) alertOf("restored").hidden = true;
  showErrors();
  progress();
  const wrong = row.querySelector('[aria-invalid="true"]');
  const asks = row.hasAttribute("data-lacks") ? ` ${words.asks}` : "";
  if (status === OK) announce(`${row.querySelector("[data-status]").textContent.trim()}.${asks}`);
  else if (wrong) announce(problemIn(wrong));
}
