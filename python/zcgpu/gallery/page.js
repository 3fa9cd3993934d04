"use strict";
{
  const find = (id) => document.getElementById(id);
  const cards = Array.from(document.querySelectorAll("article"), (card) => ({
    card,
    kind: card.dataset.kind,
    states: card.dataset.states.split(" "),
    categories: JSON.parse(card.dataset.categories),
    name: card.querySelector("h2").textContent,
    text: card.dataset.text,
    cost: Number(card.dataset.cost),
    compile: Number(card.dataset.compile),
  }));
  const chosen = (group) =>
    Array.from(find(group).querySelectorAll('[aria-pressed="true"]'), (button) => button.value);

  function filter() {
    const words = find("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = chosen("kinds");
    const states = chosen("states");
    const category = find("category").value;
    let shown = 0;
    for (const it of cards) {
      const fits =
        words.every((word) => it.text.includes(word)) &&
        (!kinds.length || kinds.includes(it.kind)) &&
        (!states.length || states.some((state) => it.states.includes(state))) &&
        (!category || it.categories.includes(category));
      it.card.hidden = !fits;
      shown += fits;
    }
    find("count").textContent =
      shown === cards.length ? `${shown} shown` : `${shown} of ${cards.length} shown`;
    find("none").hidden = shown > 0;
  }

  function sort() {
    const by = find("order").value;
    const names = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
    cards.sort((a, b) => (by === "name" ? 0 : b[by] - a[by]) || names.compare(a.name, b.name));
    find("cards").append(...cards.map((it) => it.card));
  }

  for (const group of ["kinds", "states"]) {
    find(group).addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  find("search").addEventListener("input", filter);
  find("category").addEventListener("change", filter);
  find("order").addEventListener("change", sort);
  find("controls").addEventListener("submit", (event) => event.preventDefault());
  find("clear").addEventListener("click", () => {
    find("controls").reset();
    for (const button of document.querySelectorAll('[aria-pressed="true"]')) {
      button.setAttribute("aria-pressed", "false");
    }
    sort();
    filter();
    find("search").focus();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      find("search").focus();
    } else if (event.key === "Escape" && event.target === find("search")) {
      find("search").value = "";
      filter();
    }
  });
  sort();
  filter(); // a browser that comes back to the page keeps what was typed
}
