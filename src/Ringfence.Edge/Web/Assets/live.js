// Keeps what is marked data-live up to date: the server says that calls have come, and the page is fetched anew. Every page reads without it.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const regions = [...document.querySelectorAll("[data-live]")];
    const note = document.querySelector(".live");
    if (!regions.length || !window.EventSource) return;
    const button = note.querySelector("button");
    let paused = false, waiting = false, due = false;
    const blocked = () => paused || document.hidden || regions.some(region => region.querySelector("details[open]") || region.contains(document.activeElement)) || !getSelection().isCollapsed;
    const refresh = async () => {
      if (waiting || !due || blocked()) return;
      due = false;
      waiting = true;
      try {
        const response = await fetch(location.href, { headers: { Accept: "text/html" } });
        if (response.ok) {
          const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
          if (!blocked()) for (const region of regions) region.replaceChildren(...(fresh.getElementById(region.id)?.childNodes ?? []));
        }
      } catch { due = true; }
      setTimeout(() => { waiting = false; refresh(); }, 2000);
    };
    const events = new EventSource("/live");
    // What came between the page and this connection was told to nobody.
    events.addEventListener("open", () => { note.hidden = false; due = true; refresh(); });
    events.addEventListener("calls", () => { due = true; refresh(); });
    setInterval(refresh, 2000);
    button.addEventListener("click", () => {
      paused = !paused;
      button.textContent = paused ? button.dataset.go : button.dataset.pause;
      refresh();
    });
    addEventListener("pagehide", () => events.close());
  });
})();
