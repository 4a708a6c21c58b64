import type { ClassNeed, ColumnNeed, DrawNeed, GroupNeed, Stage } from './plan';
import type { TextRewrite } from './steps/definition';
import type { Recipe } from './types';

/** Collects what the steps need while a recipe is compiled. */
export class Planner {
  readonly stages: Stage[] = [{ index: 0, signature: '', rewrites: [] }];
  readonly columns: ColumnNeed[] = [];
  readonly groups: GroupNeed[] = [];
  readonly classes: ClassNeed[] = [];
  merges: Record<string, string>[] = [];
  readonly seed: number;

  constructor(recipe: Recipe) {
    this.seed = recipe.seed;
  }

  /** The stage that the step being planned stands at. */
  get stage(): number {
    return this.stages.length - 1;
  }

  /** Texts are rewritten from here on. */
  rewrite(rewrite: TextRewrite): void {
    const last = this.stages[this.stage];
    this.stages.push({
      index: this.stages.length,
      signature: last.signature + rewrite.signature + '\n',
      rewrites: [...last.rewrites, rewrite],
    });
  }

  /** Labels are merged from here on. */
  merge(merges: Record<string, string>): void {
    this.merges = [...this.merges, merges];
  }

  column(column: string): ColumnNeed {
    return once(this.columns, { signature: this.#sign('column', column), stage: this.stage, column });
  }

  group(on: string[], skipEmpty = false): GroupNeed {
    const merges = on.includes('label') ? this.merges : [];
    const signature = this.#sign('group', on, skipEmpty, merges);
    return once(this.groups, { signature, stage: this.stage, on, merges, skipEmpty });
  }

  /** `by` as a recipe writes it: `label`, `label:1`, `source`, `language`, a field. */
  category(by: string): ClassNeed {
    const level = /^label:([1-9]\d*)$/.exec(by);
    const measured = level ? 'label' : by;
    const signature = this.#sign('class', measured);
    const need: ClassNeed = {
      signature,
      stage: this.stage,
      by: measured,
      level: level ? Number(level[1]) : null,
      merges: measured === 'label' ? this.merges : [],
    };
    once(this.classes, need);
    return need;
  }

  draw(kind: string, group: GroupNeed | null = null): DrawNeed {
    return { seed: this.seed, kind, group };
  }

  #sign(...parts: unknown[]): string {
    return JSON.stringify([...parts, this.stages[this.stage].signature]);
  }
}

function once<T extends { signature: string }>(list: T[], item: T): T {
  const known = list.find((other) => other.signature === item.signature);
  if (known) return known;
  list.push(item);
  return item;
}
