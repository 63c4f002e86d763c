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

  // --- long lists, narrowed down -----------------------------------------------------------------------
  var filter = document.getElementById("filter");
  if (!filter) return;
  var rows = Array.from(document.querySelectorAll(filter.dataset.filter)).map(function (row) {
    return { row: row, text: row.textContent.toLowerCase(), releases: (row.dataset.releases || "").split(" ") };
  });
  var release = document.querySelector("[data-release]");
  var told = document.querySelector("[data-count]");
  filter.closest("[hidden]").hidden = false;

  function narrow() {
    var words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    var wanted = release ? release.value : "";
    var shown = 0;
    rows.forEach(function (each) {
      var fits = words.every(function (word) { return each.text.includes(word); });
      fits = fits && (!wanted || each.releases.includes(wanted));
      each.row.hidden = !fits;
      if (fits && !each.row.closest("details")) shown += 1;
    });
    document.querySelectorAll("[data-group]").forEach(function (group) {
      group.hidden = !group.querySelector("li:not([hidden])");
    });
    told.textContent = words.length || wanted ? shown + " shown" : "";
  }
  filter.addEventListener("input", narrow);
  if (release) release.addEventListener("change", narrow);
  var asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked) filter.value = asked;
  narrow();
})();
