import { follow } from './gesture';
import { grip } from './grip';

/** What a slider does with its hand; `at` is where a pointer stands on its scale. */
export interface Slides {
  node: () => HTMLElement | undefined;
  at: (event: PointerEvent) => number;
  /** Taken hold of, before it moves. */
  begin?: () => void;
  move?: (value: number) => void;
  /** Let go (the value), or given up (null). */
  end: (value: number | null) => void;
}

/** A slider's handle in the hand: `held` is where it is while a pointer holds it, null otherwise. */
export class Sliding {
  held = $state<number | null>(null);

  constructor(private readonly slides: Slides) {}

  /** A press on the slider's line: the handle comes to it and follows. */
  readonly press = (event: PointerEvent): void => {
    const node = this.slides.node();
    if (event.button !== 0 || !node) return;
    event.preventDefault();
    grip(node.querySelector<HTMLElement>('[role=slider]'));
    this.slides.begin?.();
    this.#slide(event);
    follow(node, event, {
      move: (moved) => this.#slide(moved),
      end: (keep) => {
        const { held } = this;
        this.held = null;
        this.slides.end(keep ? held : null);
      },
    });
  };

  #slide(event: PointerEvent): void {
    const next = this.slides.at(event);
    if (next === this.held) return;
    this.held = next;
    this.slides.move?.(next);
  }
}
