/* Asks the browser for a passkey and sends its answer with the form that asked. */
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const signs = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const passkeyAsked = (options) => {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.allowCredentials, options.excludeCredentials]) {
    for (const one of list || []) one.id = bytes(one.id);
  }
  return options;
};

const passkeyAnswer = (made) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = signs(made.response[name]);
  }
  return JSON.stringify({ id: made.id, rawId: signs(made.rawId), type: made.type, response, clientExtensionResults: {} });
};

addEventListener("DOMContentLoaded", () => {
  if (!window.PublicKeyCredential) return;
  for (const one of document.querySelectorAll("form[data-passkey], [data-passkey-join]")) one.hidden = false;
});

addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.passkey || form.elements.answer.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = true;
  try {
    const found = await fetch(form.dataset.passkey, { headers: { Accept: "application/json" } });
    const publicKey = passkeyAsked(await found.json());
    const made = await navigator.credentials[form.dataset.passkeyKind]({ publicKey });
    form.elements.answer.value = passkeyAnswer(made);
    form.submit();
  } catch {
    fault.hidden = false;
  }
}, true);

addEventListener("click", async (event) => {
  const box = event.target.closest("button") && event.target.closest("[data-passkey-join]");
  if (!box) return;
  const form = box.closest("form");
  const { handle, email, passkey } = form.elements;
  if (!handle.reportValidity() || !email.reportValidity()) return;
  const fault = box.querySelector(".field-fault");
  fault.hidden = true;
  try {
    const found = await fetch(`${box.dataset.passkeyJoin}?handle=${encodeURIComponent(handle.value)}`, { headers: { Accept: "application/json" } });
    const made = await navigator.credentials.create({ publicKey: passkeyAsked(await found.json()) });
    passkey.value = passkeyAnswer(made);
    form.submit();
  } catch {
    fault.hidden = false;
  }
});
