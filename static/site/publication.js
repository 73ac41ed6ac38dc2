// On the pages of a version, which lie in caches for a year: asks whether a newer version has come. On the page of a
// figure, a table or a text: copies the way to cite it, with today's date. Without this the page says where the newest
// version is, and the text can be marked and copied.

for (const place of document.querySelectorAll("[data-newer]")) {
  fetch(place.dataset.newer)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .then((notice) => {
      if (notice.trim()) place.innerHTML = notice;
    })
    .catch(() => {}); // without a network the page stands as it was
}

const today = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
for (const text of document.querySelectorAll("[data-read]")) text.append(` ${text.dataset.read.replace("%s", today)}`);

function mark(text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent.trim());
      said.textContent = button.dataset.done;
    } catch {
      mark(text); // where the browser refuses, the text stands ready to be copied by hand
      said.textContent = button.dataset.refused;
    }
  });
}
