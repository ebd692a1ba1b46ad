/**
 * Whether JSON text nests arrays and objects deeper than `depthMax`, told without parsing it. Text that is not JSON gets some
 * answer: the parser refuses it anyway.
 */
export function nestsDeeperThan(text: string, depthMax: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index += 1;
      else if (code === quote) isInString = false;
    } else if (code === quote) {
      isInString = true;
    } else if (code === bracketOpen || code === braceOpen) {
      depth += 1;
      if (depth > depthMax) return true;
    } else if (code === bracketClose || code === braceClose) {
      depth -= 1;
    }
  }
  return false;
}

const quote = 0x22;
const bracketOpen = 0x5b;
const backslash = 0x5c;
const bracketClose = 0x5d;
const braceOpen = 0x7b;
const braceClose = 0x7d;
