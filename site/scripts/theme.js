// Runs before the page is drawn, so that a chosen colour never flashes: the one thing kept, and only when chosen.
(function () {
  "use strict";
  document.documentElement.classList.add("js"); // what needs scripts has its place from the first drawing on
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) {
    // A browser that keeps nothing shows the system's colours.
  }
})();
