import assert from "node:assert/strict";
import { Duplex } from "node:stream";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { SendQueue } from "./send-queue.ts";

test("frames leave in order, several of one turn in one write", async () => {
  const { socket, writes, takeAll } = slowSocket();
  const queue = new SendQueue(socket, 1_000, 100);
  for (const text of ["a", "b", "c"]) assert.ok(queue.push(Buffer.from(text)));
  assert.equal(writes.length, 0);
  await turn();
  takeAll();
  assert.deepEqual(writes, ["abc"]);
  await turn();
  queue.push(Buffer.from("d"));
  await turn();
  takeAll();
  assert.deepEqual(writes, ["abc", "d"]);
});

test("no more frames wait than the limit, and what was taken makes room", async () => {
  const { socket, takeAll } = slowSocket();
  const queue = new SendQueue(socket, 1_000_000, 10);
  for (let n = 0; n < 10; n += 1) assert.ok(queue.push(Buffer.from("x")));
  assert.equal(queue.push(Buffer.from("x")), false);
  await turn();
  takeAll();
  await turn();
  assert.ok(queue.push(Buffer.from("x")));
});

test("no more bytes wait than the limit, but one frame always goes when nothing waits", async () => {
  const { socket, takeAll } = slowSocket();
  const queue = new SendQueue(socket, 1_000, 100);
  assert.ok(queue.push(Buffer.alloc(5_000)));
  assert.equal(queue.push(Buffer.alloc(1)), false);
  await turn();
  takeAll();
  await turn();
  assert.ok(queue.push(Buffer.alloc(600)));
  assert.ok(queue.push(Buffer.alloc(400)));
  assert.equal(queue.push(Buffer.alloc(1)), false);
});

test("drained is null for a reader that keeps up, and else resolves when it has, or is gone", async () => {
  const { socket, takeAll } = slowSocket();
  const queue = new SendQueue(socket, 1_000_000, 100);
  assert.equal(queue.drained(), null);
  queue.push(Buffer.alloc(200_000));
  const drained = queue.drained();
  assert.equal(queue.drained(), drained);
  await turn();
  takeAll();
  await drained;
  assert.equal(queue.drained(), null);
  queue.push(Buffer.alloc(200_000));
  const gone = queue.drained();
  socket.destroy();
  await gone;
  assert.equal(queue.drained(), null);
});

/** A socket whose kernel takes a write only when it is told to. */
function slowSocket() {
  const writes: string[] = [];
  let taken: (() => void) | null = null;
  const take = (data: Buffer, done: () => void) => {
    taken = () => {
      writes.push(data.toString());
      done();
    };
  };
  const socket = new Duplex({
    read() {},
    write: (chunk: Buffer, _encoding, done) => take(chunk, done),
    writev: (chunks, done) => take(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
  });
  const takeAll = () => {
    for (let next = taken; next !== null; next = taken) {
      taken = null;
      next();
    }
  };
  return { socket, writes, takeAll };
}
