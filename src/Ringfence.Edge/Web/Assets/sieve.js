// Shows the calls that are asked for while one is asking. Without it the form is a plain one.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".sieve");
    const found = document.getElementById("found");
    if (!form || !found) return;
    let timer = 0, asked = 0;
    const address = () => {
      const fields = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
      const query = new URLSearchParams(fields).toString();
      return form.getAttribute("action") + (query ? "?" + query : "");
    };
    const show = async () => {
      clearTimeout(timer);
      if (!form.checkValidity()) return;
      const url = address(), mine = ++asked;
      if (url === location.pathname + location.search) return;
      form.classList.add("sending");
      try {
        const response = await fetch(url, { headers: { Accept: "text/html" } });
        const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
        if (mine !== asked) return;
        if (!response.ok || !fresh.getElementById("found")) { location.href = url; return; }
        found.replaceChildren(...fresh.getElementById("found").childNodes);
        form.querySelector(".count").textContent = fresh.querySelector(".sieve .count").textContent;
        form.querySelector(".all").hidden = fresh.querySelector(".sieve .all").hidden;
        history.replaceState(null, "", url);
        document.dispatchEvent(new Event("ladders"));
      } catch { location.href = url; }
      finally { if (mine === asked) form.classList.remove("sending"); }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 300); });
    form.addEventListener("submit", event => { event.preventDefault(); show(); });
    form.querySelector(".all").addEventListener("click", event => {
      event.preventDefault();
      for (const field of form.querySelectorAll("input")) { if (field.type === "checkbox") field.checked = false; else field.value = ""; }
      show();
      form.querySelector("input").focus();
    });
  });
})();
