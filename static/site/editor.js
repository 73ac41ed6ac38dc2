// The text editor in Norwegian, and with a name that a screen reader can say. The page works without it.

const WORDS = {
  bold: "Halvfet",
  italic: "Kursiv",
  bulletList: "Punktliste",
  orderedList: "Nummerert liste",
  link: "Sett inn lenke",
  unlink: "Fjern lenke",
  "history:undo": "Angre",
  "history:redo": "Gjør om",
  "Edit Link": "Lenke",
  URL: "Adresse",
  Title: "Tittel",
  Update: "Sett inn",
  Cancel: "Avbryt",
};

// The editor writes a style sheet into the page, which the policy refuses; it leaves that when it finds one already. This
// is none that a browser applies. The rules stand in editing.css.
const found = document.createElementNS(null, "style");
found.setAttribute("data-tiptap-style", "");
document.head.append(found);

window.gettext = (text) => WORDS[text] || text;

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const field = editor.view.dom;
  field.setAttribute("aria-label", textarea.labels[0]?.firstChild.textContent.trim() || "");
  field.setAttribute("lang", document.documentElement.lang);
  for (const button of textarea.closest(".prose-editor").querySelectorAll("button[data-name]")) {
    const name = WORDS[button.dataset.name];
    if (name) {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }
});
