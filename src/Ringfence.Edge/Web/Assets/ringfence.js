// Adds a switch for light and dark; every page reads without it.
(() => {
  const root = document.documentElement;
  const button = document.querySelector(".theme");
  const stored = localStorage.getItem("theme");
  if (stored) root.dataset.theme = stored;
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
})();
