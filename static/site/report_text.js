// «Start fra denne teksten»: last period's text comes into the editor, after what is written there already, and can be
// undone. Without this the link opens the page again with the text in the field.

document.addEventListener("prose-editor:ready", ({ detail: { editor } }) => {
  for (const link of document.querySelectorAll("[data-start-from-previous]")) {
    const text = link.parentElement.previousElementSibling.innerHTML;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (editor.isEmpty) editor.commands.setContent(text, { emitUpdate: true });
      else editor.commands.insertContentAt(editor.state.doc.content.size, text);
      editor.commands.focus("end");
    });
  }
});
