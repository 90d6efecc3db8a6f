// Tags as readers and keyboards give them.

// The kana on the keys of a Japanese keyboard, by the character without them.
const kanaKeys: Record<string, string> = {
  ち: "A", こ: "B", そ: "C", し: "D", い: "E", は: "F", き: "G", く: "H", に: "I", ま: "J", の: "K", り: "L", も: "M",
  み: "N", ら: "O", せ: "P", た: "Q", す: "R", と: "S", か: "T", な: "U", ひ: "V", て: "W", さ: "X", ん: "Y", つ: "Z",
  わ: "0", ぬ: "1", ふ: "2", あ: "3", う: "4", え: "5", お: "6", や: "7", ゆ: "8", よ: "9", ほ: "-", を: "0", ぁ: "3", ぅ: "4",
  ぇ: "5", ぉ: "6", ゃ: "7", ゅ: "8", ょ: "9",
};

/** A tag that was read or typed, and whether it came as kana of the keys. */
export interface ReadTag {
  tag: string;
  fromKana: boolean;
}

function hiragana(text: string): string {
  return text.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** The tag in what a reader sent: without AIM's symbology prefix, Code 39's asterisks, line ends and tabs. */
export function readTag(raw: string): ReadTag {
  const folded = raw.normalize("NFKC").replace(/[ー−‐‑–—]/g, "-").replace(/[\s\u0000-\u001f]/g, "")
    .replace(/^\][A-Za-z][0-9A-Za-z](?=.{3})/, "").replace(/^\*+|\*+$/g, "");
  const plain = hiragana(folded);
  const fromKana = /[\u3041-\u3096]/.test(plain);
  const tag = fromKana ? [...plain].map((one) => kanaKeys[one] ?? one).join("") : folded;
  return { tag: tag.toUpperCase(), fromKana };
}
