/** What part of the plane is shown, and how large. Lengths are CSS pixels; y grows downwards, as on the screen. */
export interface Viewport {
  width: number;
  height: number;
  /** The point of the plane in the middle. */
  cx: number;
  cy: number;
  /** CSS pixels for one unit of the plane. */
  scale: number;
  /** Device pixels for one CSS pixel; 1 where absent. */
  ratio?: number;
}

/** Do two views show the same, pixel by pixel? */
export function sameView(a: Viewport, b: Viewport): boolean {
  const same = a.width === b.width && a.height === b.height && a.cx === b.cx && a.cy === b.cy && a.scale === b.scale;
  return same && (a.ratio ?? 1) === (b.ratio ?? 1);
}

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The pixel at which a point of the plane is drawn. */
export function toPixel(view: Viewport, x: number, y: number): { x: number; y: number } {
  return { x: (x - view.cx) * view.scale + view.width / 2, y: (y - view.cy) * view.scale + view.height / 2 };
}

/** The point of the plane under a pixel. */
export function toPlane(view: Viewport, px: number, py: number): { x: number; y: number } {
  return { x: (px - view.width / 2) / view.scale + view.cx, y: (py - view.height / 2) / view.scale + view.cy };
}

/** The largest view of `width` × `height` that shows all of `bounds`, with `margin` pixels around. A single point is shown at scale 1. */
export function fit(bounds: Bounds, width: number, height: number, margin = 24): Viewport {
  const across = (width - 2 * Math.min(margin, width / 4)) / (bounds.right - bounds.left);
  const down = (height - 2 * Math.min(margin, height / 4)) / (bounds.bottom - bounds.top);
  const scale = Math.min(across, down);
  return {
    width,
    height,
    cx: (bounds.left + bounds.right) / 2,
    cy: (bounds.top + bounds.bottom) / 2,
    scale: Number.isFinite(scale) && scale > 0 ? scale : 1,
  };
}

/** Zooms by `factor` around a pixel, which keeps its place in the plane. */
export function zoomed(view: Viewport, factor: number, px: number, py: number): Viewport {
  const fixed = toPlane(view, px, py);
  const scale = view.scale * factor;
  return {
    ...view,
    scale,
    cx: fixed.x - (px - view.width / 2) / scale,
    cy: fixed.y - (py - view.height / 2) / scale,
  };
}

/** Moves what is shown by so many pixels to the right and downwards. */
export function panned(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, cx: view.cx - dx / view.scale, cy: view.cy - dy / view.scale };
}
