/** Points in clusters of uneven size, with values to cut by: for benches of the map, in Node and in the page. */
export interface Points {
  x: Float32Array;
  y: Float32Array;
  /** Cluster of each. */
  codes: Int32Array;
  /** 0–1, even; one in fifty is missing. */
  values: Float32Array;
}

export function makePoints(rows: number, clusters = 60): Points {
  let state = 5;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const middles = Array.from({ length: clusters }, () => [random() * 20, random() * 12, 0.2 + random() * 0.8]);
  const points: Points = {
    x: new Float32Array(rows),
    y: new Float32Array(rows),
    codes: new Int32Array(rows),
    values: new Float32Array(rows),
  };
  for (let i = 0; i < rows; i++) {
    const k = Math.floor(random() * random() * clusters);
    const [x, y, spread] = middles[k];
    points.codes[i] = k;
    points.x[i] = x + normal() * spread;
    points.y[i] = y + normal() * spread;
    points.values[i] = random() < 0.02 ? NaN : random();
  }
  return points;
}

/** The rival: every point counted and every pixel coloured again at each move, as a plain loop does it. */
export function naive({ x, y, values }: Points, width: number, height: number) {
  const all = new Uint32Array(width * height);
  const kept = new Uint32Array(width * height);
  const pixels = new Uint32Array(width * height);
  return (view: { cx: number; cy: number; scale: number }, min: number): Uint32Array => {
    all.fill(0);
    kept.fill(0);
    for (let i = 0; i < x.length; i++) {
      const px = Math.floor((x[i] - view.cx) * view.scale + width / 2);
      const py = Math.floor((y[i] - view.cy) * view.scale + height / 2);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      all[py * width + px]++;
      if (!(values[i] < min)) kept[py * width + px]++;
    }
    for (let p = 0; p < pixels.length; p++) {
      const share = Math.min(1, kept[p] / 8);
      pixels[p] = all[p] === 0 ? 0 : ((80 + 175 * share) << 24) | (kept[p] ? 0x5a5245 : 0x748ddd);
    }
    return pixels;
  };
}
