// Adds dropping to the form: files dropped anywhere on the page are sent at once. Without it the form is a plain one.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".drop");
    const input = form?.querySelector("input[name=file]");
    if (!input) return;
    const send = () => { form.classList.add("sending"); form.requestSubmit(); };
    const over = event => { event.preventDefault(); form.classList.add("over"); };
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", () => form.classList.remove("over"));
    document.addEventListener("drop", event => {
      event.preventDefault();
      form.classList.remove("over");
      if (event.dataTransfer.files.length === 0) return;
      input.files = event.dataTransfer.files;
      send();
    });
    form.addEventListener("submit", () => form.classList.add("sending"));
    addEventListener("pageshow", () => form.classList.remove("sending"));
  });
})();
