// What is noted without network, or after the session has ended, waits in this browser and goes by itself.
// One box per account: `data-diary` holds its number. Nothing secret is kept: the token is that of the page of the day.
const form = document.querySelector("form[data-diary]");
const account = form?.dataset.diary;
const status = document.querySelector("[data-diary-status]");

const box = new Promise((resolve, reject) => {
  const opening = indexedDB.open("carnet", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("actes", { keyPath: "key" });
  opening.onsuccess = () => {
    opening.result.onversionchange = () => opening.result.close(); // somebody logs out: see ui.js
    resolve(opening.result);
  };
  opening.onerror = () => reject(opening.error);
});
const inBox = async (mode, work) => {
  const store = (await box).transaction("actes", mode).objectStore("actes");
  return new Promise((resolve, reject) => {
    const asked = work(store);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
};
const waiting = async () => (await inBox("readonly", (store) => store.getAll())).filter((one) => one.account === account);

const say = (text, link) => {
  const line = document.createElement("p");
  line.className = "notice";
  line.append(text);
  if (link) {
    const way = document.createElement("a");
    way.href = link;
    way.textContent = "Se reconnecter";
    line.append(" ", way);
  }
  status.replaceChildren(line);
};
const told = (count) => (count > 1 ? `${count} actes sont gardés` : "Un acte est gardé") + " sur cet appareil, tant que vous ne vous déconnectez pas";

// "sent", "refused" (the form says why), "login", or "lost" when there is no network
const send = async (fields) => {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.status === 201) return "sent";
    if (answer.redirected || answer.status === 403) return "login";
    return answer.status === 422 ? "refused" : "lost";
  } catch {
    return "lost";
  }
};
const login = () => `/connexion/?next=${encodeURIComponent(location.pathname)}`;

const empty = async () => {
  let left = 0, sent = 0;
  for (const one of await waiting()) {
    const outcome = await send(one.fields);
    if (outcome === "sent") {
      sent += 1;
      await inBox("readwrite", (store) => store.delete(one.key));
    } else if (outcome === "refused") {
      await inBox("readwrite", (store) => store.delete(one.key));
      return fill(one.fields);
    } else {
      left += 1;
      if (outcome === "login") say(`${told(left)}. Votre session a pris fin.`, login());
      else say(`${told(left)}, sans réseau. L’envoi se fera tout seul.`);
    }
  }
  if (sent && !left) location.assign(`${location.pathname}?note=1`);
};

// A refused act comes back into the form, and the page says what is wrong with it.
const fill = (fields) => {
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (field && typeof value === "string" && name !== "csrfmiddlewaretoken") field.value = value;
  }
  form.submit();
};

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const outcome = await send(fields);
  if (outcome === "sent") return location.assign(`${location.pathname}?note=${form.elements.key.value}`);
  if (outcome === "refused") return form.submit();
  await inBox("readwrite", (store) => store.put({ key: form.elements.key.value, account, fields }));
  form.reset();
  form.elements.key.value = crypto.randomUUID();
  document.getElementById("propositions").replaceChildren();
  const count = (await waiting()).length;
  if (outcome === "login") say(`${told(count)}. Votre session a pris fin.`, login());
  else say(`${told(count)}, sans réseau. L’envoi se fera tout seul.`);
  scrollTo(0, 0);
});
addEventListener("online", empty);
if (form) empty();
