// Adds dropping to the form: files dropped anywhere on the page are sent at once. Without it the form is a plain one.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".drop");
    const input = form?.querySelector("input[name=file]");
    if (!input) return;
    const reading = form.querySelector(".reading");
    const quoted = name => /^[\w.+=:@%-]+$/.test(name) ? name : "'" + name.replaceAll("'", "'\\''") + "'";
    // What would be refused is not sent, and the command that takes it is shown.
    const refused = () => {
      document.querySelector(".problem")?.remove();
      const files = [...input.files];
      const bytes = files.reduce((sum, file) => sum + file.size, 0);
      const text = bytes > form.dataset.bytes * 1048576 ? form.dataset.large : files.length > form.dataset.files ? form.dataset.many : null;
      if (text === null) return false;
      const problem = document.createElement("p");
      problem.className = "problem";
      problem.setAttribute("role", "alert");
      const command = document.createElement("code");
      command.textContent = "ringfence diagnose " + files.slice(0, 20).map(file => quoted(file.name)).join(" ") + (files.length > 20 ? " …" : "") + " --html report.html";
      problem.append(text + " ", command);
      form.before(problem);
      return true;
    };
    const sending = on => { form.classList.toggle("sending", on); reading.textContent = on ? reading.dataset.reading : ""; };
    const over = event => { event.preventDefault(); form.classList.add("over"); };
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", () => form.classList.remove("over"));
    document.addEventListener("drop", event => {
      event.preventDefault();
      form.classList.remove("over");
      if (event.dataTransfer.files.length === 0) return;
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    });
    input.addEventListener("change", refused);
    form.addEventListener("submit", event => { if (refused()) event.preventDefault(); else sending(true); });
    addEventListener("pageshow", () => sending(false));
  });
})();
