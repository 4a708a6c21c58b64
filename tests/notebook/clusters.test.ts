import { describe, expect, it } from 'vitest';
import { clusterStep, withCap, withCluster, withClusters } from '$lib/notebook/clusters/rule';
import type { Recipe } from '$lib/recipe/types';

const nothing: Recipe = { siftbook: 1, seed: 7, steps: [] };

describe('clusters in the recipe', () => {
  it('leaves a cluster out and fixes their number, and takes both limits into one step', () => {
    const one = withCluster(nothing, 12, '3', 0);
    expect(one.steps).toEqual([{ balance: { by: 'cluster', counts: { '3': 0 } } }]);
    expect(one.embedding).toEqual({ clusters: 12 });
    const two = withCap(withCluster(one, 12, '1', 40), 12, 100);
    expect(clusterStep(two)).toEqual({ by: 'cluster', mode: 'cap', cap: 100, counts: { '1': 40, '3': 0 } });
    expect(two.steps.length).toBe(1);
    expect(withCap(two, 12, null).steps).toEqual([{ balance: { by: 'cluster', counts: { '1': 40, '3': 0 } } }]);
  });

  it('takes the step out when it asks for nothing, and leaves other steps where they are', () => {
    const label = { balance: { by: 'label', cap: 9 } };
    const split = { split: { train: 0.9, test: 0.1 } };
    const base: Recipe = { ...nothing, embedding: { on: 'response' }, steps: [label, split] };
    const with2 = withCluster(base, 5, '2', 0);
    expect(with2.steps.at(-1)).toEqual(split);
    expect(with2.steps).toContainEqual(label);
    expect(with2.embedding).toEqual({ on: 'response', clusters: 5 });
    expect(withCluster(with2, 5, '2', null).steps).toEqual([label, split]);
    expect(withCap(withCap(base, 5, 10), 5, null).steps).toEqual([label, split]);
  });

  it('forgets limits of single clusters with their numbers, not the cap of all', () => {
    const capped = withCap(withCluster(nothing, 12, '3', 0), 12, 50);
    expect(withClusters(capped, 20)).toEqual({
      ...nothing,
      embedding: { clusters: 20 },
      steps: [{ balance: { by: 'cluster', mode: 'cap', cap: 50 } }],
    });
    expect(withClusters(withCluster(nothing, 12, '3', 0), null)).toEqual(nothing);
    expect(withClusters(capped, { at: 0.7 }).embedding).toEqual({ clusters: { at: 0.7 } });
    expect(withCap(nothing, { at: 0.7 }, 5)).toMatchObject({ embedding: { clusters: { at: 0.7 } } });
  });
});
