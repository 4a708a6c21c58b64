import { axisX, plot } from '@observablehq/plot';

export interface AxisTick {
  /** 0–1 along the axis. */
  at: number;
  label: string;
}

const FONT = '11px "Inter Variable", Inter, "Noto Sans CJK SC", system-ui, sans-serif';
let pen: CanvasRenderingContext2D | null = null;

/** Width of a label in pixels. */
function widthOf(text: string): number {
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return text.length * 6.5;
  pen.font = FONT;
  return pen.measureText(text).width;
}

/** How a label stands to its tick: inside the ends of the axis, otherwise centred. */
function anchor(tick: AxisTick, width: number, size: number): 'start' | 'middle' | 'end' {
  const x = tick.at * width;
  return x - size / 2 < -1 ? 'start' : x + size / 2 > width + 1 ? 'end' : 'middle';
}

/** Those of the labels that fit beside each other: both ends first, then from left to right. */
export function fitting(ticks: AxisTick[], width: number, measure: (text: string) => number = widthOf): AxisTick[] {
  const GAP = 8;
  const span = (tick: AxisTick): [number, number] => {
    const size = measure(tick.label);
    const x = tick.at * width;
    const side = anchor(tick, width, size);
    return side === 'start' ? [x, x + size] : side === 'end' ? [x - size, x] : [x - size / 2, x + size / 2];
  };
  const taken: [number, number][] = [];
  const chosen = new Set<AxisTick>();
  const order = ticks.length > 2 ? [ticks[0], ticks[ticks.length - 1], ...ticks.slice(1, -1)] : ticks;
  for (const tick of order) {
    const [a, b] = span(tick);
    if (taken.some(([c, d]) => a < d + GAP && b > c - GAP)) continue;
    taken.push([a, b]);
    chosen.add(tick);
  }
  return ticks.filter((tick) => chosen.has(tick));
}

/** An axis drawn by Observable Plot, `width` × 24 pixels, its line at the top. */
export function drawAxis(ticks: AxisTick[], width: number): SVGSVGElement {
  const shown = fitting(ticks, width);
  const marks = (['start', 'middle', 'end'] as const).flatMap((side) => {
    const own = shown.filter((tick) => anchor(tick, width, widthOf(tick.label)) === side);
    if (own.length === 0) return [];
    const labels = new Map(own.map((tick) => [tick.at, tick.label]));
    return axisX([...labels.keys()], {
      anchor: 'bottom',
      textAnchor: side,
      tickFormat: (at: number) => labels.get(at) ?? '',
      tickSize: 3,
      tickPadding: 7,
      stroke: 'var(--rule-2)',
      fill: 'var(--ink-3)',
      label: null,
      ariaLabel: null,
    });
  });
  const svg = plot({
    width,
    height: 24,
    margin: 0,
    marginBottom: 24,
    x: { domain: [0, 1], range: [0, width], axis: null },
    style: { fontSize: '11px', fontFamily: 'inherit', overflow: 'visible', background: 'none' },
    marks,
  }) as SVGSVGElement;
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

/** Attachment: keeps an axis in its element. */
export function axis(ticks: AxisTick[], width: number) {
  return (node: HTMLElement) => {
    if (width >= 20 && ticks.length > 0) node.replaceChildren(drawAxis(ticks, width));
  };
}
