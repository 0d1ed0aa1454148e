// The little that HTML does not do by itself. Every page works without this file.

// A select marked data-submit sends its form when it changes: the button is then useless.
document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-submit]")) event.target.form.requestSubmit();
});
for (const button of document.querySelectorAll("form[data-submit] [type=submit]")) button.hidden = true;

// A link to an anchor inside a closed <details> opens it.
const reveal = () => document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
addEventListener("hashchange", reveal);
reveal();
