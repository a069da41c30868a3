// What a page gains with JavaScript. Without it every form still works.
document.documentElement.classList.add("js");

// Role and seniority change the whole page, not only the ranking.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-reload]")) {
    event.stopPropagation();
    const form = event.target.form;
    for (const slider of form.querySelectorAll("[data-usual]")) slider.disabled = true;
    form.submit();
  }
}, true);

// A slider says its value, and whether it differs from the rubric's; what does not differ is not sent.
const told = (slider) => {
  const label = slider.closest("label");
  label.querySelector("output").value = slider.value;
  label.classList.toggle("changed", slider.value !== slider.dataset.usual);
};
document.addEventListener("input", (event) => {
  if (event.target.matches("[data-usual]")) told(event.target);
});
document.addEventListener("htmx:configRequest", (event) => {
  const sent = event.detail.parameters;
  for (const slider of document.querySelectorAll("[data-usual]")) {
    if (slider.value === slider.dataset.usual) delete sent[slider.name];
  }
  for (const [name, value] of Object.entries(sent)) if (value === "" || name === "role" || name === "of") delete sent[name];
});

// A change that was not sent yet is not imported, and not dropped either.
document.addEventListener("input", (event) => {
  if (!event.target.closest("[data-unsent]") || event.target.matches("[data-filter]")) return;
  for (const button of document.querySelectorAll("[data-seen]")) button.disabled = true;
  document.querySelector("#unseen")?.removeAttribute("hidden");
});

// Of many columns, show those that hold a text.
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-filter]")) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of document.querySelectorAll(event.target.dataset.filter)) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  if (wanted) for (const fold of event.target.form.querySelectorAll(":scope > details")) fold.open = true;
});

// An answer that is no such screen (the upload is gone, the session over) takes the whole page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (detail.target.id !== "screen" || detail.serverResponse.includes('id="screen"')) return;
  detail.shouldSwap = true;
  detail.isError = false;
  detail.target = document.querySelector("#main");
  detail.selectOverride = "#main";
});

// Drop a file anywhere on the zone; it goes on its way at once, and says how far it is.
for (const form of document.querySelectorAll("[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const progress = form.querySelector("progress");
  for (const kind of ["dragover", "dragenter"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; form.requestSubmit(); }
  });
  input.addEventListener("change", () => { if (input.files.length) form.requestSubmit(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const [file] = input.files;
    const wrong = form.querySelector(".wrong");
    wrong.hidden = !file || file.size <= Number(form.dataset.most);
    if (!wrong.hidden) {
      wrong.textContent = `${file.name} is too large: it has ${Math.ceil(file.size / 1048576)} MiB. Split it, or take out sheets and pictures.`;
      return;
    }
    progress.hidden = false;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (at) => { if (at.lengthComputable) progress.value = (100 * at.loaded) / at.total; });
    request.addEventListener("load", () => {
      const next = request.getResponseHeader("HX-Redirect");
      if (next) { location.assign(next); return; }
      document.open(); document.write(request.responseText); document.close();
    });
    request.addEventListener("error", () => { document.querySelector("#lost").hidden = false; progress.hidden = true; });
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.send(new FormData(form));
  });
}

for (const kind of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(kind, () => { document.querySelector("#lost").hidden = false; });
}
// The ranking is swapped as a whole: who was chosen to compare stays so, and what stays in place tells a screen reader.
let chosen = [];
document.addEventListener("htmx:beforeSwap", () => {
  chosen = [...document.querySelectorAll("#ranking [name=id]:checked")].map((box) => box.value);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const box of document.querySelectorAll("#ranking [name=id]")) box.checked = chosen.includes(box.value);
  const told = document.querySelector("#told");
  const news = document.querySelectorAll("#ranked, #ranking .notice, #ranking .empty, #scorable");
  if (told) told.textContent = [...news].map((one) => one.textContent.trim()).join(". ");
});
document.addEventListener("htmx:afterOnLoad", (event) => { document.querySelector("#lost").hidden = event.detail.successful; });
