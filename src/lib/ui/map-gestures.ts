/** What a hand does on the map. Positions are CSS pixels from the map's corner. */
export interface MapActions {
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** Pressed and let go in place; `target` is what was pressed. */
  click(x: number, y: number, target: EventTarget | null, event: PointerEvent): void;
  /** Is the next drag a lasso? */
  lassoing(event: PointerEvent): boolean;
  /** The lasso so far: x and y of each corner in turn. */
  lasso(polygon: number[]): void;
  /** The lasso was closed (true) or given up. */
  lassoed(keep: boolean): void;
  hover(x: number, y: number): void;
  leave(): void;
  held(active: boolean): void;
  /** May the wheel zoom without a modifier? Otherwise the page scrolls. */
  wheels(): boolean;
  /** A wheel passed that scrolls the page. */
  passed(): void;
}

const STILL = 4;
const CORNER = 3;

/** Follows pointers and wheel over `node`; returns what stops it. */
export function mapGestures(node: HTMLElement, act: MapActions): () => void {
  const down = new Map<number, { x: number; y: number }>();
  let start: { x: number; y: number; event: PointerEvent; target: EventTarget | null } | null = null;
  let moved = false;
  let polygon: number[] | null = null;
  const local = (event: PointerEvent | WheelEvent) => {
    const box = node.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const at = local(event);
    down.set(event.pointerId, at);
    node.setPointerCapture(event.pointerId);
    act.leave();
    if (down.size > 1) {
      if (polygon) act.lassoed(false);
      polygon = null;
      moved = true;
      return;
    }
    start = { ...at, event, target: event.target };
    moved = false;
    polygon = act.lassoing(event) ? [at.x, at.y] : null;
    act.held(true);
  };
  const move = (event: PointerEvent) => {
    const before = down.get(event.pointerId);
    const at = local(event);
    if (!before) {
      if (event.pointerType !== 'touch' && event.buttons === 0) act.hover(at.x, at.y);
      return;
    }
    if (!moved && start && Math.hypot(at.x - start.x, at.y - start.y) < STILL) return;
    if (polygon) {
      moved = true;
      const n = polygon.length;
      if (Math.hypot(at.x - polygon[n - 2], at.y - polygon[n - 1]) < CORNER) return;
      polygon.push(at.x, at.y);
      act.lasso(polygon.slice());
      return;
    }
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, at);
    if (other) {
      const [was, is] = [before, at].map((p) => ({
        size: Math.max(1, Math.hypot(p.x - other.x, p.y - other.y)),
        x: (p.x + other.x) / 2,
        y: (p.y + other.y) / 2,
      }));
      act.pan(is.x - was.x, is.y - was.y);
      act.zoom(is.size / was.size, is.x, is.y);
    } else act.pan(at.x - before.x, at.y - before.y);
    moved = true;
  };
  const lift = (event: PointerEvent) => {
    if (!down.delete(event.pointerId) || down.size > 0) return;
    act.held(false);
    const kept = event.type === 'pointerup';
    if (polygon && moved) act.lassoed(kept && polygon.length >= 6);
    else if (!moved && kept && start) act.click(start.x, start.y, start.target, start.event);
    polygon = null;
    start = null;
  };
  const wheel = (event: WheelEvent) => {
    if (!event.ctrlKey && !event.metaKey && !act.wheels()) return act.passed();
    event.preventDefault();
    const { x, y } = local(event);
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    // A trackpad's pinch comes as small wheel steps with Ctrl.
    const delta = Math.max(-120, Math.min(120, event.deltaY * lines)) * (event.ctrlKey ? 4 : 1);
    act.zoom(2 ** (-delta / 240), x, y);
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !polygon) return;
    event.stopPropagation();
    polygon = null;
    act.lassoed(false);
  };
  node.addEventListener('pointerdown', press);
  node.addEventListener('pointermove', move);
  node.addEventListener('pointerup', lift);
  node.addEventListener('pointercancel', lift);
  node.addEventListener('pointerleave', act.leave);
  node.addEventListener('wheel', wheel, { passive: false });
  window.addEventListener('keydown', escape, true);
  return () => {
    node.removeEventListener('pointerdown', press);
    node.removeEventListener('pointermove', move);
    node.removeEventListener('pointerup', lift);
    node.removeEventListener('pointercancel', lift);
    node.removeEventListener('pointerleave', act.leave);
    node.removeEventListener('wheel', wheel);
    window.removeEventListener('keydown', escape, true);
  };
}
