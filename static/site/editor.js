// The text editor in the site's language, whose words stand in the page, and with a name that a screen reader can say.
// The page works without it.

const WORDS = JSON.parse(document.getElementById("editor-words").textContent);

// The editor writes a style sheet into the page, which the policy refuses; it leaves that when it finds one already. This
// is none that a browser applies. The rules stand in editing.css.
const found = document.createElementNS(null, "style");
found.setAttribute("data-tiptap-style", "");
document.head.append(found);

window.gettext = (text) => WORDS[text] || text;

function nameTools(box) {
  for (const button of box.querySelectorAll("button[data-name]")) {
    const name = WORDS[button.dataset.name];
    if (name && button.title !== name) {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }
}

document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const box = textarea.closest(".prose-editor");
  editor.view.dom.setAttribute("aria-label", textarea.labels[0]?.firstChild.textContent.trim() || "");
  editor.view.dom.setAttribute("lang", document.documentElement.lang);
  new MutationObserver(() => nameTools(box)).observe(box, { childList: true, subtree: true });
  nameTools(box);
});
