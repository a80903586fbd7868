"use strict";
// Rows are open as written; this closes them before the page is painted, and filters them.
document.documentElement.classList.add("scripted");
document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("filters");
  if (!form) return;
  const rows = Array.from(document.querySelectorAll("tr.row"), (row) => ({
    row,
    detail: row.nextElementSibling,
    button: row.querySelector("button.opener"),
    section: row.closest("section.project"),
    words: null,
  }));
  const sections = Array.from(document.querySelectorAll("section.project"));
  const shown = document.getElementById("shown");

  const open = (it, yes) => {
    it.detail.classList.toggle("opened", yes);
    it.button.setAttribute("aria-expanded", String(yes));
  };

  const words = (it) => {
    if (it.words === null) {
      const title = it.section.querySelector("h3").textContent;
      it.words = [title, it.row.textContent, it.detail.textContent].join("\n").toLowerCase();
    }
    return it.words;
  };

  const filter = () => {
    const { verdict, category, text, person } = form.elements;
    const asked = text.value.trim().toLowerCase();
    const filled = new Set();
    let count = 0;
    for (const it of rows) {
      const fits =
        (!verdict.value || it.row.dataset.verdict === verdict.value) &&
        (!category.value || it.row.dataset.category === category.value) &&
        (!person.checked || "person" in it.row.dataset) &&
        (!asked || words(it).includes(asked));
      it.row.hidden = it.detail.hidden = !fits;
      if (fits) {
        count += 1;
        filled.add(it.section);
      }
    }
    const asking = verdict.value || category.value || person.checked || asked;
    for (const section of sections) section.hidden = Boolean(asking) && !filled.has(section);
    document.getElementById("none-shown").hidden = count > 0;
    shown.textContent = shown.dataset.told.replace("{shown}", count).replace("{all}", rows.length);
  };

  const clear = () => {
    form.reset();
    filter();
  };

  const arrive = () => {
    const wanted = document.getElementById(location.hash.slice(1));
    if (!wanted) return;
    const it = rows.find((one) => one.row === wanted);
    if (wanted.hidden || wanted.closest("[hidden]")) {
      clear();
    }
    if (it) {
      open(it, true);
      it.button.focus({ preventScroll: true });
    }
    wanted.scrollIntoView();
  };

  for (const it of rows) open(it, false);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.opener");
    const it = button && rows.find((one) => one.button === button);
    if (it) open(it, button.getAttribute("aria-expanded") !== "true");
  });
  for (const kind of ["input", "change"]) form.addEventListener(kind, filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("clear").addEventListener("click", clear);
  const all = (yes) => () => rows.forEach((it) => it.row.hidden || open(it, yes));
  document.getElementById("open-all").addEventListener("click", all(true));
  document.getElementById("close-all").addEventListener("click", all(false));
  window.addEventListener("hashchange", arrive);
  filter(); // a browser that comes back to the page may have kept what was filled in
  arrive();
});
// What is folded away is printed all the same.
window.addEventListener("beforeprint", () => {
  for (const it of document.querySelectorAll("details")) it.open = true;
});
