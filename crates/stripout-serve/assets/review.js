// Keys for the review, which can be changed and turned off. Whatever a key does, a button or a field does too.
"use strict";

const KEPT = "stripout.review.keys";
const things = [...document.querySelectorAll("[data-key]")];
const why = document.getElementById("why");
const kept = read();
/** The verdict that waits for its reason. */
let asking = null;

function read() {
  try {
    return { on: true, keys: {}, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
  } catch {
    return { on: true, keys: {} };
  }
}

const keyOf = (thing) => kept.keys[thing.dataset.name] ?? thing.dataset.key;

function act(thing) {
  if (thing.matches("input")) {
    const folded = thing.closest("details");
    if (folded) folded.open = true;
    thing.focus();
  } else if ("asks" in thing.dataset && why && !why.value.trim()) {
    asking = thing;
    why.placeholder = `${thing.dataset.name}: why? Then Enter`;
    why.focus();
  } else {
    thing.click();
  }
}

function show() {
  for (const thing of things.filter((it) => !it.matches("input"))) {
    thing.querySelector("kbd")?.remove();
    if (!kept.on) continue;
    const key = document.createElement("kbd");
    key.textContent = keyOf(thing);
    thing.append(" ", key);
  }
}

function settings() {
  const box = document.getElementById("keys");
  if (!box) return;
  box.hidden = false;
  const on = document.getElementById("keys-on");
  const keep = () => {
    localStorage.setItem(KEPT, JSON.stringify(kept));
    show();
  };
  on.checked = kept.on;
  on.addEventListener("change", () => {
    kept.on = on.checked;
    keep();
  });
  for (const thing of things) {
    const line = document.createElement("p");
    const label = document.createElement("label");
    const field = document.createElement("input");
    field.id = `key-${thing.dataset.name.toLowerCase()}`;
    field.maxLength = 1;
    field.value = keyOf(thing);
    field.autocomplete = "off";
    label.htmlFor = field.id;
    label.textContent = thing.dataset.name;
    field.addEventListener("change", () => {
      const key = field.value.trim() || thing.dataset.key;
      const taken = things.find((it) => it !== thing && keyOf(it) === key);
      // One key for two buttons would press the first of them.
      if (taken) {
        field.setCustomValidity(`"${key}" is the key of ${taken.dataset.name} already`);
        field.reportValidity();
        return;
      }
      field.setCustomValidity("");
      kept.keys[thing.dataset.name] = key;
      field.value = keyOf(thing);
      keep();
    });
    line.append(label, field);
    document.getElementById("keys-each").append(line);
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter" && event.target === why && asking && why.value.trim()) {
      event.preventDefault();
      asking.click();
    }
    return;
  }
  if (!kept.on || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  const thing = things.find((it) => keyOf(it) === event.key);
  if (!thing) return;
  event.preventDefault();
  act(thing);
});

document.getElementById("problem")?.focus();
settings();
show();
