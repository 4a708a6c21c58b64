/** Height of a count on the square-root scale: rare values stay visible beside common ones, and any count shows a pixel. */
export function barHeight(count: number, top: number, height: number): number {
  if (count <= 0 || top <= 0) return 0;
  return Math.max(1, Math.min(height, Math.sqrt(count / top) * height));
}

/**
 * One SVG path for a histogram's bars between two positions (0–1 along the axis), with gaps of one pixel.
 * A bar across a border is parted there.
 */
export function barPath(
  counts: ArrayLike<number>,
  top: number,
  width: number,
  height: number,
  from = 0,
  to = 1,
): string {
  const bins = counts.length;
  if (bins === 0 || to <= from) return '';
  const step = width / bins;
  const gap = step > 2.5 ? 1 : 0;
  const [left, right] = [from * width, to * width];
  let path = '';
  for (let i = 0; i < bins; i++) {
    if (counts[i] === 0) continue;
    const x0 = Math.max(left, i * step);
    const x1 = Math.min(right, (i + 1) * step - gap);
    if (x1 - x0 < 0.05) continue;
    const y = height - barHeight(counts[i], top, height);
    path += `M${x0.toFixed(2)} ${height}V${y.toFixed(2)}H${x1.toFixed(2)}V${height}z`;
  }
  return path;
}

/** Greatest of the counts; 0 for none. */
export function greatest(counts: ArrayLike<number>): number {
  let top = 0;
  for (let i = 0; i < counts.length; i++) if (counts[i] > top) top = counts[i];
  return top;
}
