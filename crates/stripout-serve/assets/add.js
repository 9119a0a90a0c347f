// Says how far files have come while they are sent, and takes those that are dropped on the page. The form works without it.
"use strict";

const form = document.getElementById("add");
const field = document.getElementById("files");
const chosen = document.getElementById("chosen");
const sending = document.getElementById("sending");
const bar = document.getElementById("sent");
const told = document.getElementById("told");

const size = (bytes) => {
  const units = ["B", "kB", "MB", "GB"];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) { bytes /= 1000; unit += 1; }
  return `${unit ? bytes.toFixed(1) : bytes} ${units[unit]}`;
};

function list() {
  const all = [...field.files];
  const sum = all.reduce((bytes, file) => bytes + file.size, 0);
  const names = all.slice(0, 3).map((file) => file.name).join(", ");
  chosen.textContent = all.length ? `${names}${all.length > 3 ? ` and ${all.length - 3} more` : ""}: ${size(sum)}` : "";
}

function trouble(words) {
  sending.hidden = true;
  form.querySelector("button").disabled = false;
  const box = document.getElementById("trouble");
  box.hidden = false;
  box.querySelector("p").textContent = words;
  box.focus();
}

function send(event) {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  let tenth = -1;
  request.upload.addEventListener("progress", (at) => {
    if (!at.lengthComputable) return;
    bar.max = at.total;
    bar.value = at.loaded;
    // Read aloud at every tenth, not at every packet.
    const now = Math.floor((at.loaded * 10) / at.total);
    if (now !== tenth) {
      tenth = now;
      told.textContent = now === 10 ? "All is sent. Reading begins." : `${size(at.loaded)} of ${size(at.total)} sent`;
    }
  });
  request.addEventListener("load", () => {
    if (request.status < 400) { location.assign(request.responseURL); return; }
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    trouble(answer.querySelector("main p")?.textContent ?? `The files were not taken (${request.status}).`);
  });
  request.addEventListener("error", () => trouble("The connection ended before all was sent. Nothing was read; send the files again."));
  document.getElementById("trouble").hidden = true;
  sending.hidden = false;
  form.querySelector("button").disabled = true;
  request.send(new FormData(form));
}

const over = (is) => (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  form.classList.toggle("over", is);
};

form.addEventListener("submit", send);
field.addEventListener("change", list);
document.addEventListener("dragover", over(true));
document.addEventListener("dragleave", over(false));
document.addEventListener("drop", (event) => {
  over(false)(event);
  if (event.dataTransfer?.files.length) { field.files = event.dataTransfer.files; list(); field.focus(); }
});
