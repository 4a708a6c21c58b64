/** What a worker for the whole set answers: one job at a time, telling how far it is; ended to stop it. */
import { setJobSteps, type SetJob, type SetResults } from '$lib/recipe/sets';
import { buffersIn, moved, type Handlers } from './rpc';

export interface SetApi {
  run(job: SetJob): Promise<SetResults[SetJob['kind']]>;
}

/** Does a job somewhere: in a worker of its own in the browser, in place in tests. */
export type SetRunner = <J extends SetJob>(
  job: J,
  signal: AbortSignal,
  progress: (share: number) => void,
) => Promise<SetResults[J['kind']]>;

/** Milliseconds between two reports. */
const BEAT = 100;

export const setHandlers: Handlers<SetApi> = {
  run: (job, { progress }) => {
    const steps = setJobSteps(job);
    let told = -Infinity;
    for (;;) {
      const { done, value } = steps.next();
      if (done) return moved(value, buffersIn(value));
      const now = performance.now();
      if (now - told < BEAT) continue;
      told = now;
      progress(value);
    }
  },
};
