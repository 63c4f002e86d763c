// What a page can do better with JavaScript. Every page reads without it.
(function () {
  "use strict";
  var root = document.body.dataset.root;

  // --- colours: kept only when chosen -----------------------------------------------------------
  var chosen = document.documentElement.dataset.theme || "auto";
  document.querySelectorAll("input[name=theme]").forEach(function (input) {
    input.checked = input.value === chosen;
    input.addEventListener("change", function () {
      try {
        if (input.value === "auto") localStorage.removeItem("theme");
        else localStorage.setItem("theme", input.value);
      } catch (error) {
        // It then holds for this page only.
      }
      if (input.value === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = input.value;
    });
  });

  // --- opened from a disk, a folder has no page of its own ----------------------------------------
  if (location.protocol === "file:") {
    document.querySelectorAll("a[href]").forEach(function (link) {
      var parts = link.getAttribute("href").split("#");
      if (/^(?!\w+:)(.*\/)?$/.test(parts[0]) && parts[0]) parts[0] += "index.html";
      link.setAttribute("href", parts.join("#"));
    });
  }

  // --- "/" leads to the search, unless one is typing ------------------------------------------------
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    var query = document.getElementById("query") || document.getElementById("filter");
    if (query && query.offsetParent) query.focus();
    else document.querySelector("a.find").click();
  });

  // --- copying ---------------------------------------------------------------------------------------
  function copyButton(block) {
    if (!navigator.clipboard) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "copy-button";
    button.textContent = "Copy";
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(block.textContent.replace(/\n$/, "")).then(function () {
        button.textContent = "Copied";
        setTimeout(function () { button.textContent = "Copy"; }, 1500);
      });
    });
    var frame = document.createElement("div");
    frame.className = "with-copy";
    block.replaceWith(frame);
    frame.append(block, button);
  }
  document.querySelectorAll("pre.code").forEach(copyButton);
})();
