/** Export layouts this version writes, and the ending of their files (null = the input's). */
export const LAYOUTS: Readonly<Record<string, string | null>> = {
  same: null,
  jsonl: 'jsonl',
  json: 'json',
  csv: 'csv',
  parquet: 'parquet',
  arrow: 'arrow',
  messages: 'jsonl',
  alpaca: 'jsonl',
  sharegpt: 'jsonl',
};

/** Layouts that later versions write. */
export const LATER_LAYOUTS: readonly string[] = [
  'llama-factory/alpaca',
  'llama-factory/sharegpt',
  'llama-factory/messages',
  'axolotl',
  'trl/messages',
  'trl/prompt-completion',
  'trl/text',
  'openai',
  'openrlhf',
  'huggingface',
  'data-juicer',
];

/** A target's folder below the output directory: no leading `./`, no closing slash, empty for the directory itself. */
export function targetDir(dir: string | undefined): string {
  return (dir ?? '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** Why a folder may not be written to, or null: it must stay below the output directory on every system. */
export function unsafeDir(dir: string): boolean {
  if (/^[/\\~]/.test(dir) || /^[a-z]:/i.test(dir)) return true;
  if (/[\u0000-\u001f<>:"|?*\\]/.test(dir)) return true;
  return dir.split('/').some((part) => /^\.\.$|[. ]$/.test(part) && part !== '.');
}
