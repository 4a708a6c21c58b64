import type { Inks, Rgb } from '$lib/engine/map';

/** Twelve muted hues, none of them the red that means a cut, neighbours in the list far apart. Most frequent class first. */
const CATEGORIES = {
  light: ['#3f6a94', '#b4882c', '#54895a', '#7b5d9c', '#2f8f8d', '#8b6344', '#b06b98', '#84892f', '#74a3c9', '#4b5560', '#a193c9', '#c6a86a'], // prettier-ignore
  dark: ['#7aa5d2', '#dcb25c', '#84bd84', '#b094d2', '#62c0bb', '#c09a79', '#d995c0', '#bcc05f', '#a9cdea', '#c3ccd2', '#cbbfec', '#e6d09a'], // prettier-ignore
};
/** Low to high; each step is farther from the paper. */
const RAMP = {
  light: ['#c3d3cf', '#86b0b1', '#4b8296', '#2d5478', '#1c2748'],
  dark: ['#4c6674', '#4f8598', '#62adac', '#a3d3b0', '#f4f2ca'],
};
const OTHER = { light: '#a5a299', dark: '#7b7871' };
const NONE = { light: '#c9c6bd', dark: '#524f4b' };
const DROPPED = { light: '#dd8d74', dark: '#9c4c36' };

/** `#rrggbb` as three numbers. */
export function rgb(hex: string): Rgb {
  const n = parseInt(hex.trim().slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

/** Three numbers as a CSS colour. */
export function css([r, g, b]: Rgb): string {
  return `rgb(${r} ${g} ${b})`;
}

/** The map's colours in a theme; `data` is the theme's colour of data, `#rrggbb`. */
export function mapInks(theme: 'light' | 'dark', data: string): Inks {
  return {
    kept: rgb(data),
    dropped: rgb(DROPPED[theme]),
    categories: CATEGORIES[theme].map(rgb),
    other: rgb(OTHER[theme]),
    none: rgb(NONE[theme]),
    ramp: RAMP[theme].map(rgb),
  };
}

/** The colours of the theme that `node` stands in. */
export function inksAt(node: Element): Inks {
  const style = getComputedStyle(node);
  const theme = style.colorScheme.includes('dark') ? 'dark' : 'light';
  return mapInks(theme, style.getPropertyValue('--data') || (theme === 'dark' ? '#b7c2c7' : '#45525a'));
}
