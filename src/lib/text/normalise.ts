export interface NormaliseOptions {
  unicode?: 'NFC' | 'NFKC' | 'NFD' | 'NFKD';
  strip?: readonly ('control' | 'zero-width' | 'bidi' | 'html' | 'emoji' | 'urls')[];
  collapse?: readonly ('spaces' | 'newlines')[];
  fullWidth?: boolean;
}
export function normaliser(options: NormaliseOptions): (text: string) => string {
  const { unicode } = options;
  return (text) => (unicode ? text.normalize(unicode) : text);
}
