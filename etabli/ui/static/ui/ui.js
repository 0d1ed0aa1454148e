// The little that HTML does not do by itself. Every page works without this file.

// Coming back to a page, its choices are those of the figures that it shows, not those made before leaving it.
const restored = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";
addEventListener("pageshow", (event) => {
  if (!event.persisted && !restored()) return;
  for (const form of document.querySelectorAll("form[data-as-sent]")) form.reset();
});

// A link to an anchor inside a closed <details> opens it.
const reveal = () => document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
addEventListener("hashchange", reveal);
reveal();

// A security key that does not answer is said beside its button.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("[data-key-refusal]")?.removeAttribute("hidden");
});

// Whoever logs out leaves nothing of theirs in this browser (see the diary).
addEventListener("submit", (event) => {
  if (event.target.getAttribute("action")?.endsWith("/deconnexion/")) indexedDB.deleteDatabase("carnet");
});

// On the committee's screen, the arrows and Escape follow the links of the page.
const KEYS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "prev", PageUp: "prev", Escape: "up" };
addEventListener("keydown", (event) => {
  if (!document.querySelector("[data-slides]") || event.altKey || event.ctrlKey || event.metaKey) return;
  document.querySelector(`[data-slides] a[rel="${KEYS[event.key]}"]`)?.click();
});
