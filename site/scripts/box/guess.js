// The quick guess: which pages a paste may be about, by words alone. No diagnosis: that is the engine's.

const WORD = /[A-Za-z_]{4,}/g; // the words of assistant/kb/signs.py
const LONGEST = 200_000; // characters that are looked at: of a longer paste its first and last half
const ENOUGH = 0.8; // of a message's words must stand in the paste: lines get wrapped and numbers differ

// Messages of which the rare word and most other words stand in `text`, the best first: rows of the index.
export function guessed(text, index) {
  const words = new Set(shortened(text).match(WORD));
  const rows = [];
  for (const word of words) for (const row of byWord(index).get(word) ?? []) rows.push(row);
  const scored = rows.map((row) => ({ row, score: score(row, words) })).filter(({ score }) => score > 0);
  scored.sort((a, b) => b.score - a.score || index.messages.indexOf(a.row) - index.messages.indexOf(b.row));
  return scored.map(({ row }) => row);
}

function shortened(text) {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)}\n${text.slice(-LONGEST / 2)}`;
}

// How much the message says that is in the paste: the number of its words, 0 when too many are missing.
function score({ words: wanted }, words) {
  const found = wanted.filter((word) => words.has(word)).length;
  return found >= ENOUGH * wanted.length ? found : 0;
}

function byWord(index) {
  index.byWord ??= index.messages.reduce((found, row) => {
    const [rare] = row.words;
    return found.set(rare, [...(found.get(rare) ?? []), row]);
  }, new Map());
  return index.byWord;
}
