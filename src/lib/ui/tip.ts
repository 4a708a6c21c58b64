import './ui.css';

/** One small explanation over the page, shared by all that explain themselves by hover and focus. */

let box: HTMLDivElement | null = null;
let owner: Element | null = null;

function element(): HTMLDivElement {
  if (box?.isConnected) return box;
  box = document.createElement('div');
  box.className = 'tip';
  box.id = 'tip';
  box.role = 'tooltip';
  box.hidden = true;
  document.body.append(box);
  return box;
}

/** Shows `text` over (or, without room, under) a rectangle of the window. Lines are kept; the first one is the title. */
export function showTip(
  from: Element,
  text: string,
  at: { left: number; right: number; top: number; bottom: number },
): void {
  const tip = element();
  owner = from;
  const [title, ...rest] = text.split('\n');
  const head = document.createElement('b');
  head.textContent = title;
  tip.replaceChildren(head, ...(rest.length ? [document.createTextNode('\n' + rest.join('\n'))] : []));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const middle = (at.left + at.right) / 2;
  const x = Math.max(6, Math.min(innerWidth - width - 6, middle - width / 2));
  const y = at.top - height - 6 >= 4 ? at.top - height - 6 : Math.min(innerHeight - height - 4, at.bottom + 6);
  tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}

/** Hides the explanation if it belongs to `from` (or in any case without an argument). */
export function hideTip(from?: Element): void {
  if (!box || (from && owner !== from)) return;
  box.hidden = true;
  owner = null;
}

/** Attachment: explains its element by hover (after a moment) and keyboard focus. Escape hides it. */
export function tip(text: string | (() => string)) {
  return (node: HTMLElement | SVGElement) => {
    let timer = 0;
    const show = () => {
      const words = typeof text === 'function' ? text() : text;
      if (!words) return;
      showTip(node, words, node.getBoundingClientRect());
      node.setAttribute('aria-describedby', 'tip');
    };
    const soon = (event: Event) => {
      if ((event as PointerEvent).pointerType === 'touch') return;
      clearTimeout(timer);
      timer = window.setTimeout(show, 280);
    };
    const focus = () => {
      if (node.matches(':focus-visible')) show();
    };
    const hide = () => {
      clearTimeout(timer);
      node.removeAttribute('aria-describedby');
      hideTip(node);
    };
    const key = (event: Event) => {
      if ((event as KeyboardEvent).key === 'Escape') hide();
    };
    const pairs: [string, (event: Event) => void][] = [
      ['pointerenter', soon],
      ['pointerleave', hide],
      ['pointerdown', hide],
      ['focus', focus],
      ['blur', hide],
      ['keydown', key],
    ];
    for (const [name, listener] of pairs) node.addEventListener(name, listener);
    return () => {
      hide();
      for (const [name, listener] of pairs) node.removeEventListener(name, listener);
    };
  };
}
