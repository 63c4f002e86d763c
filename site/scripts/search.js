// The search page and the page that stands in for one that is missing: Pagefind's index, shown as a list of links.
(function () {
  "use strict";
  var box = document.querySelector("[data-search]");
  if (location.protocol === "file:") return; // no browser loads an index from a disk
  var query = document.getElementById("query");
  var list = box.querySelector("[data-results]");
  var told = box.querySelector("[data-told]");
  var missing = document.title.indexOf("no such page") > 0;
  var MOST = 20;
  var loading, turn = 0;

  box.hidden = false;
  document.querySelector("[data-no-search]").hidden = true;

  function engine() {
    if (!loading) loading = import(new URL(box.dataset.search, document.baseURI).href).then(function (pagefind) {
      return Promise.resolve(pagefind.init()).then(function () { return pagefind; });
    });
    return loading;
  }

  function text(html) {
    // Pagefind's excerpts mark words with <mark> and hold text that is escaped; nothing else is let through.
    var parsed = new DOMParser().parseFromString(html, "text/html");
    var made = document.createDocumentFragment();
    parsed.body.childNodes.forEach(function (node) {
      var part = node.nodeName === "MARK" ? document.createElement("mark") : document.createTextNode(node.textContent);
      if (node.nodeName === "MARK") part.textContent = node.textContent;
      made.append(part);
    });
    return made;
  }

  function row(found) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var excerpt = document.createElement("p");
    link.href = found.url;
    link.textContent = found.meta.title || found.url;
    excerpt.append(text(found.excerpt));
    item.append(link, excerpt);
    return item;
  }

  function search() {
    var words = query.value.trim();
    var mine = ++turn;
    if (!words) {
      list.replaceChildren();
      told.textContent = "";
      return;
    }
    engine().then(function (pagefind) {
      return pagefind.search(words);
    }).then(function (answer) {
      return Promise.all(answer.results.slice(0, MOST).map(function (one) { return one.data(); })).then(function (all) {
        if (mine !== turn) return;
        list.replaceChildren.apply(list, all.map(row));
        told.textContent = answer.results.length
          ? answer.results.length + (answer.results.length === 1 ? " page" : " pages") + " found"
          : "Nothing found. Fewer or other words may help.";
      });
    }).catch(function () {
      told.textContent = "The search index cannot be loaded. The list of causes needs none.";
    });
  }

  var later;
  query.addEventListener("input", function () {
    clearTimeout(later);
    later = setTimeout(search, 120);
  });
  query.addEventListener("focus", engine, { once: true });
  var asked = new URLSearchParams(location.search).get("q") || "";
  if (missing) asked = decodeURIComponent(location.pathname).split(/[^A-Za-z0-9_]+/).filter(function (word) {
    return word.length > 2 && word !== "html" && word !== "index" && word !== "async";
  }).join(" ");
  query.value = asked;
  if (!missing) query.focus();
  search();
})();
