import { describe, expect, it } from 'vitest';
import type { DatasetSummary, EngineApi, EngineEvents, Narrowing, OpenSource, Views } from '$lib/engine/protocol';
import { Notebook } from '$lib/notebook/notebook.svelte';
import { emptyMapping } from '$lib/record/mapping';
import type { Recipe } from '$lib/recipe/types';

const dataset = (name: string): DatasetSummary => ({
  id: name,
  name,
  files: [],
  bytes: 10,
  rows: 100,
  complete: true,
  fields: [],
  mapping: emptyMapping(),
  detected: emptyMapping(),
  profile: { language: 'en', kind: 'chat' },
  rejected: { count: 0, first: [] },
  columns: [],
});

/** An engine that drops ten records a step, one answer after the other. */
class FakeEngine {
  version = 0;
  recipes: Recipe[] = [];
  narrowings: Narrowing[] = [];
  /** Second files asked for. */
  compared: (OpenSource[] | null)[] = [];
  stored: string | null = null;
  saved = '';
  unreadable = new Set<string>();
  /** Stopped when their first records are read. */
  cancelled = new Set<string>();
  current = '';
  held = false;
  listeners: { [K in keyof EngineEvents]?: (value: EngineEvents[K]) => void } = {};

  views(recipe: Recipe): Views {
    const steps = recipe.steps.map((step, index) => ({
      index,
      step: Object.keys(step)[0] as 'cut',
      in: 100 - 10 * index,
      kept: 90 - 10 * index,
      dropped: 10,
    }));
    const kept = 100 - 10 * steps.length;
    return {
      dataset: this.current,
      version: ++this.version,
      counts: {
        rows: 100,
        steps,
        kept,
        written: kept,
        splits: null,
        tokens: { before: 1, after: 1, estimated: false },
        effectiveClasses: null,
      },
      columns: [],
      categories: [],
      findings: [],
      work: 1,
    };
  }

  link() {
    const api: Partial<EngineApi> = {
      open: async (sources: OpenSource[]) => {
        const [source] = sources;
        const name = source.kind === 'url' ? source.url : source.kind === 'stored' ? this.stored! : source.file.name;
        if (!this.unreadable.has(name)) this.current = name;
        if (this.cancelled.has(name)) {
          this.listeners.dataset?.(dataset(name));
          throw Object.assign(new Error('Cancelled.'), { name: 'AbortError' });
        }
        if (this.unreadable.has(name)) throw new Error('Nothing in the file could be read.');
        return dataset(name);
      },
      setRecipe: async (recipe: Recipe) => {
        this.recipes.push(recipe);
        return this.views(recipe);
      },
      against: async (sources) => {
        this.compared.push(sources);
        throw new Error('Nothing is kept.');
      },
      restored: async () => (this.stored ? { name: this.stored, bytes: 1, recipeText: this.saved || null } : null),
      saveRecipe: async (text: string) => void (this.saved = text),
      narrow: async (query) => {
        this.narrowings.push(query);
        return {
          total: 2,
          kept: 1,
          views: [{ id: 'response_chars', all: Uint32Array.of(2), kept: Uint32Array.of(1) }],
        };
      },
      // Ten records of each value 0, 1 … 9.
      beginDrag: async (column) => ({
        column,
        steps: Float64Array.from({ length: 10 }, (_, i) => i),
        table: Uint32Array.from({ length: 22 }, (_, i) => 10 * Math.floor(i / 2)),
        width: 1,
        layout: [{ id: 'kept', start: 0, length: 1 }],
        missing: Uint32Array.of(0),
        tokens: null,
        below: false,
      }),
      hold: async (held) => void (this.held = held),
      idle: async () => undefined,
    };
    return {
      api: api as EngineApi,
      on: <K extends keyof EngineEvents>(event: K, handler: (value: EngineEvents[K]) => void) => {
        this.listeners[event] = handler as never;
        return () => undefined;
      },
    };
  }
}

const demo = async (): Promise<OpenSource> => ({ kind: 'url', url: 'demo' });
const page = (rest = '') => new URL(`http://localhost/${rest}`);
const cut = { cut: { column: 'response_chars', min: 10 } };

async function started(engine = new FakeEngine(), address = page('?lang=en')) {
  const notebook = new Notebook(engine.link());
  await notebook.start(address, demo);
  await notebook.idle();
  return { engine, notebook };
}

describe('the notebook', () => {
  it('opens the demo set first, with every record kept', async () => {
    const { notebook } = await started();
    expect(notebook.dataset?.name).toBe('demo');
    expect(notebook.status).toBe('ready');
    expect(notebook.views?.counts.kept).toBe(100);
    expect(notebook.hash).toBe('');
  });

  it('keeps a recipe without steps in the address: its embedding, what it compares with, its export', async () => {
    for (const part of [
      { embedding: { model: 'all-MiniLM-L6-v2' } },
      { against: { files: ['test.csv'] } },
      { export: [{ layout: 'alpaca' }] },
    ]) {
      const { engine, notebook } = await started();
      await notebook.setRecipe({ siftbook: 1, seed: 42, steps: [], ...part });
      expect(notebook.hash).not.toBe('');
      await notebook.saveNow();
      expect(JSON.parse(engine.saved!).recipe).toMatchObject(part);
      const again = await started(new FakeEngine(), page(`?lang=en&dataset=demo${notebook.hash}`));
      expect(again.notebook.recipe).toMatchObject(part);
    }
  });

  it('brings the second file back, whether the dataset was kept or is named by the address', async () => {
    const kept = new FakeEngine();
    kept.stored = 'demo';
    await started(kept);
    expect(kept.compared).toEqual([[{ kind: 'stored' }]]);
    const named = new FakeEngine();
    await started(named, page('?lang=en&dataset=demo'));
    expect(named.compared).toEqual([[{ kind: 'stored' }]]);
    const fresh = new FakeEngine();
    await started(fresh);
    expect(fresh.compared).toEqual([]);
  });

  it('says that reading was stopped, and reads it all when asked to', async () => {
    const { engine, notebook } = await started();
    engine.cancelled.add('long');
    await expect(notebook.open([{ kind: 'url', url: 'long' }])).rejects.toThrow('Cancelled');
    expect(notebook.status).toBe('ready');
    expect(notebook.dataset?.name).toBe('long');
    const [notice] = notebook.notices;
    expect(notice.message).toContain('only its first 100 records');
    engine.cancelled.clear();
    notice.action?.run();
    await notebook.idle();
    expect(notebook.notices).toEqual([]);
    expect(notebook.dataset?.name).toBe('long');
  });

  it('shows nothing that still comes of the dataset it leaves', async () => {
    const { engine, notebook } = await started();
    const old = notebook.views!;
    const opening = notebook.open([{ kind: 'url', url: 'next' }]);
    engine.listeners.views?.({ ...old, version: old.version + 50 });
    expect(notebook.views).toBeNull();
    await opening;
    expect(notebook.views?.dataset).toBe('next');
  });

  it('tells the engine of every edit, and takes it back and forth', async () => {
    const { engine, notebook } = await started();
    notebook.setCut('response_chars', { min: 10 });
    await notebook.idle();
    expect(engine.recipes.at(-1)?.steps).toEqual([cut]);
    expect(notebook.views?.counts.kept).toBe(90);
    notebook.undo();
    await notebook.idle();
    expect(notebook.views?.counts.kept).toBe(100);
    notebook.redo();
    await notebook.idle();
    expect(notebook.recipe.steps).toEqual([cut]);
    notebook.setCut('response_chars', { min: 10 });
    notebook.undo();
    expect(notebook.recipe.steps).toEqual([]);
  });

  it('keeps the engine from other work while a handle is held, until the exact views are there', async () => {
    const { engine, notebook } = await started();
    await notebook.beginDrag('response_chars', 'min');
    expect(engine.held).toBe(true);
    notebook.moveDrag(3, undefined);
    expect(notebook.kept).toBe(70);
    notebook.endDrag(false);
    expect([engine.held, notebook.kept]).toEqual([false, 100]);

    await notebook.beginDrag('response_chars', 'min');
    notebook.moveDrag(3, undefined);
    notebook.endDrag();
    expect(engine.held).toBe(true);
    await notebook.idle();
    expect([engine.held, notebook.kept]).toEqual([false, 90]);
    expect(engine.recipes.at(-1)?.steps).toEqual([{ cut: { column: 'response_chars', min: 3 } }]);
  });

  it('counts what is pointed at in every view, but not for a line or a whole column', async () => {
    const { engine, notebook } = await started();
    const query = { category: { by: 'label', name: 'a' } };
    notebook.point({ title: () => 'a', query });
    await notebook.idle();
    expect(engine.narrowings).toEqual([query]);
    expect([...notebook.part('response_chars')!.kept]).toEqual([1]);
    expect(notebook.part('prompt_chars')).toBeNull();
    notebook.setCut('response_chars', { min: 10 });
    await notebook.idle();
    expect(engine.narrowings.length).toBe(2);
    notebook.point({ title: () => 'chars', query: { column: { id: 'response_chars' } } });
    expect(notebook.narrowed).toBeNull();
    notebook.point({ title: () => 'cut', query: { step: 0 }, line: { column: 'response_chars', at: 10, side: 'min' } });
    await notebook.idle();
    expect(engine.narrowings.length).toBe(2);
  });

  it('takes a recipe from the address before the one that was kept', async () => {
    const engine = new FakeEngine();
    engine.stored = 'mine.jsonl';
    const { notebook } = await started(engine);
    expect(notebook.dataset?.name).toBe('mine.jsonl');
    notebook.addStep(cut);
    notebook.addStep({ exact: { on: ['prompt'] } });
    notebook.pauseStep(0);
    await notebook.saveNow();

    const again = await started(engine);
    expect(again.notebook.recipe).toEqual(notebook.recipe);
    expect(again.notebook.paused).toEqual([{ before: 0, step: cut }]);

    const linked = await started(engine, page('?lang=en#' + encodeURIComponent('siftbook: 1\nseed: 3\nsteps: []')));
    expect(linked.notebook.recipe).toEqual({ siftbook: 1, seed: 3, steps: [] });
  });

  it('keeps what is open when another file cannot be read, recipe and history included', async () => {
    const { engine, notebook } = await started();
    notebook.setCut('response_chars', { min: 10 });
    await notebook.idle();
    engine.unreadable.add('bad.bin');
    await expect(notebook.open([{ kind: 'url', url: 'bad.bin' }])).rejects.toThrow('could be read');
    expect(notebook.status).toBe('ready');
    expect(notebook.dataset?.name).toBe('demo');
    expect(notebook.recipe.steps).toEqual([cut]);
    expect(notebook.notices.filter((notice) => notice.kind === 'error')).toHaveLength(1);
    notebook.undo();
    expect(notebook.recipe.steps).toEqual([]);
  });

  it('says why when the very first file cannot be read', async () => {
    const engine = new FakeEngine();
    engine.unreadable.add('http://localhost/no.json');
    const notebook = new Notebook(engine.link());
    await expect(notebook.start(page('?dataset=no.json'), demo)).rejects.toThrow();
    expect(notebook.status).toBe('failed');
    expect(notebook.failure?.name).toBe('no.json');
  });

  it('starts a new recipe with a new file and offers the old one', async () => {
    const { notebook } = await started();
    notebook.addStep(cut);
    await notebook.open([{ kind: 'url', url: 'next' }]);
    expect(notebook.recipe.steps).toEqual([]);
    const offer = notebook.notices.find((notice) => notice.action);
    offer?.action?.run();
    expect(notebook.recipe.steps).toEqual([cut]);
  });

  it('refuses a faulty recipe with its line and changes nothing', async () => {
    const { notebook } = await started();
    await expect(notebook.setRecipe('siftbook: 1\nsteps:\n  - cut: {column: x}\n')).rejects.toThrow(/line 3/);
    expect(notebook.recipe.steps).toEqual([]);
  });

  it('takes no older views for newer ones', async () => {
    const { engine, notebook } = await started();
    const old = engine.views({ siftbook: 1, seed: 7, steps: [cut] });
    notebook.addStep(cut);
    await notebook.idle();
    engine.listeners.views?.({ ...old, counts: { ...old.counts, kept: 1 } });
    expect(notebook.views?.counts.kept).toBe(90);
  });
});
