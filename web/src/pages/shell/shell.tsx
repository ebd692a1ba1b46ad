import { Outlet, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { live } from "../../api/live.ts";
import type { RequestFailure } from "../../api/post.ts";
import { session } from "../../api/session.ts";
import { useKeeping } from "../../calls/keeping.ts";
import { usePresenceOfAll } from "../../calls/presence.ts";
import { useUnreadOfAll } from "../../calls/unread.ts";
import { homeCountry } from "../../lib/phone.ts";
import { type ViewName, views } from "../../lib/views.ts";
import { zone } from "../../lib/zone.ts";
import { KeySheet } from "../../ui/key-sheet.tsx";
import { Palette } from "../../ui/palette.tsx";
import { Failure } from "../../ui/states.tsx";
import { runNewestAction } from "../../ui/toasts.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { useStore } from "../../ui/use-store.ts";
import { SignInAgain } from "../session/sign-in-again.tsx";
import { useChoices } from "../settings/choices.ts";
import { BottomBar } from "./bottom-bar.tsx";
import { ConnectionStrip } from "./connection-state.tsx";
import { useCounting } from "./own-counts.ts";
import { KeptNotice } from "./kept-notice.tsx";
import { Rail } from "./rail.tsx";
import { UpdateOffer } from "./update-offer.tsx";
import { useCountingUnread } from "./unread-count.ts";
import { useConnectionNews } from "./use-connection-news.ts";
import { useNotices } from "./use-notices.ts";

/** Lets in who is signed in; keeps the page as it is when the session ends meanwhile. */
export function Shell() {
  const state = useStore(session.state);
  if (state.status === "starting") return null;
  if (state.status === "unreachable") return <Unreachable failure={state.failure} />;
  if (state.status === "signed-out") return <ToSignIn />;
  return (
    <>
      <Frame userId={state.user.id} />
      {state.status === "expired" && <SignInAgain username={state.user.username} />}
    </>
  );
}

/** Goes on by itself as soon as the server answers. */
function Unreachable({ failure }: { failure: RequestFailure }) {
  useEffect(() => {
    const retry = () => void session.start();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, []);
  const shown = useMemo(
    () => ({
      message:
        "What you did is kept in this browser and goes out later. This page goes on by itself when the server answers.",
      code: failure.code,
      requestId: failure.requestId,
      retryAfterMs: failure.retryAfterMs,
    }),
    [failure],
  );
  return (
    <main>
      <h1 className="sr-only">Ringback</h1>
      <Failure
        title={navigator.onLine ? "Ringback cannot be reached" : "You are offline"}
        failure={shown}
        onRetry={() => void session.start()}
      />
    </main>
  );
}

/** Once: the address that it comes back to is the one that stood when it was drawn first. */
function ToSignIn() {
  const navigate = useNavigate();
  const [from] = useState(() => location.href.slice(location.origin.length));
  useEffect(() => void navigate({ to: "/sign-in", search: { from }, replace: true }), [navigate, from]);
  return null;
}

function Frame({ userId }: { userId: string }) {
  useConnectionNews(userId);
  useCounting(userId);
  useCountingUnread(userId);
  useNotices();
  useKeeping();
  usePresenceOfAll();
  useUnreadOfAll();
  const navigate = useNavigate();
  const shownZone = useStore(zone);
  const country = useStore(homeCountry);
  useChoices();
  useKeys([
    ...(Object.keys(views) as ViewName[]).map((view) => ({
      keys: `g ${views[view].key}`,
      label: `Go to ${views[view].label}`,
      scope: "Go to",
      run: () => void navigate({ to: "/$view", params: { view } }),
    })),
    { keys: "g n", label: "Go to Insights", scope: "Go to", run: () => void navigate({ to: "/insights" }) },
    { keys: "g o", label: "Go to Sources", scope: "Go to", run: () => void navigate({ to: "/sources" }) },
    { keys: "g s", label: "Go to Settings", scope: "Go to", run: () => void navigate({ to: "/settings" }) },
    { keys: "z", label: "Undo", scope: "Actions", run: () => void runNewestAction() },
  ]);
  useEffect(() => {
    // Lists begin it with the cursor that they were fetched at; on other screens it begins by itself.
    const timer = setTimeout(() => live.begin(), 1_500);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="flex h-dvh flex-col tablet:flex-row">
      <a
        href="#main"
        className="sr-only rounded-md bg-accent text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <ConnectionStrip />
      <Rail />
      <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        <KeptNotice />
        <UpdateOffer />
        {/* Drawn anew when times are shown in another zone, or numbers for another country. */}
        <Outlet key={`${shownZone} ${country}`} />
      </main>
      <BottomBar />
      <KeySheet />
      <Palette />
    </div>
  );
}
