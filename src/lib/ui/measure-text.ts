const widths = new Map<string, number>();
let pen: CanvasRenderingContext2D | null = null;

/** Width in pixels of a text in a CSS font, as this browser sets it; kept once the fonts are there. */
export function textWidth(text: string, font: string): number {
  const key = `${font}\n${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  pen ??= document.createElement('canvas').getContext('2d');
  if (!pen) return text.length * parseFloat(font);
  pen.font = font;
  const { width } = pen.measureText(text);
  if (document.fonts.status === 'loaded') {
    if (widths.size > 5000) widths.clear();
    widths.set(key, width);
  }
  return width;
}
