import type { Collector } from '../batch/collector';
import type { Params, TextKey } from '../messages';
import { Value } from './codes';
import type { Scanner } from './scan';

const encoder = new TextEncoder();

/** Names of the fields of records that are arrays; fixed by the first of them. */
export class Columns {
  indices: number[] = [];
  /** Set once a record was an object: from then on an array is no record. */
  objects = false;
  private names: string[] | null = null;

  constructor(private readonly out: Collector) {}

  /** Whether the array just read has as many elements as the others; the first one sets the names. */
  fit(scanner: Scanner): boolean {
    if (this.names === null) {
      if (scanner.count === 0 || this.objects) return false;
      this.names = names(scanner);
    }
    if (scanner.count !== this.names.length) return false;
    this.indices = this.names.map((name) => this.out.field(name, encoder.encode(name)));
    return true;
  }

  /** Why a value that is not an object is no record. */
  misfit(open: number, scanner: Scanner): [TextKey, Params] {
    if (open === 0x5b && this.names && this.names.length !== scanner.count)
      return ['formats.wrong-width', { expected: this.names.length, found: scanner.count }];
    return ['formats.not-object', { found: typeName(open) }];
  }
}

/** Two strings are a text and its label; other arrays have their fields numbered. */
function names(scanner: Scanner): string[] {
  const { count, members } = scanner;
  const strings = count === 2 && (members[4] & 7) <= Value.LONE && (members[9] & 7) <= Value.LONE;
  if (strings) return ['text', 'label'];
  return Array.from({ length: count }, (_, i) => `column${i + 1}`);
}

/** Type of a value, as JSON names it, by its first byte. */
export function typeName(open: number): string {
  if (open === 0x22) return 'string';
  if (open === 0x5b) return 'array';
  if (open === 0x7b) return 'object';
  if (open === 0x74 || open === 0x66) return 'boolean';
  return open === 0x6e ? 'null' : 'number';
}
