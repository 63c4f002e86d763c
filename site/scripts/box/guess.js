// The quick guess: which pages a paste may be about, by words alone. No diagnosis: that is the engine's.

const WORD = /[A-Za-z_]{4,}/g; // the words of assistant/kb/signs.py
const LONGEST = 200_000; // characters that are looked at: of a longer paste its first and last half
const ENOUGH = 0.8; // of a message's words must stand in the paste: lines get wrapped and numbers differ

// Messages of which the rare word and most other words stand in `text`, each page once: rows of the index. What is
// known by words comes before what is known by the fields of its result, and there what may be most things.
export function guessed(text, index) {
  const words = new Set(shortened(text).match(WORD));
  const rows = [...words].flatMap((word) => byWord(index).get(word) ?? []);
  const scored = rows.map((row) => ({ row, score: score(row, words) })).filter(({ score }) => score > 0);
  scored.sort((a, b) => b.row.worded - a.row.worded || b.score - a.score || b.row.causes.length - a.row.causes.length);
  const pages = new Map(scored.reverse().map(({ row }) => [row.path, row]));
  return [...pages.values()].reverse();
}

function shortened(text) {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)}\n${text.slice(-LONGEST / 2)}`;
}

// How much of the message is in the paste: the number of its words, for fields only whether all are; 0 for too little.
function score({ words: wanted, worded }, words) {
  const found = wanted.filter((word) => words.has(word)).length;
  if (!worded) return found === wanted.length ? 1 : 0;
  return found >= ENOUGH * wanted.length ? found : 0;
}

function byWord(index) {
  index.byWord ??= index.messages.reduce((found, row) => {
    const [rare] = row.words;
    return found.set(rare, [...(found.get(rare) ?? []), row]);
  }, new Map());
  return index.byWord;
}
