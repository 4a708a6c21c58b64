import type { Mapping } from '$lib/record/types';
import type { ClassNeed, ColumnNeed, DrawNeed, GroupNeed, Need, Stage } from './plan';
import type { TextRewrite } from './steps/definition';
import { EXACT_FIELDS } from './steps/exact';
import { FIELD_PREFIX } from './steps/cut';
import { categoryColumns } from './category';
import { touches } from './touches';
import type { Recipe } from './types';

/** Collects what the steps need while a recipe is compiled. */
export class Planner {
  readonly stages: Stage[] = [{ index: 0, signature: '', rewrites: [] }];
  readonly columns: ColumnNeed[] = [];
  readonly groups: GroupNeed[] = [];
  readonly classes: ClassNeed[] = [];
  merges: Record<string, string>[] = [];
  readonly seed: number;

  constructor(
    recipe: Recipe,
    readonly mapping: Mapping,
  ) {
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

  /** A column's values as they are here. */
  column(column: string): ColumnNeed {
    if (column === 'exact_rank') {
      const rank = this.group([...EXACT_FIELDS]);
      return { signature: `rank ${rank.signature}`, base: `rank ${rank.base}`, stage: rank.stage, column, rank };
    }
    const field = column.startsWith(FIELD_PREFIX) ? column.slice(FIELD_PREFIX.length) : null;
    const stage = this.#stageOf(field === null ? ['prompt', 'response', 'system'] : [field]);
    return once(this.columns, { ...this.#sign(stage, 'column', column), column, rank: null });
  }

  /** Groups of records that are equal in these parts. */
  group(on: string[], skipEmpty = false): GroupNeed {
    const merges = on.includes('label') ? this.merges : [];
    const stage = this.#stageOf(on);
    return once(this.groups, { ...this.#sign(stage, 'group', on, skipEmpty, merges), on, merges, skipEmpty });
  }

  /** `by` as a recipe writes it: `label`, `label:1`, `source`, `language`, a field. */
  category(by: string): ClassNeed {
    const level = /^label:([1-9]\d*)$/.exec(by);
    const measured = level ? 'label' : by;
    const stage = this.#stageOf(categoryColumns(measured) ? ['prompt', 'response', 'system'] : [measured]);
    const need: ClassNeed = {
      ...this.#sign(stage, 'class', measured),
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

  /** The first stage from which on these parts stay as they are here: what is measured there serves here. */
  #stageOf(parts: readonly string[]): number {
    const rewrites = this.stages[this.stage].rewrites;
    for (let stage = rewrites.length; stage > 0; stage--)
      if (touches(rewrites[stage - 1].on, parts, this.mapping)) return stage;
    return 0;
  }

  #sign(stage: number, ...parts: unknown[]): Need {
    const [signature, base] = [stage, 0].map((at) => JSON.stringify([...parts, this.stages[at].signature]));
    return { signature, base, stage };
  }
}

function once<T extends { signature: string }>(list: T[], item: T): T {
  const known = list.find((other) => other.signature === item.signature);
  if (known) return known;
  list.push(item);
  return item;
}
