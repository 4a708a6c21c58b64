import { fit, panned, zoomed, type Bounds, type Viewport } from '$lib/engine/viewport';

/** Pixels a picture may have: beyond, it is drawn coarser than the screen, and still within a frame. */
const MOST_PIXELS = 2_400_000;
/** How far one may go in and out, against the view of everything. */
const IN = 400;
const OUT = 0.5;

/** What part of the plane the map shows: all of it until somebody moves, whatever the window's size. */
export class MapPlace {
  width = $state(0);
  height = $state(0);
  /** Device pixels for one CSS pixel. */
  density = $state(1);
  #moved = $state.raw<{ cx: number; cy: number; scale: number } | null>(null);
  readonly #home = $derived.by(() => {
    const bounds = this.bounds();
    return bounds && this.width > 0 && this.height > 0 ? fit(bounds, this.width, this.height) : null;
  });
  /** Null while there are no points or there is no room. */
  readonly view = $derived.by((): Viewport | null => {
    if (!this.#home) return null;
    const ratio = Math.max(0.5, Math.min(this.density, Math.sqrt(MOST_PIXELS / (this.width * this.height))));
    return { ...this.#home, ...this.#moved, ratio };
  });
  /** Is all of it shown? */
  readonly whole = $derived(this.#moved === null);

  constructor(readonly bounds: () => Bounds | null) {}

  /** Shows a part of the plane; all of it without an argument. */
  show(part?: Bounds): void {
    if (!part) this.#moved = null;
    else if (this.view) this.#go(fit(part, this.width, this.height));
  }
  pan(dx: number, dy: number): void {
    if (this.view) this.#go(panned(this.view, dx, dy));
  }
  /** Zooms around a pixel, the middle where none is given. */
  zoom(factor: number, x = this.width / 2, y = this.height / 2): void {
    if (!this.view || !this.#home) return;
    const scale = Math.max(this.#home.scale * OUT, Math.min(this.#home.scale * IN, this.view.scale * factor));
    this.#go(zoomed(this.view, scale / this.view.scale, x, y));
  }

  #go({ cx, cy, scale }: Viewport): void {
    this.#moved = { cx, cy, scale };
  }
}
