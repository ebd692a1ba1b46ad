import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as check, constantFrom, nat, property } from "fast-check";
import { createAnswerReader } from "./http-connection.ts";

const declared = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: x\r\ncontent-length: 11\r\n\r\n{"data":{}}');
const chunked = Buffer.from("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n");

function answersTo(pieces: readonly Buffer[]) {
  const answers: [number, number][] = [];
  const failures: string[] = [];
  const read = createAnswerReader(
    (status, bytes) => answers.push([status, bytes]),
    (reason) => failures.push(reason),
  );
  for (const piece of pieces) read(piece, piece.length);
  return { answers, failures };
}

test("an answer is followed through whatever pieces it arrives in", () => {
  check(
    property(constantFrom(declared, chunked), array(nat(declared.length)), (answer, cuts) => {
      const places = [0, ...cuts.filter((cut) => cut < answer.length).toSorted((a, b) => a - b), answer.length];
      const pieces = places.slice(1).map((end, index) => answer.subarray(places[index], end));
      const { answers, failures } = answersTo(pieces.filter((piece) => piece.length > 0));
      assert.equal(answers.length, 1);
      assert.equal(answers[0]?.[0], 200);
      assert.deepEqual(failures, []);
    }),
  );
});

test("answers follow one another on one connection", () => {
  assert.equal(answersTo([declared, chunked, declared]).answers.length, 3);
});

test("more bytes than were declared are a failure", () => {
  assert.equal(answersTo([Buffer.concat([declared, Buffer.from("x")])]).failures.length, 1);
});

test("an answer without a length is a failure", () => {
  assert.equal(answersTo([Buffer.from("HTTP/1.1 200 OK\r\n\r\nabc")]).failures.length, 1);
});
