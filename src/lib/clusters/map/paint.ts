import { paletteOf, type Inks, type Rgb, type Tints } from './colour';
import { LEVELS, type Tone } from './tone';

/** How weights become colours. */
export interface Painter {
  /** Red, green and blue of each tint. */
  palette: Uint8Array;
  /** The colour of pixel `p`, given the sums of the kept and the weight of all: red in the lowest byte, alpha in the highest. */
  pixel(sums: Uint32Array, p: number, all: number): number;
}

const pack = (r: number, g: number, b: number, a: number) => ((a << 24) | (b << 16) | (g << 8) | r) >>> 0;

/**
 * The dropped lie under the kept, each as opaque as it is dense. Where points of several colours share a pixel it takes their
 * mean, weighted by what each covers of it.
 * @param tints what points are coloured by; null where all kept points have the one ink.
 */
export function painter(tone: Tone, inks: Inks, tints: Pick<Tints, 'kind' | 'pale'> | null): Painter {
  const { levels, alpha } = tone;
  const top = levels.length - 1;
  const dropped = inks.dropped;
  if (!tints) {
    const table = new Uint32Array(LEVELS * LEVELS);
    for (let k = 0; k < LEVELS; k++)
      for (let d = 0; d < LEVELS; d++) table[k * LEVELS + d] = over(inks.kept, alpha[k], dropped, alpha[d]);
    return {
      palette: new Uint8Array(0),
      pixel: (sums, p, all) => {
        const kept = sums[p];
        const rest = all - kept;
        return table[levels[kept < top ? kept : top] * LEVELS + levels[rest < top ? rest : top]];
      },
    };
  }
  return {
    palette: paletteOf(tints.kind, inks, tints.pale),
    pixel: (sums, p, all) => {
      const at = 4 * p;
      const kept = sums[at];
      const rest = all - kept;
      const below = alpha[levels[rest < top ? rest : top]];
      if (kept === 0) return pack(dropped[0], dropped[1], dropped[2], (255 * below + 0.5) | 0);
      const above = alpha[levels[kept < top ? kept : top]];
      const through = below * (1 - above);
      const whole = above + through;
      const share = above / (kept * whole);
      const other = through / whole;
      return pack(
        (sums[at + 1] * share + dropped[0] * other + 0.5) | 0,
        (sums[at + 2] * share + dropped[1] * other + 0.5) | 0,
        (sums[at + 3] * share + dropped[2] * other + 0.5) | 0,
        (255 * whole + 0.5) | 0,
      );
    },
  };
}

/** One colour over another, unassociated alpha (Porter and Duff 1984). */
function over(above: Rgb, a: number, below: Rgb, b: number): number {
  const through = b * (1 - a);
  const whole = a + through;
  if (whole === 0) return 0;
  const mix = (i: 0 | 1 | 2) => Math.round((above[i] * a + below[i] * through) / whole);
  return pack(mix(0), mix(1), mix(2), Math.round(255 * whole));
}
