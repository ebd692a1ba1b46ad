import type { Shape, Value } from "./job.ts";

/** Makes the body of request number `turn` of a shape. Deterministic: the same turn always asks the same. */
export function bodyMaker(shape: Shape): (turn: number) => string {
  const query = JSON.stringify(shape.query);
  const variables = Object.entries(shape.variables).map(([name, value]) => [name, valueMaker(value)] as const);
  return (turn) => {
    const filled = Object.fromEntries(variables.map(([name, make]) => [name, make(turn)]));
    return `{"query":${query},"variables":${JSON.stringify(filled)}}`;
  };
}

function valueMaker(value: Value): (turn: number) => number | string {
  if (typeof value !== "object") return () => value;
  if ("unique" in value) return (turn) => `${value.unique} ${turn}`;
  const { plus, text } = value;
  const numberAt = spread(value.spread);
  return text === true ? (turn) => String(numberAt(turn) + plus) : (turn) => numberAt(turn) + plus;
}

/** Runs through all whole numbers from 0 below `size`, far from one another, before it repeats one. */
export function spread(size: number): (turn: number) => number {
  let step = Math.max(1, Math.round(size * 0.618_033_988_75));
  while (greatestCommonDivisor(step, size) !== 1) step += 1;
  return (turn) => ((turn % size) * step) % size;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
