/* Shows a message that the market sent; its words are asked only now, as the person signed in here. */
const asked = async (told) => {
  const query = new URLSearchParams({ class: told.class || "", path: told.path || "" });
  const answer = await fetch(`/account/notices/said?${query}`, { credentials: "same-origin" }).catch(() => null);
  return answer && answer.ok ? answer.json().catch(() => AWAY) : AWAY;
};

const read = (data) => {
  try { return data.json(); } catch { return {}; }
};

self.addEventListener("push", (event) => {
  const told = event.data ? read(event.data) : {};
  event.waitUntil(asked(told).then((found) => self.registration.showNotification(found.title, {
    body: found.words, tag: told.path || "zuruf", data: { path: told.path || "/account/notices" },
  })));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const goes = new URL(event.notification.data.path, self.location.origin);
  if (goes.origin !== self.location.origin) return;
  event.waitUntil(self.clients.openWindow(goes.href));
});
