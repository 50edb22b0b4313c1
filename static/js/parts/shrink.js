/* Photos are made small before they travel; where that fails they travel as they are. */
const LONGEST = 1600, SMALL_BYTES = 400_000;
const shrinking = new Map();
const smaller = async (file) => {
  if (!file.type.startsWith("image/") || file.type === "image/gif" || file.type === "image/svg+xml") return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const by = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    if (by === 1 && file.size <= SMALL_BYTES) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * by));
    canvas.height = Math.max(1, Math.round(picture.height * by));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
    if (!made || made.size >= file.size) return file;
    return new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
};
const shrink = async (field) => {
  const chosen = [...field.files], into = new DataTransfer();
  for (const file of chosen) into.items.add(await smaller(file));
  if (chosen.every((file, at) => file === field.files[at])) field.files = into.files;
};
addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches || !field.matches('input[type=file][accept^="image/"]') || !field.files.length) return;
  const work = shrink(field).catch(() => {}).then(() => {
    if (shrinking.get(field) === work) shrinking.delete(field);
  });
  shrinking.set(field, work);
});
/* Sent while photos are still being made small: the form goes as soon as they are. */
addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  const waits = [...shrinking].filter(([field]) => field.form === form).map(([, work]) => work);
  if (!waits.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  Promise.all(waits).then(() => form.requestSubmit(button || undefined));
}, true);
