// Typing a unit's report: the cursor goes down, a column can be pasted, and each row is saved when it is left. Without this
// script the page is one form with one button.

import {
  announce, field, fill, form, isDirty, isKept, isWaiting, keep, mark, quietly, restore, rowOf, rows, save,
  saveAll, tryLater, words,
} from "./report_saving.js";

const ORDER = ["value", "forecast", "comment", "cause", "action", "expected"];
const COLUMNS = ["value", "forecast"];
const counted = (name, number) => fill(words[number === 1 ? `${name}One` : name], number);

// The keyboard

function step(one, by) {
  const column = COLUMNS.includes(one.dataset.field) ? one.dataset.field : "value";
  const all = [...form.querySelectorAll(`[data-field="${column}"]`)];
  return all[all.indexOf(field(rowOf(one), column)) + by];
}
function beside(one, by) {
  const there = ORDER.map((kind) => field(rowOf(one), kind)).filter(Boolean);
  return there[there.indexOf(one) + by];
}
function goalOf(one, { key, shiftKey }) {
  const { selectionStart: start, selectionEnd: end, value } = one;
  const isCell = COLUMNS.includes(one.dataset.field);
  const isWhole = start === 0 && end === value.length;
  if (key === "Tab") return one.dataset.field === "value" ? step(one, shiftKey ? -1 : 1) : null;
  if (key === "Enter" && !one.matches("textarea")) return step(one, shiftKey ? -1 : 1) || one;
  if (shiftKey) return null;
  if (isCell && key === "ArrowDown") return step(one, 1);
  if (isCell && key === "ArrowUp") return step(one, -1);
  if (key === "ArrowRight" && end === value.length && (start === end || isWhole)) return beside(one, 1);
  if (key === "ArrowLeft" && start === 0 && (start === end || isWhole)) return beside(one, -1);
  return null;
}
form.addEventListener("keydown", (event) => {
  const one = event.target;
  if (!one.dataset.field || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const goal = goalOf(one, event);
  if (!goal) return;
  event.preventDefault();
  goal.focus();
  if (goal.matches("input")) goal.select();
  if (goal === one) save(rowOf(one));
});
// «m» is finished to «Måles ikke» with the rest selected, so that other words can still be typed.
form.addEventListener("input", ({ target, inputType }) => {
  const row = rowOf(target);
  if (target.dataset.field) mark(row, "");
  if (target.dataset.field !== "value" || !inputType?.startsWith("insert") || !/^m$/i.test(target.value)) return;
  target.value = words.notMeasured;
  target.setSelectionRange(1, target.value.length);
});
form.addEventListener("click", ({ target }) => {
  if (target.closest("[data-retry]")) saveAll();
  if (!target.closest("[data-unmeasured]")) return;
  const one = field(rowOf(target), "value");
  one.value = words.notMeasured;
  one.focus();
  save(rowOf(one));
});
form.addEventListener("focusout", ({ target, relatedTarget }) => {
  const row = rowOf(target);
  // Still the active element: it is the window that is left, perhaps to look up a number.
  if (row && document.activeElement !== target && !row.contains(relatedTarget)) save(row);
});

// A column, or two, from a spreadsheet

form.addEventListener("paste", async (event) => {
  const start = event.target;
  const first = COLUMNS.indexOf(start.dataset.field);
  const text = event.clipboardData.getData("text").replace(/[\r\n]+$/, "");
  const lines = text.split(/\r?\n/).map((line) => line.split("\t").map((cell) => cell.trim()));
  if (first < 0 || (lines.length === 1 && lines[0].length === 1)) return;
  event.preventDefault();
  const below = rows().filter((row) => field(row, "value"));
  const from = below.indexOf(rowOf(start));
  const place = (typed, down, right) => ({ row: below[from + down], kind: COLUMNS[first + right], typed });
  const full = lines.flatMap((line, down) => line.map((cell, right) => place(cell, down, right))).filter((one) => one.typed);
  const placed = full.filter(({ row, kind }) => kind && field(row, kind));
  for (const { row, kind, typed } of placed) field(row, kind).value = typed;
  await quietly(() => saveAll([...new Set(placed.map(({ row }) => row))]));
  const rest = full.length - placed.length;
  announce([counted("pasted", placed.length), rest ? counted("leftOut", rest) : ""].join(" "));
});

// Leaving, and coming back

document.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  const isOurs = target === form;
  if (!target.closest("main") || (!isOurs && !rows().some(isWaiting))) return;
  event.preventDefault(); // the report must not be handed in before its last row is saved
  await saveAll();
  const left = rows().find(isDirty);
  if (left) (left.querySelector('[aria-invalid="true"]') || field(left, "value"))?.focus();
  else if (isOurs) announce(`${words.allSaved}.`);
  else target.requestSubmit(submitter);
});
// A link to a row that lacks something leads to the field that is empty.
document.addEventListener("click", ({ target }) => {
  const row = document.querySelector(target.closest('a[href^="#row-"]')?.hash || "_");
  const empty = row && ["cause", "action", "expected", "value"].map((kind) => field(row, kind)).find((one) => one && !one.value);
  setTimeout(() => empty?.focus());
});
document.addEventListener("visibilitychange", () => rows().filter(isDirty).forEach(keep));
window.addEventListener("online", tryLater);
window.addEventListener("beforeunload", (event) => {
  const dirty = rows().filter(isDirty);
  if (dirty.some((row) => !isKept(row))) event.preventDefault();
  dirty.forEach(keep);
});

form.classList.add("is-scripted");
rows().forEach(restore);
