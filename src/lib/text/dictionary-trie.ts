/** A dictionary's words as a tree of characters. Characters are numbered from 1 by falling frequency; node r is that of character r alone. */
export interface Trie {
  /** Number of each UTF-16 unit; 0 where no word has it. */
  rankOf: Uint16Array;
  /** Nodes below this are those of one character. */
  roots: number;
  /** Number of each node's last character. */
  ranks: Uint16Array;
  /** Children of node n are the nodes [children[n], children[n + 1]), ascending by number. Node 0 is none and has none. */
  children: Int32Array;
  /** At 2n a sieve of node n's children: bit (number mod 32) is set for each, so 0 says that there is none. */
  sieves: Int32Array;
  /**
   * At 2n + 1 the logarithm of the probability of the word that ends at node n; −Infinity where none does, but that of a word of frequency
   * 1 for a character alone. Shares its memory with the sieves.
   */
  weights: Float32Array;
}

/** Characters from here on are Han; below are the signs of the list's form. */
const HAN = 0x2e80;

interface Nodes {
  count: number;
  /** In the list's order, a parent before its children; −1 for the parent of a first character. */
  parents: Int32Array;
  codes: Uint16Array;
  frequencies: Int32Array;
}

/** Nodes of the list as they come: a letter says how much of the path before is kept, characters go on from there. */
function readNodes(words: string): Nodes {
  const most = words.length >>> 1;
  const nodes: Nodes = {
    count: 0,
    parents: new Int32Array(most),
    codes: new Uint16Array(most),
    frequencies: new Int32Array(most),
  };
  const path = new Int32Array(32);
  for (let i = 0; i < words.length;) {
    let depth = words.charCodeAt(i++) - 97;
    let node = depth ? path[depth - 1] : -1;
    let code = words.charCodeAt(i);
    for (; code >= HAN; code = words.charCodeAt(++i)) {
      nodes.parents[nodes.count] = node;
      nodes.codes[nodes.count] = code;
      node = nodes.count++;
      path[depth++] = node;
    }
    let frequency = 0;
    for (; code >= 48 && code < 58; code = words.charCodeAt(++i)) frequency = frequency * 10 + code - 48;
    nodes.frequencies[node] = frequency || 3;
  }
  return nodes;
}

/** Numbers the characters by the summed frequency of the words that they stand in. */
function rankCharacters({ count, parents, codes, frequencies }: Nodes): { rankOf: Uint16Array; size: number } {
  const sums = new Float64Array(0x10000);
  // Children come after their parent: backwards, a node's sum is complete when it is reached.
  const below = new Float64Array(count);
  for (let n = count - 1; n >= 0; n--) {
    below[n] += frequencies[n];
    sums[codes[n]] += below[n];
    if (parents[n] >= 0) below[parents[n]] += below[n];
  }
  const known: number[] = [];
  for (let code = 0; code < 0x10000; code++) if (sums[code]) known.push(code);
  known.sort((a, b) => sums[b] - sums[a] || a - b);
  const rankOf = new Uint16Array(0x10000);
  known.forEach((code, i) => (rankOf[code] = i + 1));
  return { rankOf, size: known.length + 1 };
}

/** Nodes in ascending order of their key (all below `size`), equal ones in the order of `order`. */
function sortedBy(keys: Uint16Array | Int32Array, order: Int32Array, size: number): Int32Array {
  const starts = new Int32Array(size + 1);
  for (let i = 0; i < order.length; i++) starts[keys[order[i]] + 1]++;
  for (let k = 0; k < size; k++) starts[k + 1] += starts[k];
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[starts[keys[order[i]]]++] = order[i];
  return sorted;
}

/** The tree of a list in the form of lists/dictionary.ts, `total` the sum of all frequencies. Level by level, siblings together. */
export function parseDictionary(words: string, total: number): Trie {
  const nodes = readNodes(words);
  const { count, codes, frequencies } = nodes;
  const { rankOf, size: roots } = rankCharacters(nodes);
  const rank = new Uint16Array(count);
  const parent = new Int32Array(count);
  const all = new Int32Array(count);
  for (let n = 0; n < count; n++) {
    rank[n] = rankOf[codes[n]];
    parent[n] = nodes.parents[n] + 1;
    all[n] = n;
  }
  // Groups of siblings, each by rank; those of no parent, the first characters, in front.
  const grouped = sortedBy(parent, sortedBy(rank, all, roots), count + 1);
  const starts = new Int32Array(count + 2);
  for (let n = 0; n < count; n++) starts[parent[n] + 1]++;
  for (let n = 0; n <= count; n++) starts[n + 1] += starts[n];
  const firsts = starts[1];
  const size = roots + count - firsts;
  const sieves = new Int32Array(2 * size);
  const weights = new Float32Array(sieves.buffer);
  const ranks = new Uint16Array(size);
  const children = new Int32Array(size + 1);
  const logTotal = Math.log(total);
  /** Which of `nodes` each node of the tree is; −1 for a character that begins no word. */
  const origin = new Int32Array(size).fill(-1);
  for (let g = 0; g < firsts; g++) origin[rank[grouped[g]]] = grouped[g];
  let filled = roots;
  for (let node = 0; node < size; node++) {
    children[node] = filled;
    const from = origin[node];
    const frequency = from < 0 ? 0 : frequencies[from];
    weights[2 * node + 1] = frequency ? Math.log(frequency) - logTotal : node < roots ? -logTotal : -Infinity;
    if (from < 0) continue;
    ranks[node] = rank[from];
    for (let g = starts[from + 1]; g < starts[from + 2]; g++) {
      sieves[2 * node] |= 1 << rank[grouped[g]];
      origin[filled++] = grouped[g];
    }
  }
  children[size] = filled;
  return { rankOf, roots, ranks, children, sieves, weights };
}
