// What stands in the address after `#`, which browsers never send: the answers, and in a shared link the paste.
// `#answer.role=launch&paste=…`: the paste and its task as JSON, deflated, in base64 without `+`, `/` and `=`.

const ANSWER = "answer.";

// The answers in a fragment, by key, and its packed paste ("" without).
export function read(fragment) {
  const found = new URLSearchParams(fragment.replace(/^#/, ""));
  const answers = {};
  for (const [key, value] of found) if (key.startsWith(ANSWER)) answers[key.slice(ANSWER.length)] = value;
  return { answers, packed: found.get("paste") ?? "" };
}

// The fragment of answers and a packed paste, with its `#`; "" for none.
export function written(answers, packed = "") {
  const fields = new URLSearchParams();
  for (const [key, value] of Object.entries(answers)) fields.set(ANSWER + key, value);
  if (packed) fields.set("paste", packed);
  return fields.size ? `#${fields}` : "";
}

export async function pack(value) {
  const bytes = await through(new TextEncoder().encode(JSON.stringify(value)), new CompressionStream("deflate-raw"));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const LARGEST = 20_000_000; // characters: a link is no place for a bomb

// What was packed. Throws for what is none.
export async function unpack(packed) {
  const text = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream("deflate-raw"))));
}

async function through(bytes, transform) {
  const reader = new Blob([bytes]).stream().pipeThrough(transform).getReader();
  const parts = [];
  for (let size = 0, next; !(next = await reader.read()).done; parts.push(next.value)) {
    size += next.value.length;
    if (size > LARGEST) throw new Error("the link holds more than a paste");
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
