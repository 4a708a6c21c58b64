import { LSA_DEFAULTS } from '$lib/embedding/lsa';
import { VectorsWriter, type VectorsOrigin } from '$lib/embedding/vectors-arrow';
import type { Language } from '$lib/columns/types';
import { keyText, Occurrences } from '$lib/record/key';
import { loadHash } from '$lib/text/hash';
import { loadSegmenter } from '$lib/text/segment';
import { filesOf, text, type Command, type Given } from '../command';
import { mapOption } from '../dataset';
import { BuiltIn, DistinctTexts, embedDistinct, type VectorsOf } from '../embedding';
import { DataError, UsageError } from '../errors';
import { openSources, type FileSource } from '../files';
import { threadsOption } from '../options';
import { outputFile } from '../outputFile';
import { PartialVectors } from '../partial';
import { readTexts } from '../texts';
import { findModel, openRunner } from '../transformers';
import { warnOfLanguage } from '../language';

/** Rows of a record batch of the output. */
const ROWS = 16_384;
/** The built-in vectors' name. */
const BUILT_IN = 'tfidf';

export const embedCommand: Command = {
  name: 'embed',
  usage: 'FILE… --model DIR|ID|tfidf -o OUT.arrow',
  summary: 'Writes a vector of each record by its key: columns key and vector of an Arrow file.',
  details: [
    ['--model M', 'tfidf (built in), a model’s folder (config.json, tokenizer.json, onnx/), or a listed id of the hub'],
    ['-o, --output OUT', 'an Arrow file; - is standard output'],
    ['--on FIELDS', 'what is embedded: prompt, response, system, or fields of the file; default prompt'],
    ['--map M', 'prompt=instruction+input,response=output,label=category, or a YAML or JSON file; default: detected'],
    ['--dtype D', 'number format of the weights: fp32, fp16, q8, …; default q8 where the model has it'],
    ['--device D', 'what ONNX Runtime computes on; default cpu'],
    ['--threads N', 'threads of ONNX Runtime; default: its own choice'],
    ['--download', 'fetch a model named by its id from huggingface.co where it is not on this machine'],
    ['--dim N', `length of the vectors of tfidf, even; default ${LSA_DEFAULTS.dim}`],
    ['--seed N', `seed of tfidf; default ${LSA_DEFAULTS.seed}`],
    ['', 'Vectors by a model are kept in OUT.partial until all are there: run again, it goes on where it was.'],
  ],
  options: {
    output: { type: 'string', short: 'o' },
    model: { type: 'string' },
    on: { type: 'string' },
    map: { type: 'string' },
    dtype: { type: 'string' },
    device: { type: 'string' },
    threads: { type: 'string' },
    download: { type: 'boolean' },
    dim: { type: 'string' },
    seed: { type: 'string' },
  },
  run,
};

interface Work {
  names: string[];
  sources: FileSource[];
  output: string;
  read: { map: Awaited<ReturnType<typeof mapOption>>; on: string[] };
}

async function run(given: Given): Promise<number> {
  const names = filesOf(given, 'embed');
  const output = text(given, 'output');
  if (output === undefined) throw new UsageError('Say where to with -o OUT.arrow. See: siftbook embed --help');
  if (output !== '-' && !/\.(arrow|feather)$/i.test(output))
    throw new UsageError(`-o ${output}: the name must end in .arrow or .feather, or be -.`);
  const model = text(given, 'model');
  if (model === undefined)
    throw new UsageError(
      'Say what makes the vectors with --model: tfidf, a folder or an id. See: siftbook embed --help',
    );
  const on = (text(given, 'on') ?? 'prompt').split(',').map((name) => name.trim());
  if (on.includes('')) throw new UsageError('--on: expected names with commas between, such as prompt,response.');
  const map = await mapOption(text(given, 'map'));
  const work = { names, output, read: { map, on } };
  if (model === BUILT_IN) {
    const settings = builtInSettings(given);
    return builtIn({ ...work, sources: await openSources(names) }, settings);
  }
  for (const name of ['dim', 'seed'])
    if (text(given, name) !== undefined) throw new UsageError(`--${name} is for --model tfidf: a model has its own.`);
  const download = given.values.download === true;
  const found = await findModel(model, text(given, 'dtype'), download);
  const settings = { device: text(given, 'device') ?? 'cpu', threads: threadsOption(given), download };
  return byModel({ ...work, sources: await openSources(names) }, found, settings);
}

function builtInSettings(given: Given) {
  for (const name of ['dtype', 'device', 'threads', 'download'])
    if (given.values[name] !== undefined) throw new UsageError(`--${name} is for a model: tfidf is built in.`);
  const dim = Number(text(given, 'dim') ?? LSA_DEFAULTS.dim);
  if (!Number.isInteger(dim) || dim < 2 || dim > 1024 || dim % 2)
    throw new UsageError(`--dim ${dim}: expected an even number from 2 to 1024.`);
  const seed = Number(text(given, 'seed') ?? LSA_DEFAULTS.seed);
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff)
    throw new UsageError(`--seed ${seed}: expected a whole number from 0 to 4294967295.`);
  return { ...LSA_DEFAULTS, dim, seed };
}

async function builtIn(work: Work, settings: typeof LSA_DEFAULTS): Promise<number> {
  await loadSegmenter();
  const terms = new BuiltIn();
  const { on } = work.read;
  const hashes = await gather(work, (texts) => terms.add(texts));
  const origin = { model: BUILT_IN, dim: settings.dim, on, prefix: '', seed: settings.seed };
  await write(work, origin, hashes, terms.fit(hashes, settings));
  return 0;
}

async function byModel(
  work: Work,
  found: Awaited<ReturnType<typeof findModel>>,
  settings: Parameters<typeof openRunner>[1],
): Promise<number> {
  const { spec, dtype } = found;
  const { on } = work.read;
  const distinct = new DistinctTexts(await loadHash());
  const hashes = await gather(
    work,
    (texts) => distinct.add(texts),
    (language) => warnOfLanguage(language, spec),
  );
  const runner = await openRunner(found, settings);
  const made = { model: spec.id, fingerprint: spec.fingerprint, dtype, prefix: spec.prefix, pooling: spec.pooling };
  const keep =
    work.output === '-'
      ? null
      : (take: (key: string, vector: Float32Array) => void) =>
          PartialVectors.open(`${work.output}.partial`, { ...made, maxTokens: spec.maxTokens }, spec.dim, take);
  const { vectorsOf, kept } = await embedDistinct(runner, distinct, keep);
  await runner.dispose();
  await write(work, { model: spec.id, dim: spec.dim, on, prefix: spec.prefix, dtype }, hashes, vectorsOf);
  kept?.remove();
  return 0;
}

/** Reads all texts; returns the records' hashes. */
async function gather(
  { sources, names, read }: Work,
  take: (texts: (string | null)[]) => void,
  begin: (language: Language) => void = () => undefined,
): Promise<BigUint64Array> {
  const parts: BigUint64Array[] = [];
  for await (const { texts, hashes } of readTexts(sources, read, ({ profile }) => begin(profile.language))) {
    take(texts);
    parts.push(hashes);
  }
  if (parts.length === 0) throw new DataError(`${names.join(', ')}: there are no records.`);
  const all = new BigUint64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function write(work: Work, origin: VectorsOrigin, hashes: BigUint64Array, vectorsOf: VectorsOf): Promise<void> {
  const target = await outputFile(work.output, work.names);
  try {
    const file = await target.open();
    const writer = new VectorsWriter(origin);
    const occurrences = new Occurrences(hashes.length);
    for (let from = 0; from < hashes.length; from += ROWS) {
      const to = Math.min(hashes.length, from + ROWS);
      const keys = Array.from(hashes.subarray(from, to), (hash) => keyText(hash, occurrences.add(hash)));
      await file.write(writer.write(keys, vectorsOf(from, to)));
    }
    await file.write(writer.finish());
    await file.close();
    await target.commit();
  } catch (error) {
    await target.abort();
    throw error;
  }
}
