// The quick guess: which pages a paste may be about, by words alone. No diagnosis: that is the engine's.

const WORD = /[A-Za-z_]{4,}/g; // the words of assistant/kb/signs.py
const KEY = /\\?["'][A-Za-z_]+\\?["']:/g; // the names of a result's fields: no words of a message
const LONGEST = 200_000; // characters that are looked at: of a longer paste its first and last half
const ENOUGH = 0.8; // of a message's words must stand in the paste: lines get wrapped and numbers differ

// Messages of which the rare word and most other words stand in `text`, each page once: `index.messages`. What is known
// by its words comes before what is known by the fields of its result; of the words those count most that few have.
export function guessed(text, index) {
  const looked = shortened(text);
  const words = new Set(looked.match(WORD));
  const said = new Set(looked.replace(KEY, " ").match(WORD));
  const best = new Map();
  for (const row of [...words].flatMap((word) => byWord(index).rows.get(word) ?? [])) {
    const scored = { page: row.page, worded: row.worded, score: score(row, row.worded ? said : words, index) };
    if (scored.score && better(scored, best.get(row.page)) < 0) best.set(row.page, scored);
  }
  return [...best.values()].sort(better).map(({ page }) => page);
}

function better(one, other) {
  if (!other) return -1;
  return other.worded - one.worded || other.score - one.score || other.page.causes.length - one.page.causes.length;
}

function shortened(text) {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)}\n${text.slice(-LONGEST / 2)}`;
}

// How much the words of the message in the paste weigh, for fields only whether all are there; 0 for too little.
function score({ words: wanted, worded }, words, index) {
  const found = wanted.filter((word) => words.has(word));
  if (!worded) return found.length === wanted.length ? 1 : 0;
  if (found.length < ENOUGH * wanted.length) return 0;
  const { pages } = byWord(index);
  return found.reduce((sum, word) => sum + Math.log(index.messages.length / pages.get(word)), 0);
}

// The rows by their rare word, and how many pages have a word; made when first asked for.
function byWord(index) {
  if (index.byWord) return index.byWord;
  const { rows, pages } = (index.byWord = { rows: new Map(), pages: new Map() });
  for (const page of index.messages) {
    const said = (page.said ?? []).map((words) => ({ page, words, worded: true }));
    const fields = (page.fields ?? []).map((words) => ({ page, words, worded: false }));
    for (const row of [...said, ...fields]) rows.set(row.words[0], [...(rows.get(row.words[0]) ?? []), row]);
    for (const word of new Set(said.flatMap(({ words }) => words))) pages.set(word, (pages.get(word) ?? 0) + 1);
  }
  return index.byWord;
}
