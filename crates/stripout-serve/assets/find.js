// Finds names where no server does: every word wanted must start a word of the name. The list from A to Z works without it.
"use strict";

const MOST = 50;
const field = document.getElementById("q");
const told = document.getElementById("told");
const hits = document.getElementById("hits");
const names = document.getElementById("names").href;

const words = (text) => text.toLowerCase().replace(/['\u2019]/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);

function entry(one) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(`${one.folder}/${encodeURIComponent(one.id)}.html`, names);
  link.textContent = one.name;
  const about = document.createElement("span");
  about.className = "quiet";
  about.textContent = one.about;
  item.append(link, " ", about);
  for (const [look, said] of one.statuses ?? []) {
    const tag = document.createElement("span");
    tag.className = `tag ${look}`;
    tag.textContent = said;
    item.append(" ", tag);
  }
  if (one.folder === "bodies" && !one.statuses) {
    const nothing = document.createElement("span");
    nothing.className = "quiet";
    nothing.textContent = " \u00b7 nothing known";
    item.append(nothing);
  }
  return item;
}

function show(all) {
  const wanted = words(field.value);
  const fits = (one) => wanted.every((word) => one.words.some((part) => part.startsWith(word)));
  const found = wanted.length ? all.filter(fits).sort((a, b) => a.name.length - b.name.length) : [];
  hits.replaceChildren(...found.slice(0, MOST).map(entry));
  const postcode = /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i.test(field.value.trim());
  if (postcode) {
    told.textContent = "This copy has no directory of postcodes. Search for the council, or choose a region below.";
    return;
  }
  told.textContent = !wanted.length ? "" : found.length > MOST ? `${found.length} names, the first ${MOST} of them: add a word.` : `${found.length} found`;
}

async function start() {
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  const index = await (await fetch(names)).json();
  const all = ["bodies", "makers", "labels"].flatMap((folder) =>
    index[folder].map((one) => ({ ...one, folder, words: words(`${one.name} ${one.about}`) })));
  field.addEventListener("input", () => show(all));
  show(all);
}

start().catch(() => { told.textContent = "The names could not be fetched: the list below has them all."; });
