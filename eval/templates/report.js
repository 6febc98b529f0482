"use strict";
// The state of the filters stands in the address (#layer=time&kind=missed), so that a view can be passed on.
const filters = document.getElementById("filters");
const list = document.getElementById("list");
const bulletins = [...list.children];
const worstFirst = [...bulletins].sort((a, b) => a.dataset.figure - b.dataset.figure);
const patterns = [...document.querySelectorAll(".patterns tbody tr")];
const note = document.getElementById("note");
const FIRST = 25;

function state() {
  return Object.fromEntries(new FormData(filters));
}

function apply() {
  const now = state();
  const words = now.words.trim().toLowerCase();
  const fits = (row) =>
    (now.layer === "all" || row.dataset.g === now.layer) && (now.kind === "all" || row.dataset.k === now.kind);
  document.body.dataset.layer = now.layer;
  document.body.dataset.kind = now.kind;

  let late = 0;
  for (const row of patterns) {
    row.hidden = !fits(row);
    if (!row.hidden) late += 1;
    row.classList.toggle("late", !row.hidden && late > FIRST);
  }
  document.getElementById("more").hidden = late <= FIRST;

  const narrowed = now.layer !== "all" || now.kind !== "all";
  let shown = 0, errors = 0;
  for (const bulletin of bulletins) {
    let number = 0;
    for (const row of bulletin.querySelectorAll(".faults tbody tr")) {
      row.hidden = !fits(row);
      if (!row.hidden) number += 1;
    }
    bulletin.querySelector(".tally b").textContent = number;
    bulletin.hidden =
      (narrowed && number === 0) ||
      ((now.bureau ?? "all") !== "all" && bulletin.dataset.bureau !== now.bureau) ||
      ((now.genre ?? "all") !== "all" && bulletin.dataset.genre !== now.genre) ||
      (words !== "" && !bulletin.textContent.toLowerCase().includes(words));
    if (!bulletin.hidden) { shown += 1; errors += number; }
  }
  if (list.dataset.order !== now.order) {
    list.dataset.order = now.order;
    list.append(...(now.order === "worst" ? worstFirst : bulletins));
  }
  document.getElementById("count").textContent = `${errors} errors in ${shown} of ${bulletins.length} bulletins`;
}

function remember() {
  const kept = Object.entries(state()).filter(([name, value]) => value !== "" && value !== "all" && value !== "name");
  history.replaceState(null, "", kept.length ? "#" + new URLSearchParams(kept) : location.pathname + location.search);
}

function recall() {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    const field = filters.elements.namedItem(name);
    if (field && (field.tagName !== "SELECT" || [...field.options].some((o) => o.value === value))) field.value = value;
  }
}

function open(name) {
  const bulletin = bulletins.find((b) => b.dataset.name === name);
  if (!bulletin) return;
  bulletin.hidden = false;
  bulletin.open = true;
  bulletin.scrollIntoView({ block: "start" });
}

function tell(mark) {
  for (const old of document.querySelectorAll("mark.on")) old.classList.remove("on");
  note.hidden = !mark;
  if (!mark) return;
  mark.classList.add("on");
  note.querySelector("p").textContent = mark.dataset.note;
}

filters.addEventListener("input", () => { apply(); remember(); });
filters.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("hashchange", () => { recall(); apply(); });
document.getElementById("more").addEventListener("click", (event) => {
  document.querySelector(".patterns").classList.add("all");
  event.target.remove();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-open]");
  if (link) { event.preventDefault(); open(link.dataset.open); return; }
  if (event.target.closest("#note button")) { tell(null); return; }
  const mark = event.target.closest(".text mark");
  if (mark) tell(mark);
});
recall();
apply();
