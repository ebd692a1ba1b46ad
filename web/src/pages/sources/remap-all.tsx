import { useEffect, useRef, useState } from "react";
import { mutate } from "../../api/mutate.ts";
import { RemapSourceDocument, type SourcePartsFragment } from "../../api/sources.gen.ts";
import { countOf } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { sayFailure } from "../shell/say-failure.ts";

type Progress = { readonly readCount: number; readonly changedCount: number };

const nothing: Progress = { readCount: 0, changedCount: 0 };

/** Reads all that a source sent again, part by part, and says how far it is. It can be stopped and loses nothing by that. */
export function RemapAll({ source, onDone }: { readonly source: SourcePartsFragment; readonly onDone: () => void }) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const isStopped = useRef(false);
  useEffect(
    () => () => {
      isStopped.current = true;
    },
    [],
  );

  const run = async (from: string | null, before: Progress) => {
    isStopped.current = false;
    setProgress(before);
    let done = before;
    let after = from;
    try {
      do {
        const { remapSource } = await mutate(RemapSourceDocument, { id: source.id, after });
        done = {
          readCount: done.readCount + remapSource.readCount,
          changedCount: done.changedCount + remapSource.changedCount,
        };
        after = remapSource.cursor;
        setProgress(done);
      } while (after !== null && !isStopped.current);
      const text = `${countOf(done.readCount, "delivery", "deliveries")} read again, ${countOf(done.changedCount, "call")} changed`;
      showToast({ text: after === null ? text : `Stopped: ${text}` });
    } catch (error) {
      const rest = after;
      sayFailure("Reading again stopped", error, () => void run(rest, done));
    } finally {
      setProgress(null);
      onDone();
    }
  };

  if (progress === null) {
    return (
      <Button className="h-9" onClick={() => void run(null, nothing)}>
        <Icon name="restore" />
        Read all again
      </Button>
    );
  }
  return (
    <div className="flex h-9 items-center gap-3">
      <span className="tabular text-sm text-soft">
        {countOf(progress.readCount, "delivery", "deliveries")} read, {countOf(progress.changedCount, "call")} changed
      </span>
      <Button
        onClick={() => {
          isStopped.current = true;
        }}
      >
        Stop
      </Button>
    </div>
  );
}
