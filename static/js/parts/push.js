/* Asks the browser to tell, only after a tap, and sends where it can be reached with the form. */
const pushBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const pushSigns = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const pushAsked = async (form) => {
  if (await Notification.requestPermission() !== "granted") throw new Error("no");
  await navigator.serviceWorker.register(form.dataset.worker);
  const worker = await navigator.serviceWorker.ready;
  const old = await worker.pushManager.getSubscription();
  if (old) await old.unsubscribe();
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushBytes(form.dataset.push) });
};

addEventListener("DOMContentLoaded", () => {
  const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  for (const form of document.querySelectorAll("form[data-push]")) {
    form.hidden = !can;
    const not = form.parentElement.querySelector("[data-push-not]");
    if (not) not.hidden = can;
  }
});

addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.push || form.elements.endpoint.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const fault = form.querySelector("[data-push-fault]");
  fault.hidden = true;
  try {
    const to = await pushAsked(form);
    form.elements.p256dh.value = pushSigns(to.getKey("p256dh"));
    form.elements.auth.value = pushSigns(to.getKey("auth"));
    form.elements.endpoint.value = to.endpoint;
    form.submit();
  } catch {
    fault.hidden = false;
  }
}, true);
