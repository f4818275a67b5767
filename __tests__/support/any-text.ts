// Text as bad as it can be, for properties: any code point, halves of pairs among them.
import fc from 'fast-check';

const codePoint = fc.oneof(
  fc.integer({ min: 0, max: 0x7f }),
  fc.integer({ min: 0x80, max: 0xffff }),
  fc.integer({ min: 0x10000, max: 0x10ffff }),
);

/** Built by hand: fast-check's own `binary` unit takes a second to set up. */
export const anyText = fc.string({ unit: codePoint.map((code) => String.fromCodePoint(code)) });
