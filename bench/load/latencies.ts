/** Collects latencies in milliseconds. Exact: each is kept. */
export class Latencies {
  #values = new Float64Array(65_536);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(milliseconds: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = milliseconds;
  }

  /** The least value that this share (0 to 1) of all does not exceed; NaN when there are none. */
  quantiles(shares: readonly number[]): number[] {
    const sorted = this.#values.slice(0, this.#count).toSorted();
    return shares.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN);
  }
}
