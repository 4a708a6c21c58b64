/** The engine without the notebook, for benches in a real browser. */
import { createEngine } from '$lib/engine/client';

Object.assign(globalThis, { createEngine });
