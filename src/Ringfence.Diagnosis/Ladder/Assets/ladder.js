// Choosing an arrow shows its message and marks the findings that rest on it, and the other way round. Every page reads without it.
(() => {
  const prepare = view => {
    const panel = view.querySelector(".panel");
    const messages = [...view.querySelectorAll(".rf .msg")];
    const empty = panel ? [...panel.childNodes] : [];
    const shown = () => messages.filter(one => one.getClientRects().length > 0);
    const mark = (frames, findings) => {
      for (const one of view.querySelectorAll(".rf .msg")) one.classList.toggle("marked", frames.has(one.dataset.frame));
      for (const one of view.querySelectorAll(".chip")) one.classList.toggle("marked", findings.has(one.dataset.finding));
      for (const one of view.querySelectorAll(".finding")) one.classList.toggle("marked", findings.has(one.dataset.finding));
    };
    const show = one => {
      const source = document.getElementById(one.getAttribute("href").slice(1));
      if (!source || !panel) return;
      const copy = source.cloneNode(true);
      copy.removeAttribute("id");
      panel.replaceChildren(copy);
    };
    let chosen = null;
    const choose = one => {
      for (const other of messages) other.classList.toggle("chosen", one !== null && other.dataset.frame === one.dataset.frame);
      chosen = one;
      if (one) {
        show(one);
        mark(new Set(), new Set(one.dataset.findings.split(" ").filter(Boolean)));
      } else {
        mark(new Set(), new Set());
        panel?.replaceChildren(...empty);
      }
    };
    const chooseFinding = id => {
      choose(null);
      const cards = [...view.querySelectorAll(`.finding[data-finding="${CSS.escape(id)}"]`)];
      mark(new Set(cards.flatMap(card => card.dataset.frames.split(" "))), new Set([id]));
      return cards[0];
    };
    for (const one of messages) {
      one.addEventListener("click", event => { event.preventDefault(); choose(one); });
      one.addEventListener("focus", () => choose(one));
      one.addEventListener("mouseenter", () => { if (!chosen) show(one); });
      one.addEventListener("keydown", event => {
        if (event.key === "Escape") choose(null);
        if (event.key === "Enter" && panel) { event.preventDefault(); choose(one); panel.focus(); }
        if (!event.key.startsWith("Arrow")) return;
        const all = shown();
        const beside = all.filter(other => other !== one && other.dataset.frame === one.dataset.frame);
        const next = { ArrowDown: all[all.indexOf(one) + 1], ArrowUp: all[all.indexOf(one) - 1], ArrowLeft: beside[0], ArrowRight: beside[0] }[event.key];
        if (next) { event.preventDefault(); next.focus(); }
      });
    }
    panel?.addEventListener("keydown", event => { if (event.key === "Escape" && chosen) { event.preventDefault(); chosen.focus(); } });
    for (const chip of view.querySelectorAll(".chip")) {
      chip.addEventListener("click", event => {
        event.preventDefault();
        chooseFinding(chip.dataset.finding)?.scrollIntoView({ block: "nearest" });
      });
    }
    for (const card of view.querySelectorAll(".finding")) {
      card.addEventListener("click", event => { if (!event.target.closest("a")) chooseFinding(card.dataset.finding); });
      card.addEventListener("focusin", () => chooseFinding(card.dataset.finding));
    }
    for (const wave of view.querySelectorAll(".wave")) {
      const audio = wave.parentElement.querySelector("audio");
      const head = wave.querySelector(".head");
      if (!audio || !head) continue;
      const width = wave.viewBox.baseVal.width;
      const at = () => { const x = audio.duration ? audio.currentTime / audio.duration * width : 0; head.setAttribute("x1", x); head.setAttribute("x2", x); };
      audio.addEventListener("timeupdate", at);
      wave.addEventListener("click", event => {
        const box = wave.getBoundingClientRect();
        if (audio.duration) audio.currentTime = (event.clientX - box.left) / box.width * audio.duration;
      });
    }
  };
  const start = () => document.querySelectorAll(".call").forEach(prepare);
  document.addEventListener("ladders", start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
