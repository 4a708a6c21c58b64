/** Whether an element is on screen, or nearly: what nobody sees need not follow a hand frame by frame. */

const watched = new WeakMap<Element, (here: boolean) => void>();
let observer: IntersectionObserver | null = null;

function watch(node: Element, tell: (here: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => entries.forEach(({ target, isIntersecting }) => watched.get(target)?.(isIntersecting)),
    { rootMargin: '120px 0px' },
  );
  watched.set(node, tell);
  observer.observe(node);
  return () => {
    watched.delete(node);
    observer?.unobserve(node);
  };
}

export class OnScreen {
  /** True until the browser has said otherwise. */
  now = $state(true);
  /** For `{@attach}`. */
  readonly attach = (node: Element): (() => void) | void => {
    if (typeof IntersectionObserver !== 'undefined') return watch(node, (here) => (this.now = here));
  };
}
