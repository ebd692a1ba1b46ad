import { graphqlRequest, openConnection } from "./http-connection.ts";
import type { FireJob, FireReport } from "./job.ts";
import type { Subscribers } from "./subscribers.ts";

let volleys = 0;

/** Writes notes one after the other, and waits until every subscriber has every one of them. */
export async function fire(job: FireJob, subscribers: Subscribers): Promise<FireReport> {
  const url = new URL(job.url);
  volleys += 1;
  const marker = `volley ${volleys} of the bench`;
  let onAnswer: (status: number) => void = () => undefined;
  let onFailure: (error: Error) => void = () => undefined;
  const connection = await openConnection(
    url,
    (status) => onAnswer(status),
    (reason) => onFailure(new Error(reason)),
  );
  const requests = job.callIds.map((id) => {
    return graphqlRequest(url, job.token, JSON.stringify({ query: job.note, variables: { id, content: marker } }));
  });
  const all = subscribers.expect(marker, subscribers.count * requests.length);
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const answeredMs: number[] = [];
  for (const request of requests) {
    const sentAt = performance.now();
    const status = await new Promise<number>((resolve, reject) => {
      onAnswer = resolve;
      onFailure = reject;
      connection.send(request);
    });
    if (status !== 200) throw new Error(`a note was answered with ${status}`);
    answeredMs.push(performance.now() - sentAt);
  }
  const { lastAtMs } = await all;
  const cpu = process.cpuUsage(cpuBefore);
  connection.close();
  return {
    answeredMs,
    lastMs: lastAtMs - started,
    deliveries: subscribers.count * requests.length,
    loadBusy: (cpu.user + cpu.system) / 1_000 / (lastAtMs - started),
  };
}
