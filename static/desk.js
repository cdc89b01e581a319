// The listening desk: Enter saves, Shift+Enter begins a line. Without this file the button does the same.
(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  desk.querySelector("[data-desk-keys]").hidden = false;
  desk.elements.words.focus(); // autofocus waits for the first drawing: a fast typist is ahead of it
  desk.elements.words.addEventListener("keydown", (event) => {
    const finishesWord = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || finishesWord) return;
    event.preventDefault();
    if (event.target.value.trim() && !desk.dataset.sent) desk.requestSubmit();
  });
  desk.addEventListener("submit", () => { desk.dataset.sent = "1"; });
  window.addEventListener("pageshow", () => { delete desk.dataset.sent; });
})();
