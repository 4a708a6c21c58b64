import { decodeEntities } from './strip-entities';

const set = (names: string) => new Set(names.split(' '));

/** Elements that stand in a line; without them the words around stay as they are. */
const INLINE = set(
  'a abbr acronym b bdi bdo big cite code data del dfn em embed font i iframe img input ins kbd label map mark meta meter ' +
    'nobr object output param picture progress q rp rt ruby s samp script select small source span strike strong style sub ' +
    'sup svg template textarea time title track tt u var video wbr audio base basefont canvas area button link noscript option',
);
/** Elements that begin a line of their own. */
const BLOCK = set(
  'address applet article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption ' +
    'figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main marquee menu nav noframes ' +
    'ol optgroup p pre section summary table tbody tfoot thead tr ul',
);
const CELL = set('td th');
/** Elements whose content nobody reads. */
const HIDDEN = set('script style');
/** Attributes that may stand without a value; any other word makes `<b and c>` a comparison. */
const BARE = set(
  'allowfullscreen async autofocus autoplay checked compact controls default defer disabled download hidden inert ismap itemscope ' +
    'loop multiple muted nohref nomodule noshade novalidate nowrap open playsinline readonly required reversed selected',
);

/** Attributes do not reach over the next `<`, so that a search which fails passes no character twice. */
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)(\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*|\s[^<>]*|\/)?>|<!--|<!doctype\b[^<>]*>/gi;
const VALUED = /[-\w:.@]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']+)/g;

function isMarkup(name: string, attributes: string): boolean {
  if (!INLINE.has(name) && !BLOCK.has(name) && !CELL.has(name) && name !== 'br') return false;
  const words = attributes.replace(VALUED, ' ').split(/[\s/]+/);
  return words.every((word) => word === '' || BARE.has(word.toLowerCase()) || /^data-[-\w]+$/i.test(word));
}

/**
 * The text without HTML: tags, comments, scripts and styles go, entities become characters. Only elements that HTML has count
 * as tags (`<noinput>`, `Vec<String>` and `a < b` stay). `br` and the ends of blocks become line breaks, cells are parted by a
 * tab. Time is linear in the text.
 */
export function stripHtml(text: string): string {
  return decodeEntities(text.includes('<') ? stripTags(text) : text);
}

function stripTags(text: string): string {
  let out = '';
  let at = 0;
  // A block began or ended: what comes next, if anything, begins a line.
  let pending = false;
  const ends = new Map<string, number>();
  // Where `mark` comes next; searched again only behind the last answer, so that all searches together pass the text once.
  const next = (mark: string, from: number): number => {
    let end = ends.get(mark);
    if (end === undefined || (end >= 0 && end < from)) ends.set(mark, (end = indexOfIgnoringCase(text, mark, from)));
    return end;
  };
  TAG.lastIndex = 0;
  for (let tag = TAG.exec(text); tag; tag = TAG.exec(text)) {
    const [whole, slash, written, attributes = ''] = tag;
    const start = tag.index;
    let end = TAG.lastIndex;
    let instead = '';
    let block = false;
    if (written === undefined) {
      if (whole === '<!--') {
        const close = next('-->', end);
        if (close < 0) continue;
        end = close + 3;
      }
    } else {
      const name = written.toLowerCase();
      if (!isMarkup(name, attributes)) continue;
      if (HIDDEN.has(name) && slash === '') {
        const close = next(`</${name}>`, end);
        if (close >= 0) end = close + name.length + 3;
      } else if (BLOCK.has(name)) block = true;
      else if (name === 'br') instead = '\n';
      else if (CELL.has(name)) instead = slash === '' ? '' : '\t';
    }
    out = joined(out, text.slice(at, start), pending) + instead;
    pending = block || (pending && start === at);
    at = TAG.lastIndex = end;
  }
  return at === 0 ? text : joined(out, text.slice(at), pending);
}

function joined(out: string, more: string, onNewLine: boolean): string {
  const parted = out === '' || more === '' || out.endsWith('\n') || /^\s*\n/.test(more.slice(0, 80));
  return onNewLine && !parted ? out + '\n' + more : out + more;
}

function indexOfIgnoringCase(text: string, mark: string, from: number): number {
  const pattern = new RegExp(mark, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}
