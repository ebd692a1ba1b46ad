import { Link } from "@tanstack/react-router";
import { Empty } from "../../ui/states.tsx";

export function NotFound() {
  return (
    <main>
      <Empty
        icon="search"
        title="There is nothing here"
        action={
          <Link to="/" className="font-medium text-accent underline">
            Go to the inbox
          </Link>
        }
      >
        The address may be mistyped, or what it named is gone.
      </Empty>
    </main>
  );
}
