// A long list narrowed down, by words and by the release that prints a message. Its rows stand on the page; those of
// an overview of all families come in a script that is loaded when the field is first used, from a disk too.
(function () {
  "use strict";
  var MOST = 200;
  var root = document.body.dataset.root;
  var filter = document.getElementById("filter");
  var release = document.getElementById("release");
  var told = document.querySelector("[data-count]");
  var found = document.querySelector("[data-found]");
  var all = document.querySelector("[data-all]");
  var rows = filter.dataset.rows ? null : Array.from(document.querySelectorAll(".messages > li, .causes > li"), standing);

  function standing(row) {
    var ends = (row.dataset.releases || "0 0").split(" ");
    return { row: row, text: row.textContent.toLowerCase(), first: Number(ends[0]), last: Number(ends[1]) };
  }

  function listed(row) {
    return { held: row, text: (row[0] + " " + row[2]).toLowerCase(), first: row[3], last: row[4] };
  }

  function load() {
    if (rows || document.querySelector("script[data-list]")) return;
    var script = document.createElement("script");
    script.dataset.list = "";
    script.src = filter.dataset.rows;
    script.onload = function () {
      rows = window.ansibleWhyList.map(listed);
      narrow();
    };
    script.onerror = function () { told.textContent = "The list cannot be loaded. The pages below have all of it."; };
    document.head.append(script);
  }

  function narrow() {
    var words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    var wanted = release ? Number(release.value) : 0;
    if (!rows) return words.length || wanted ? load() : undefined;
    var fitting = rows.filter(function (each) {
      var fits = words.every(function (word) { return each.text.includes(word); });
      return fits && (!wanted || (each.first <= wanted && wanted <= each.last));
    });
    (found ? showListed : showStanding)(fitting, words.length > 0 || wanted > 0);
  }

  function showStanding(fitting, narrowed) {
    var shown = new Set(fitting);
    rows.forEach(function (each) { each.row.hidden = !shown.has(each); });
    document.querySelectorAll("[data-group]").forEach(function (group) {
      group.hidden = !group.querySelector("li:not([hidden])");
    });
    var number = fitting.filter(function (each) { return !each.row.closest("details"); }).length;
    told.textContent = narrowed ? number + " shown" : "";
  }

  function showListed(fitting, narrowed) {
    found.hidden = !narrowed;
    all.hidden = narrowed;
    found.replaceChildren.apply(found, narrowed ? fitting.slice(0, MOST).map(made) : []);
    var more = fitting.length > MOST ? ", the first " + MOST + " stand here" : "";
    told.textContent = narrowed ? fitting.length + " found" + more : "";
  }

  function made(each) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var text = document.createElement(release ? "code" : "span");
    var meta = document.createElement("span");
    link.href = root + each.held[1] + (location.protocol === "file:" ? "index.html" : "");
    text.textContent = each.held[0];
    meta.className = "meta";
    meta.textContent = each.held[2];
    link.append(text);
    item.append(link, " ", meta);
    return item;
  }

  filter.addEventListener("focus", load);
  filter.addEventListener("input", narrow);
  if (release) release.addEventListener("change", narrow);
  var asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked) filter.value = asked;
  narrow();

  // --- a link to what a closed part holds opens it ------------------------------------------------
  function open() {
    var at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (at && at.localName === "details") at.open = true;
  }
  addEventListener("hashchange", open);
  open();
})();
