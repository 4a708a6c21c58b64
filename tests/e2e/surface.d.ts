/** The page's surface for scripts, as the tests use it. */
interface SiftbookSurface {
  ready: Promise<void>;
  open(fileOrUrl: File | string): Promise<void>;
  recipe(): string | object;
  setRecipe(textOrObject: string | object): Promise<void>;
  counts(): {
    rows: number;
    kept: number;
    steps: { index: number; step: string; in: number; kept: number; dropped: number }[];
  };
  column(id: string): Promise<Float32Array>;
  kept(): Promise<Uint8Array>;
  records(places: number[]): Promise<unknown[]>;
  idle(): Promise<void>;
}
declare const siftbook: SiftbookSurface;
