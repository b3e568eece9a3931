{% include "keys.js" %}
const most = 50;
const field = document.getElementById("q");
const results = document.getElementById("results");
const all = document.getElementById("all");
const index = JSON.parse(document.getElementById("index").textContent);
const vocabulary = index.words.split(" ");
const places = index.places.split(";");
const items = Array.from(all.querySelectorAll("li"));
const ends = /^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu;
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
const names = items.map((item) =>
  Array.from(item.querySelectorAll("a, code, .name"), (each) => fold(each.textContent)));

function withWord(word) {
  const found = new Set();
  vocabulary.forEach((known, at) => {
    if (known.includes(word)) {
      let place = 0;
      for (const step of places[at].split(" ")) {
        place += parseInt(step, 36);
        found.add(place);
      }
    }
  });
  return found;
}

function rank(at, whole, words) {
  const own = names[at];
  if (own.includes(whole)) return 0;
  if (own.some((name) => name.startsWith(whole))) return 1;
  return words.every((word) => own.some((name) => name.includes(word))) ? 2 : 3;
}

function search() {
  const typed = fold(field.value).split(/\s+/).filter(Boolean);
  const words = typed.map((word) => word.replace(ends, "")).filter(Boolean);
  const none = words.length === 0;
  all.hidden = !none;
  results.hidden = none;
  results.replaceChildren();
  const status = document.getElementById("found");
  status.textContent = "";
  if (none) return;
  let found = null;
  for (const word of words) {
    const here = withWord(word);
    found = found === null ? here : new Set([...found].filter((at) => here.has(at)));
  }
  const whole = typed.join(" ");
  const ranked = [...found].map((at) => [rank(at, whole, words), at]);
  ranked.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  for (const [, at] of ranked.slice(0, most)) results.append(items[at].cloneNode(true));
  const count = ranked.length;
  status.textContent = count === 0 ? "Nothing found."
    : count > most ? `${count} records; the first ${most} are shown.`
    : count === 1 ? "1 record." : `${count} records.`;
}

function move(event) {
  const links = Array.from(results.querySelectorAll("a"));
  const at = links.indexOf(document.activeElement);
  const here = at >= 0 || document.activeElement === field;
  if (event.key === "Escape" && at >= 0) {
    field.select();
  } else if (here && event.key === "ArrowDown" && links.length > at + 1) {
    links[at + 1].focus();
  } else if (at === 0 && event.key === "ArrowUp") {
    field.focus();
  } else if (at > 0 && event.key === "ArrowUp") {
    links[at - 1].focus();
  } else {
    return;
  }
  event.preventDefault();
}

field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const first = results.querySelector("a");
  if (first) first.focus();
});
field.addEventListener("input", search);
document.addEventListener("keydown", move);
field.value = new URLSearchParams(location.search).get("q") || field.value;
search();
